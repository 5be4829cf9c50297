import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'

/** Lets scripts of the portal's pages read the answers, and those of no other origin. */
export function allowPortal(app: FastifyInstance, world: World): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.origin === world.addresses.portal) {
      reply.header('access-control-allow-origin', world.addresses.portal).header('vary', 'Origin')
    }
    done()
  })
  app.options('/*', (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET,HEAD,PUT,PATCH,POST,DELETE')
      .header('access-control-allow-headers', 'authorization,content-type,x-custom-lang,x-platform,x-user-role-id')
      .send(),
  )
}
