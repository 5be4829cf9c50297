import { setTimeout as pause } from 'node:timers/promises'

/** Timers may come this late on a machine that has other things to do. */
const COARSE_MS = 20
/** Below this even one turn of the event loop is too long to wait for. */
const SPIN_MS = 2

type Due = { at: number; run: () => void }

/**
 * Runs things at an instant of `performance.now()`, never before it and mostly within some hundredths of a millisecond
 * (`../shared/performance.md`, "Firing at an instant"): a timer until shortly before, then turns of the event loop,
 * then a busy wait. Everything that is due at the same instant shares one wait.
 */
export class PreciseTimer {
  #waiting: Due[] = []
  #running = false

  /** Calls `fire` at `at`, and answers what it answers; rejects without calling it when `signal` aborts before. */
  async at<T>(at: number, signal: AbortSignal, fire: () => Promise<T>): Promise<T> {
    const left = at - performance.now() - COARSE_MS
    if (left > 0) await pause(left, undefined, { signal }).catch(() => signal.throwIfAborted())
    return await new Promise<T>((resolve, reject) => {
      const run = () => {
        if (signal.aborted) reject(signal.reason)
        else fire().then(resolve, reject)
      }
      this.#waiting.push({ at, run })
      if (!this.#running) this.#start()
    })
  }

  #start(): void {
    this.#running = true
    setImmediate(() => this.#turn())
  }

  /** After what it ran it lets go: a request is written one turn after it was sent, and must not wait for the next one. */
  #turn(): void {
    let hasRun = false
    for (let next = this.#soonest(); next; next = this.#soonest()) {
      if (next.at - performance.now() > (hasRun ? 0 : SPIN_MS)) break
      while (performance.now() < next.at);
      this.#waiting.splice(this.#waiting.indexOf(next), 1)
      hasRun = true
      next.run()
    }
    if (this.#waiting.length > 0) setImmediate(() => this.#turn())
    else this.#running = false
  }

  #soonest(): Due | undefined {
    return this.#waiting.reduce<Due | undefined>((best, due) => (best && best.at <= due.at ? best : due), undefined)
  }
}
