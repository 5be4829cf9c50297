import type { Clock } from './clock.ts'
import { tooManyRequests } from './errors.ts'

/** Tokens that come back at a steady rate, up to a burst. */
interface Bucket {
  tokens: number
  at: number
}

const CHAT = { burst: 3, perSecond: 1 }
const BOT = { burst: 30, perSecond: 30 }

/** The documented limits: about one message a second in a chat (short bursts pass), 30 a second in all. */
export class Flood {
  on = false
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws 429 if a message to this chat would exceed a limit. */
  check(chatId: string): void {
    if (!this.on) return
    this.#take('bot', BOT)
    this.#take(`chat ${chatId}`, CHAT)
  }

  #take(name: string, rate: { burst: number; perSecond: number }): void {
    const now = this.#clock.now().epochMilliseconds / 1000
    const bucket = this.#buckets.get(name) ?? { tokens: rate.burst, at: now }
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (now - bucket.at) * rate.perSecond)
    bucket.at = now
    this.#buckets.set(name, bucket)
    if (bucket.tokens < 1) throw tooManyRequests(Math.ceil((1 - bucket.tokens) / rate.perSecond))
    bucket.tokens -= 1
  }
}
