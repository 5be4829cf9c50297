import type { Catalogue } from './catalogue.ts'
import { Cells } from './cells.ts'
import type { DelftXFaults } from './fault-box.ts'
import { type Participation, Participations } from './participations.ts'
import type { Member } from './people.ts'
import { type Rival, Rivals } from './rivals.ts'
import { decide, type Outcome, type Profile, type Rules } from './rules.ts'
import { type Slot, Slots } from './slots.ts'

type SiteOptions = { catalogue: Catalogue; seed: number; profile: Profile; faults: DelftXFaults }

/** What the site has stored, and what may be booked. Each deed is done in one go, so that nothing comes between. */
export class Site {
  readonly slots: Slots
  readonly cells: Cells
  readonly participations = new Participations()
  readonly rules: Rules = { c1: true, c2: true, cancelRestores: true }
  readonly #catalogue: Catalogue
  readonly #rivals: Rivals
  readonly #faults: DelftXFaults
  readonly #profile: Profile

  constructor({ catalogue, seed, profile, faults }: SiteOptions) {
    this.#catalogue = catalogue
    this.#faults = faults
    this.#profile = profile
    this.slots = new Slots(catalogue, seed)
    this.#rivals = new Rivals(seed, faults)
    this.cells = new Cells(seed, (slot) => {
      const afterMs = this.#rivals.afterMs(slot)
      return afterMs === undefined ? undefined : this.opensMs(slot) + afterMs
    })
  }

  /** When a slot opens, with the fault `lateWindow` in it. */
  opensMs(slot: Slot, account?: string): number {
    return slot.opensMs + (this.#faults.peek('lateWindow', { account })?.ms ?? 0)
  }

  /** A member asks for a slot, having arrived at an instant. */
  book(member: Member, slot: Slot, nowMs: number): { outcome: Outcome; participation?: Participation } {
    const cell = this.cells.at(slot, nowMs)
    const outcome = decide({
      nowMs,
      opensMs: this.opensMs(slot, member.username),
      startMs: slot.startMs,
      subscribed: isSubscribed(member, slot),
      ...this.#conflicts(member, slot),
      spots: this.cells.spots(cell, nowMs),
      waitlist: this.#profile === 'waitlist' && slot.place.kind === 'session',
    })
    if (outcome === 'booked') return { outcome, participation: this.enter(member, slot, nowMs) }
    if (outcome === 'waiting-list') {
      return { outcome, participation: this.participations.add(member, slot, 3, nowMs) }
    }
    return { outcome }
  }

  /** Books without any rule. */
  enter(member: Member, slot: Slot, nowMs: number): Participation {
    this.cells.change(this.cells.at(slot, nowMs), 1, nowMs)
    return this.participations.add(member, slot, 1, nowMs)
  }

  cancel(participation: Participation, nowMs: number): void {
    if (participation.cancelled) return
    const cell = this.cells.at(participation.slot, nowMs)
    participation.cancelled = true
    if (participation.status === 1) this.cells.change(cell, -1, nowMs)
  }

  /** Throws when there is no such slot. */
  slotOn(place: string, date: string, start: string): Slot {
    const found = this.#catalogue.placeNamed(place)
    const slot = found && this.slots.on(found, date, start)
    if (!slot) throw new Error(`There is no slot of ${place} on ${date} at ${start}.`)
    return slot
  }

  setRivals(rivals: readonly Rival[]): void {
    for (const rival of rivals) {
      const slot = this.slotOn(rival.place, rival.date, rival.start)
      this.#rivals.add(slot, rival)
      this.cells.expectRival(slot)
    }
  }

  clearRivals(): void {
    this.#rivals.clear()
  }

  #conflicts(member: Member, slot: Slot): { duplicate: boolean; overlap: boolean; limit: boolean } {
    const { c1, c2, cancelRestores } = this.rules
    const conflicts = { duplicate: false, overlap: false, limit: false }
    for (const { slot: other, cancelled, status } of this.participations.ever(member)) {
      if (!cancelled && other === slot) conflicts.duplicate = true
      if (status !== 1 || (cancelled && cancelRestores)) continue
      if (c1 && other.startMs === slot.startMs) conflicts.overlap = true
      if (c2 && other.date === slot.date && other.place.product === slot.place.product) conflicts.limit = true
    }
    return conflicts
  }
}

/** Fitness takes a supplement on top of the subscription. */
function isSubscribed({ kind }: Member, { place }: Slot): boolean {
  if (kind === 'no-subscription') return false
  return kind !== 'no-supplement' || place.product.description !== 'Fitness'
}
