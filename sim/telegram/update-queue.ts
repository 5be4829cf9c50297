import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import { conflict } from './errors.ts'
import type { Json } from './model.ts'
import { spec } from './spec.ts'

interface Queued {
  id: number
  body: Json
  expires: number
}

interface Poll {
  offset: number
  limit: number
  finish(updates: Json[]): void
  fail(error: Error): void
}

const DAY_SECONDS = 24 * 3600
const QUERY_SECONDS = 150
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const KINDS = Object.keys(spec.types['Update']?.fields ?? {}).filter((name) => name !== 'update_id')
const OLDER_POLL_ENDS = 'terminated by other getUpdates request; make sure that only one bot instance is running'

/** What happened and was not confirmed yet, and the one request that may wait for it. */
export class UpdateQueue {
  readonly #clock: Clock
  readonly #changes: Changes
  #queue: Queued[] = []
  #repeats: Json[] = []
  /** Delivered a second time, and in the bot's hands until it asks for more. */
  #repeated = 0
  #newest: Json | undefined
  #nextId = 731_204_118
  #waiting: Poll | undefined
  #allowed = new Set(KINDS.filter((kind) => !NOT_BY_DEFAULT.has(kind)))

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock
    this.#changes = changes
  }

  /** How many updates the bot has not confirmed, those that came a second time among them. */
  get pending(): number {
    return this.#alive().length + this.#repeats.length + this.#repeated
  }

  /** The update names the bot asked for, or undefined while the default holds. */
  allowOnly(names: unknown): void {
    if (!Array.isArray(names)) return
    const known = KINDS.filter((kind) => names.includes(kind))
    this.#allowed = new Set(known.length > 0 ? known : KINDS.filter((kind) => !NOT_BY_DEFAULT.has(kind)))
  }

  /** Queues an update unless the bot did not ask for its kind. */
  add(kind: string, payload: Json): void {
    if (!this.#allowed.has(kind)) return
    const lifetime = kind === 'callback_query' ? QUERY_SECONDS : DAY_SECONDS
    const id = this.#nextId
    this.#nextId += 1
    this.#newest = { update_id: id, [kind]: payload }
    this.#queue.push({ id, body: this.#newest, expires: this.#clock.seconds() + lifetime })
    this.#changes.note()
    this.#serve()
  }

  /** Delivers the newest update a second time, as happens when a confirmation is lost. */
  repeatLast(): void {
    if (this.#newest) this.#repeats.push(this.#newest)
    this.#changes.note()
    this.#serve()
  }

  /** Answers at once if something waits, else holds the request until an update comes or the time is over. */
  poll(offset: number, limit: number, seconds: number, signal: AbortSignal): Promise<Json[]> {
    this.#waiting?.fail(conflict(OLDER_POLL_ENDS))
    this.#forgetRepeated()
    const from = this.#confirm(offset)
    const ready = this.#take(from, limit)
    if (ready.length > 0 || seconds === 0) return Promise.resolve(ready)
    return this.#wait(from, limit, seconds, signal)
  }

  /** Forgets everything that waits. */
  drop(): void {
    this.#queue = []
    this.#changes.note()
  }

  /** Ends the waiting request, if there is one. */
  endPoll(error: Error): void {
    this.#waiting?.fail(error)
  }

  #alive(): Queued[] {
    const now = this.#clock.seconds()
    this.#queue = this.#queue.filter((update) => update.expires > now)
    return this.#queue
  }

  /** Forgets what the offset confirms; returns the id from which to deliver. */
  #confirm(offset: number): number {
    const queue = this.#alive()
    if (offset === 0 || offset > this.#nextId + 10) return 0
    if (offset < 0) this.#queue = queue.slice(offset)
    else this.#queue = queue.filter((update) => update.id >= offset)
    if (this.#queue.length < queue.length) this.#changes.note()
    return Math.max(offset, 0)
  }

  #forgetRepeated(): void {
    if (this.#repeated === 0) return
    this.#repeated = 0
    this.#changes.note()
  }

  #take(offset: number, limit: number): Json[] {
    const due = this.#alive().filter((update) => update.id >= offset)
    const bodies = [...this.#repeats, ...due.map((update) => update.body)]
    this.#repeated += this.#repeats.length
    this.#repeats = []
    return bodies.slice(0, limit)
  }

  #serve(): void {
    const poll = this.#waiting
    if (!poll) return
    const ready = this.#take(poll.offset, poll.limit)
    if (ready.length > 0) poll.finish(ready)
  }

  #wait(offset: number, limit: number, seconds: number, signal: AbortSignal): Promise<Json[]> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        if (this.#waiting === poll) this.#waiting = undefined
        action()
      }
      const giveUp = () => settle(() => resolve([]))
      const timer = setTimeout(giveUp, seconds * 1000)
      const poll: Poll = {
        offset,
        limit,
        finish: (updates) => settle(() => resolve(updates)),
        fail: (error) => settle(() => reject(error)),
      }
      signal.addEventListener('abort', giveUp)
      this.#waiting = poll
    })
  }
}
