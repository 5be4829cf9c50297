import type { FastifyInstance, FastifyRequest } from 'fastify'

const arrivals = new WeakMap<FastifyRequest, number>()

/**
 * Notes when each request arrives before anything is done about any of them: of many that come at once none shall wait
 * for the work on another to be seen. They go in one by one, and between two of them the site looks who has come since.
 * `known` tells the arrival of what came by a relay.
 */
export function installGate(app: FastifyInstance, known: (port: number | undefined) => number | undefined): void {
  const waiting: (() => void)[] = []
  function letIn(): void {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(letIn)
  }
  app.addHook('onRequest', (request, _reply, done) => {
    arrivals.set(request, known(request.raw.socket.remotePort) ?? performance.now())
    if (waiting.push(done) === 1) setImmediate(letIn)
  })
}

/** The instant by `performance.now()`; none where there is no gate. */
export function arrivalOf(request: FastifyRequest): number | undefined {
  return arrivals.get(request)
}
