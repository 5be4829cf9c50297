import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { TOPICS, type Topic, type Waker } from '../waker.ts'

const CHANNEL = 'bookwright'
/** Between two tries to connect. */
const RECONNECT_MS = 500

/** The statement that pokes. */
export function notifyOf(topics: readonly Topic[]): string {
  return `select ${topics.map((topic) => `pg_notify('${CHANNEL}', '${topic}')`).join(', ')}`
}

/** Pokes by `NOTIFY`, and listens with a connection of its own. */
export async function openNotifyWaker(config: ClientConfig): Promise<Waker> {
  const listeners = new Map<string, Set<() => void>>(TOPICS.map((topic) => [topic, new Set()]))
  /** What is to be sent; one statement at a time. */
  const wanted = new Set<Topic>()
  let sending = false
  let client: Client | undefined
  let closed = false

  const isListening = () => [...listeners.values()].some((wakes) => wakes.size > 0)
  const wakeAll = (topic: string) => {
    for (const wake of listeners.get(topic) ?? []) wake()
  }

  async function connect(): Promise<void> {
    const fresh = new Client(config)
    const ended = new Promise<void>((resolve) => fresh.once('end', resolve))
    fresh.on('error', () => undefined)
    fresh.on('notification', ({ payload }) => {
      if (payload !== undefined) wakeAll(payload)
    })
    await fresh.connect()
    if (closed) return await fresh.end()
    if (isListening()) await fresh.query(`listen ${CHANNEL}`)
    client = fresh
    void ended.then(reconnect)
  }

  async function reconnect(): Promise<void> {
    client = undefined
    while (!closed && client === undefined) {
      await pause(RECONNECT_MS, undefined, { ref: false })
      await connect().catch(() => undefined)
    }
    // Whatever was told meanwhile was not heard.
    for (const topic of listeners.keys()) wakeAll(topic)
  }

  async function send(): Promise<void> {
    if (sending) return
    sending = true
    // A moment later: what is poked together is sent together.
    await undefined
    while (wanted.size > 0) {
      const topics = [...wanted]
      wanted.clear()
      await client?.query(notifyOf(topics)).catch(() => undefined)
    }
    sending = false
  }

  await connect().catch(() => void reconnect())
  return {
    poke(topic) {
      if (closed) return
      wanted.add(topic)
      void send()
    },
    async listen(topic, wake) {
      const first = !isListening()
      listeners.get(topic)?.add(wake)
      if (first) await client?.query(`listen ${CHANNEL}`).catch(() => undefined)
      return () => void listeners.get(topic)?.delete(wake)
    },
    async close() {
      closed = true
      await client?.end().catch(() => undefined)
    },
  }
}
