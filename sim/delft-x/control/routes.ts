import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { clockSchema } from '../../shared/clock.ts'
import { wantedSchema } from '../../shared/request-log.ts'
import { FAULT_LINES, type FaultId, faultSchema } from '../faults.ts'
import {
  byHandSchema,
  type DelftXControl,
  expireSchema,
  fillSchema,
  grantSchema,
  rivalsSchema,
  rulesSchema,
} from './contract.ts'

const PAGE = readFileSync(new URL('../assets/control.html', import.meta.url), 'utf8')
const faultId = z.enum(FAULT_LINES.map(({ id }) => id) as [FaultId, ...FaultId[]])
const pathBody = z.strictObject({ path: z.string().optional() })

/** The simulator's own door beside the site. Loopback only, and no part of the real portal. */
export function controlRoutes(control: DelftXControl) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, _request, reply) => reply.code(400).send({ error: String(error) }))
    app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
    app.get('/state', () => control.state())
    app.get<{ Params: { date: string } }>('/slots/:date', (request) => control.slots(request.params.date))
    app.post('/clock', (request) => done(control.setClock(clockSchema.parse(request.body))))
    app.get('/faults', () => FAULT_LINES)
    app.post('/faults', (request) => done(control.setFault(faultSchema.parse(request.body))))
    app.delete<{ Querystring: { id?: string } }>('/faults', (request) =>
      done(control.clearFaults(faultId.optional().parse(request.query.id))),
    )
    app.get('/log', () => control.requests())
    app.get('/posts', () => control.posts())
    app.post('/rivals', (request) => done(control.setRivals(rivalsSchema.parse(request.body))))
    app.delete('/rivals', () => done(control.clearRivals()))
    app.post('/rules', (request) => done(control.setRules(rulesSchema.parse(request.body))))
    app.post('/book', (request) => control.bookByHand(byHandSchema.parse(request.body)))
    app.post('/cancel', async (request) => ({
      cancelled: await control.cancelByHand(byHandSchema.parse(request.body)),
    }))
    app.post('/fill', (request) => control.fill(fillSchema.parse(request.body)))
    app.post('/grant', (request) => control.grant(grantSchema.parse(request.body).username))
    app.post('/expire', (request) => done(control.expireSessions(expireSchema.parse(request.body))))
    app.post('/release', async (request) => ({
      released: await control.release(pathBody.parse(request.body ?? {}).path),
    }))
    app.get('/wait', (request) => control.waitFor(wantedSchema.parse(request.query)))
    app.post('/reset', () => done(control.reset()))
  }
}

async function done(work: Promise<void>): Promise<{ ok: true }> {
  await work
  return { ok: true }
}
