import { connect, createServer, type Server, type Socket } from 'node:net'
import { DelayLine } from './delay-line.ts'

type RelayOptions = {
  travelMs: number
  targetPort: number
  /** Told the instant, by `performance.now()`, at which bytes reach the other end of the relay's connection from a port. */
  arrived(port: number | undefined, atMs: number): void
}

/**
 * A way to a local port that takes its time: every byte is half of `travelMs` on its way in either direction, order
 * kept. A connection takes a whole round trip to be set up, as in life: what is sent earlier waits for that.
 */
export function createRelay({ travelMs, targetPort, arrived }: RelayOptions): Server {
  const line = new DelayLine()
  return createServer({ noDelay: true, allowHalfOpen: true }, (outer) => {
    const inner = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    const readyMs = performance.now() + travelMs
    carry(line, outer, inner, () => Math.max(performance.now(), readyMs) + travelMs / 2, arrived)
    carry(line, inner, outer, () => performance.now() + travelMs / 2)
  })
}

/** What comes from one socket goes to the other at the instant that `dueMs` tells: bytes, the end, a reset. */
function carry(
  line: DelayLine,
  from: Socket,
  to: Socket,
  dueMs: () => number,
  arrived: RelayOptions['arrived'] = () => undefined,
): void {
  from.on('data', (bytes) => {
    const atMs = dueMs()
    line.at(atMs, () => {
      arrived(to.localPort, atMs)
      to.write(bytes)
    })
  })
  from.on('end', () => line.at(dueMs(), () => to.end()))
  from.on('error', () => line.at(dueMs(), () => to.resetAndDestroy()))
  from.on('close', () => line.at(dueMs(), () => to.destroy()))
}
