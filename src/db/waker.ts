import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** `work`: there may be an action to claim. `news`: something happened that people, or who waits, should learn of. */
export type Topic = 'work' | 'news'

/**
 * Wakes the other processes that use the same database. Losing a wake-up costs at most the second until everyone
 * looks by itself; so errors here are never errors of an action.
 */
export type Waker = {
  poke(topic: Topic): void
  /** Calls `wake` after each poke on `topic` by any process, this one included. Returns how to stop. */
  listen(topic: Topic, wake: () => void): Promise<() => void>
  close(): Promise<void>
}

/**
 * Pokes over unix sockets that stay connected: one socket a listener, in a folder all processes of this database
 * share. A kept-open socket wakes in 0.2 ms (shared/performance.md).
 */
export async function openWaker(file: string): Promise<Waker> {
  const folder = wakeFolder(file)
  const connections = new Map<string, Socket>()
  const servers = new Set<Server>()

  return {
    poke(topic) {
      for (const name of socketsIn(folder, topic)) connectionTo(name, folder, connections)?.write('.')
    },
    async listen(topic, wake) {
      const path = join(folder, `${topic}-${process.pid}-${Math.random().toString(36).slice(2, 8)}.sock`)
      const server = await serve(path, wake)
      servers.add(server)
      return () => {
        servers.delete(server)
        stop(server, path)
      }
    },
    async close() {
      for (const socket of connections.values()) socket.destroy()
      for (const server of servers) server.close()
      connections.clear()
    },
  }
}

/** Beside the database file; in the temporary directory where that path is too long for a unix socket (about 100 bytes). */
function wakeFolder(file: string): string {
  const beside = join(dirname(file), 'wake')
  const name = createHash('sha256').update(file).digest('hex').slice(0, 12)
  const folder = beside.length < 70 ? beside : join('/tmp', `bookwright-${userInfo().uid}-${name}`)
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

function connectionTo(name: string, folder: string, connections: Map<string, Socket>): Socket | undefined {
  const known = connections.get(name)
  if (known) return known
  const path = join(folder, name)
  const socket = createConnection(path)
  connections.set(name, socket)
  socket.unref()
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody listens any more: a process that was killed left its socket behind.
    if (error.code === 'ECONNREFUSED') rmSync(path, { force: true })
  })
  socket.on('close', () => connections.delete(name))
  return socket
}

function serve(path: string, wake: () => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.unref()
    socket.on('data', wake)
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      server.unref()
      resolve(server)
    })
  })
}

function stop(server: Server, path: string): void {
  server.close()
  rmSync(path, { force: true })
}
