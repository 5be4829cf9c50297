/** So close to an instant a timer is no longer exact enough. */
const SPIN_MS = 1.5

type Item = { dueMs: number; deliver: () => void }

/** Does things at instants of `performance.now()`, to a fraction of a millisecond and in order. */
export class DelayLine {
  readonly #items: Item[] = []
  #waiting = false

  /** Things with the same instant are done in the order in which they were put in. */
  at(dueMs: number, deliver: () => void): void {
    let index = this.#items.length
    while (index > 0 && (this.#items[index - 1]?.dueMs ?? 0) > dueMs) index--
    this.#items.splice(index, 0, { dueMs, deliver })
    this.#wait()
  }

  #run = (): void => {
    this.#waiting = false
    while (this.#items[0] && this.#items[0].dueMs <= performance.now()) this.#items.shift()?.deliver()
    this.#wait()
  }

  /** A timer until shortly before, and then a look at every turn of the event loop. */
  #wait(): void {
    const [next] = this.#items
    if (!next || this.#waiting) return
    this.#waiting = true
    const leftMs = next.dueMs - performance.now()
    if (leftMs > SPIN_MS) setTimeout(this.#run, Math.floor(leftMs - SPIN_MS))
    else setImmediate(this.#run)
  }
}
