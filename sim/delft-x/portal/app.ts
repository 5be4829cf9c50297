import { readFileSync } from 'node:fs'
import fastify, { type FastifyInstance } from 'fastify'
import { html, json } from '../../shared/html.ts'
import { fraction } from '../../shared/random.ts'
import { installLog } from '../network.ts'
import { CALLBACK, CLIENT_ID } from '../sso/protocol.ts'
import { installFaults } from '../strike.ts'
import type { World } from '../world.ts'

const ASSETS = [
  'app.js',
  'store.js',
  'login.js',
  'calendar.js',
  'dialog.js',
  'dashboard.js',
  'texts.js',
  'portal.css',
] as const
/** When the app writes the token after landing; real ones take up to 3 s, which the fault `tokenLate` brings back. */
const LEAST_TOKEN_MS = 30
const MOST_TOKEN_MS = 300

/** The pages: one document for all paths, drawn by its scripts from the API. */
export async function buildPortal(world: World): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true })
  installLog(app, world, 'portal', () => undefined)
  installFaults(app, world)
  for (const name of ASSETS) {
    const content = readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
    app.get(`/assets/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content))
  }
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())
  let served = 0
  app.get('/*', (_request, reply) => reply.type('text/html; charset=utf-8').send(document(world, ++served)))
  return app
}

function document(world: World, served: number): string {
  const { addresses, seed, faults } = world
  const late = faults.take('tokenLate')
  const usual = LEAST_TOKEN_MS + fraction(seed, `token ${served}`) * (MOST_TOKEN_MS - LEAST_TOKEN_MS)
  const data = {
    ...{ api: addresses.api, sso: addresses.sso, clientId: CLIENT_ID, callback: CALLBACK },
    today: world.today().toString(),
    tokenDelayMs: Math.round(late ? late.seconds * 1000 : usual),
    /** Of those who have not logged in. */
    language: fraction(seed, `visitor ${served}`) < 0.5 ? 'nl' : 'en',
  }
  return html`<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>X</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/portal.css"></head>
<body><app-root></app-root><script>window.pageData = ${json(data)}</script>
<script type="module" src="/assets/app.js"></script></body></html>`.markup
}
