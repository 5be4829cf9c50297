import { createServer } from 'node:net'
import { listen, say } from '../helper-side.ts'
import { nowMs } from '../instant.ts'
import { openRawQueue } from './raw-queue.ts'

/** Waits at a unix socket and claims with plain statements as soon as it is poked: the floor of a pickup. */
const [file = '', socketPath = ''] = process.argv.slice(2)
const queue = openRawQueue(file)
const server = createServer((socket) => {
  socket.on('data', () => {
    const claimed = queue.claim()
    const at = nowMs()
    queue.clear()
    if (claimed) say(at)
  })
})
server.listen(socketPath, () => say('ready'))
listen(() => undefined)
