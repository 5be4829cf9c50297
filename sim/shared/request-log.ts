import { z } from 'zod'
import { matchesRoute } from './routes.ts'

/** How far a request has come. `held` is reached only by requests that a fault holds, `cut` instead of an answer. */
const phase = z.enum(['arrived', 'held', 'answered', 'cut'])
type Phase = z.output<typeof phase>

/** One request as the site saw it. */
export type LogEntry = {
  n: number
  /** By the machine's clock, and by the site's. */
  at: string
  siteTime: string
  origin: 'portal' | 'sso' | 'api'
  method: string
  path: string
  query: string
  phase: Phase
  /** None until answered; none for ever when the connection was cut. */
  status: number | null
  username: string | null
  /** Kept for bookings and cancellations alone: no password and no code comes here. */
  body: Record<string, string> | null
}

/** Which requests to wait for, and for how long. */
export const wantedSchema = z.strictObject({
  path: z.string(),
  count: z.coerce.number().int().positive().default(1),
  phase: phase.default('answered'),
  timeoutMs: z.coerce.number().int().positive().default(60_000),
})
type Wanted = z.output<typeof wantedSchema>
export type WaitFor = { path: string; count?: number; phase?: Phase; timeoutMs?: number }

type Waiter = { wanted: Wanted; done: (entries: LogEntry[]) => void }

/** Every request since the start or the last reset, and a way to wait for some without asking again and again. */
export class RequestLog {
  #entries: LogEntry[] = []
  readonly #waiters = new Set<Waiter>()
  #count = 0

  add(entry: Omit<LogEntry, 'n'>): LogEntry {
    const added = { n: ++this.#count, ...entry }
    this.#entries.push(added)
    this.changed()
    return added
  }

  entries(): LogEntry[] {
    return [...this.#entries]
  }

  clear(): void {
    this.#entries = []
  }

  /** Resolves with the requests to a path once so many have come so far; rejects when the time is over. */
  async waitFor(waitFor: WaitFor): Promise<LogEntry[]> {
    const wanted = wantedSchema.parse(waitFor)
    const found = structuredClone(await this.#wait(wanted))
    if (found.length >= wanted.count) return found
    throw new Error(`Only ${found.length} of ${wanted.count} requests to ${wanted.path} were ${wanted.phase}.`)
  }

  #wait(wanted: Wanted): Promise<LogEntry[]> {
    return new Promise((resolve) => {
      const waiter: Waiter = { wanted, done: finish }
      const timer = setTimeout(() => finish(this.#matching(wanted)), wanted.timeoutMs)
      const waiters = this.#waiters
      function finish(entries: LogEntry[]) {
        clearTimeout(timer)
        waiters.delete(waiter)
        resolve(entries)
      }
      waiters.add(waiter)
      this.changed()
    })
  }

  /** To be called when an entry has moved on. */
  changed(): void {
    for (const { wanted, done } of [...this.#waiters]) {
      const found = this.#matching(wanted)
      if (found.length >= wanted.count) done(found)
    }
  }

  /** Lets everybody who waits go with what there is. */
  close(): void {
    for (const { wanted, done } of [...this.#waiters]) done(this.#matching(wanted))
  }

  #matching({ path, phase }: Wanted): LogEntry[] {
    return this.#entries.filter((entry) => matchesRoute(path, entry.path) && reached(entry.phase, phase))
  }
}

function reached(phase: Phase, wanted: Phase): boolean {
  if (wanted === 'arrived' || phase === wanted) return true
  return wanted === 'answered' && phase === 'cut'
}
