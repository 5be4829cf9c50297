import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import { badRequest } from './errors.ts'

/** What the bot answered to a press; shown as a toast, as an alert, or not at all when there is no text. */
export interface PressAnswer {
  text: string | undefined
  alert: boolean
  url: string | undefined
}

/** One press of an inline button, from the press until long after its answer. */
export interface Press {
  id: string
  userId: number
  messageId: number
  data: string
  at: number
  answer: PressAnswer | undefined
  expired: boolean
}

/** How long a query can be answered is not documented; the update itself lives this long. */
const ANSWERABLE_SECONDS = 150
const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid'

/** Every press of an inline button and what became of it. */
export class Presses {
  readonly #clock: Clock
  readonly #changes: Changes
  readonly #presses = new Map<string, Press>()
  #nextId = 4_382_518_004_517_220_001n

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock
    this.#changes = changes
  }

  add(userId: number, messageId: number, data: string): Press {
    const id = String(this.#nextId)
    this.#nextId += 977n
    const press = { id, userId, messageId, data, at: this.#clock.seconds(), answer: undefined, expired: false }
    this.#presses.set(id, press)
    this.#changes.note()
    return press
  }

  answer(id: string, answer: PressAnswer): void {
    const press = this.#presses.get(id)
    if (!press || press.answer || this.#isExpired(press)) throw badRequest(TOO_OLD)
    if ([...(answer.text ?? '')].length > 200) throw badRequest('MESSAGE_TOO_LONG')
    press.answer = answer
    this.#changes.note()
  }

  /** Makes every press so far unanswerable, as if it had waited too long. */
  expireAll(): void {
    for (const press of this.#presses.values()) press.expired = true
    this.#changes.note()
  }

  /** The presses of a user, oldest first. */
  of(userId: number): Press[] {
    return [...this.#presses.values()].filter((press) => press.userId === userId)
  }

  /** How many presses still turn their spinner. */
  get unanswered(): number {
    return [...this.#presses.values()].filter((press) => this.isOpen(press)).length
  }

  /** Whether the user still waits for the answer. */
  isOpen(press: Press): boolean {
    return !press.answer && !this.#isExpired(press)
  }

  #isExpired(press: Press): boolean {
    return press.expired || this.#clock.seconds() - press.at >= ANSWERABLE_SECONDS
  }
}
