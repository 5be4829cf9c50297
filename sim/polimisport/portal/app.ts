import { readFileSync } from 'node:fs'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance } from 'fastify'
import { installNetwork } from '../network.ts'
import type { World } from '../world.ts'
import { accountRoutes } from './account.ts'
import { ajaxRoutes } from './ajax.ts'
import { authCookie } from './cookies.ts'
import { guard } from './guard.ts'
import { pageRoutes } from './page-routes.ts'

const ASSETS = ['portal.css', 'dialogs.js', 'bookings.js', 'calendar.js'] as const

/** The portal itself. Paths are matched without minding case, as the real server does. */
export async function buildPortal(world: World): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
  })
  await app.register(cookie)
  await app.register(formbody)
  installNetwork(app, world, 'portal', (request) => world.portalSessions.find(authCookie(request), world.now()))
  serveAssets(app)
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())
  await app.register(accountRoutes(world), { prefix: '/sportpolimi' })
  await app.register(
    async (inside) => {
      guard(inside, world)
      pageRoutes(inside, world)
      ajaxRoutes(inside, world)
    },
    { prefix: '/sportpolimi' },
  )
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('text/html')
      .send('<!DOCTYPE html><title>404</title><h1>Server Error</h1><h2>404 - File or directory not found.</h2>'),
  )
  return app
}

function serveAssets(app: FastifyInstance): void {
  for (const name of ASSETS) {
    const content = readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
    app.get(`/sportpolimi/Content/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content))
  }
}
