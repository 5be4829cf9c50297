import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { Topic, Waker } from '../waker.ts'

/** A socket made this shortly ago may have nobody listening at it yet. */
const NEW_MS = 5_000
/** Between the pokes of two workers. */
const STAGGER_MS = 4

/**
 * Pokes over unix sockets that stay connected: one socket a listener, in a folder all processes of this database
 * share. A kept-open socket wakes in 0.2 ms (shared/performance.md).
 */
export async function openSocketWaker(file: string): Promise<Waker> {
  const folder = wakeFolder(file)
  const connections = new Map<string, Socket>()
  const stops = new Set<() => void>()
  /** Listeners that will be poked in a moment anyway. */
  const later = new Set<string>()
  let closed = false

  return {
    poke(topic) {
      const poke = (name: string) => {
        if (closed) return
        const socket = connectionTo(name, folder, connections)
        // One that is on its way says it all; a process that stands still is not sent more and more.
        if (socket.writableLength === 0) socket.write('.')
      }
      const names = socketsIn(folder, topic)
      if (topic === 'news') return names.forEach(poke)
      // One worker is enough for one action: the others come a little later, when they no longer fight for the lock.
      const first = Math.floor(Math.random() * names.length)
      for (const [place, name] of [...names.slice(first), ...names.slice(0, first)].entries()) {
        if (place === 0) poke(name)
        else if (!later.has(name)) {
          later.add(name)
          setTimeout(() => later.delete(name) && poke(name), place * STAGGER_MS).unref()
        }
      }
    },
    async listen(topic, wake) {
      const path = join(folder, `${topic}-${process.pid}-${Math.random().toString(36).slice(2, 8)}.sock`)
      // Where there are no sockets (some network folders) the look once a second has to do.
      const stopServing = await serve(path, wake).catch(() => undefined)
      const stop = () => {
        stops.delete(stop)
        stopServing?.()
      }
      stops.add(stop)
      return stop
    },
    async close() {
      closed = true
      for (const socket of connections.values()) socket.destroy()
      for (const stop of stops) stop()
      connections.clear()
    },
  }
}

/** Beside the database file; in the temporary directory where that path is too long for a unix socket (about 100 bytes). */
function wakeFolder(file: string): string {
  const beside = join(dirname(file), 'wake')
  const name = createHash('sha256').update(file).digest('hex').slice(0, 12)
  const folder = Buffer.byteLength(beside) < 70 ? beside : join('/tmp', `bookwright-${userInfo().uid}-${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function socketsIn(folder: string, topic: Topic): string[] {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(`${topic}-`))
  } catch {
    return []
  }
}

function connectionTo(name: string, folder: string, connections: Map<string, Socket>): Socket {
  const known = connections.get(name)
  if (known) return known
  const path = join(folder, name)
  const socket = createConnection(path)
  connections.set(name, socket)
  socket.unref()
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody listens any more: a process that was killed left its socket behind. A new one is just about to listen.
    if (error.code === 'ECONNREFUSED' && !isNew(path)) rmSync(path, { force: true })
  })
  socket.on('close', () => connections.delete(name))
  return socket
}

function isNew(path: string): boolean {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Temporal.Now.instant().epochMilliseconds - made < NEW_MS
}

/** Calls `wake` for each poke that arrives at the socket `path`; answers how to stop. */
function serve(path: string, wake: () => void): Promise<() => void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.unref())
    socket.on('data', wake)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  const { promise, resolve, reject } = Promise.withResolvers<() => void>()
  server.on('error', reject)
  server.listen(path, () => {
    server.unref()
    resolve(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
      rmSync(path, { force: true })
    })
  })
  return promise
}
