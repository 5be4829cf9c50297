import { fraction } from '../shared/random.ts'
import type { Slot } from './slots.ts'

/** Who is in a slot. */
export type Cell = {
  slot: Slot
  /** How many members of this site hold a place. */
  members: number
  /** How many strangers do, once somebody has said so; until then the crowd grows by itself. */
  strangers: number | undefined
  /** The rival has come, and either took the slot or found it taken. */
  settled: boolean
  /** Since when there was no place left; kept while it stays so. */
  fullSinceMs: number | undefined
}

/** Strangers never fill a session by themselves: tests and rivals do. */
const LEAST_CROWD = 8
const MOST_CROWD = 34

/** The places of each slot. A rival is not a timer: whoever looks at a slot after their moment finds them there. */
export class Cells {
  readonly #seed: number
  readonly #rivalMs: (slot: Slot) => number | undefined
  readonly #cells = new Map<string, Cell>()

  /** `rivalMs`: the instant at which a rival comes for a slot, if one does. */
  constructor(seed: number, rivalMs: (slot: Slot) => number | undefined) {
    this.#seed = seed
    this.#rivalMs = rivalMs
  }

  /** A slot as it is at an instant, which should not go back. */
  at(slot: Slot, nowMs: number): Cell {
    let cell = this.#cells.get(slot.key)
    if (!cell) {
      cell = { slot, members: 0, strangers: undefined, settled: false, fullSinceMs: undefined }
      this.#cells.set(slot.key, cell)
    }
    this.#settle(cell, nowMs)
    return cell
  }

  /** How many places are taken. */
  taken(cell: Cell, nowMs: number): number {
    const room = cell.slot.place.capacity - cell.members
    return cell.members + Math.min(cell.strangers ?? this.#crowd(cell.slot, nowMs), Math.max(room, 0))
  }

  spots(cell: Cell, nowMs: number): number {
    return cell.slot.place.capacity - this.taken(cell, nowMs)
  }

  /** A member takes or returns a place. */
  change(cell: Cell, by: 1 | -1, nowMs: number): void {
    cell.members += by
    this.#note(cell, nowMs)
  }

  /** So many strangers from now on, at most what is left to them; without a number all that is left. */
  fill(cell: Cell, strangers: number | undefined, nowMs: number): void {
    const room = cell.slot.place.capacity - cell.members
    cell.strangers = Math.max(0, Math.min(strangers ?? room, room))
    this.#note(cell, nowMs)
  }

  /** A new rival may come even where one has been. */
  expectRival(slot: Slot): void {
    const cell = this.#cells.get(slot.key)
    if (cell) cell.settled = false
  }

  #settle(cell: Cell, nowMs: number): void {
    if (cell.settled) return
    const rivalMs = this.#rivalMs(cell.slot)
    if (rivalMs === undefined || nowMs < rivalMs) return
    cell.settled = true
    this.fill(cell, undefined, rivalMs)
  }

  #note(cell: Cell, nowMs: number): void {
    if (this.spots(cell, nowMs) > 0) cell.fullSinceMs = undefined
    else cell.fullSinceMs ??= nowMs
  }

  /** Strangers come to a session between its opening and its start. */
  #crowd({ place, key, opensMs, startMs }: Slot, nowMs: number): number {
    if (place.kind === 'hall') return 0
    const most = LEAST_CROWD + fraction(this.#seed, `crowd of ${key}`) * (MOST_CROWD - LEAST_CROWD)
    const share = Math.min(Math.max((nowMs - opensMs) / (startMs - opensMs), 0), 1)
    return Math.floor(most * share)
  }
}
