import { fraction } from '../shared/random.ts'
import { type DelftXFaults, isWithin } from './fault-box.ts'
import type { Slot } from './slots.ts'

/** A competitor who takes one cell, by the site's clock. */
export type Rival = {
  date: string
  start: string
  /** `X1 A`; of a session all that is left is taken. */
  place: string
  /** Milliseconds after the opening, or a range from which the seed picks. */
  afterMs: number | readonly [number, number]
  /** Whether the rival comes at all; the seed decides. Certain unless given. */
  probability?: number | undefined
}

/** Who else is after which slot, and when they come. */
export class Rivals {
  readonly #seed: number
  readonly #faults: DelftXFaults
  readonly #afterMs = new Map<string, number>()

  constructor(seed: number, faults: DelftXFaults) {
    this.#seed = seed
    this.#faults = faults
  }

  add(slot: Slot, { afterMs, probability = 1 }: Rival): void {
    if (this.#comes(slot, probability)) this.#afterMs.set(slot.key, this.#pick(slot, afterMs))
    else this.#afterMs.delete(slot.key)
  }

  clear(): void {
    this.#afterMs.clear()
  }

  /** How long after its opening somebody takes a slot, if anybody does: a rival of its own, or the fault `competitor`. */
  afterMs(slot: Slot): number | undefined {
    const own = this.#afterMs.get(slot.key)
    if (own !== undefined) return own
    const fault = this.#faults.peek('competitor')
    if (!fault || !isWithin(fault, slot.opensMs)) return undefined
    const wanted = fault.places?.includes(slot.place.description) ?? slot.place.kind === 'hall'
    return wanted && this.#comes(slot, fault.probability) ? this.#pick(slot, fault.afterMs) : undefined
  }

  #comes(slot: Slot, probability: number): boolean {
    return fraction(this.#seed, `rival of ${slot.key}`) < probability
  }

  #pick(slot: Slot, afterMs: Rival['afterMs']): number {
    if (typeof afterMs === 'number') return afterMs
    const [least, most] = afterMs
    return least + fraction(this.#seed, `moment of ${slot.key}`) * (most - least)
  }
}
