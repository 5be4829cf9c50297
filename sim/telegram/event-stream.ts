import type { ServerResponse } from 'node:http'
import type { Sim } from './sim.ts'

/** Sends the revision of the world after every change, as server-sent events. Changes of one moment are one event. */
export function serveEvents(sim: Sim, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  let scheduled = false
  const send = () => {
    scheduled = false
    if (response.destroyed) return
    response.write(`event: change\ndata: ${JSON.stringify({ revision: sim.changes.revision })}\n\n`)
  }
  const stop = sim.changes.listen(() => {
    if (scheduled) return
    scheduled = true
    setImmediate(send)
  })
  response.on('close', stop)
  send()
}
