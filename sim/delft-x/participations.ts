import type { Member } from './people.ts'
import type { Slot } from './slots.ts'

/** One member's place in a booking, or on its waiting list. */
export type Participation = {
  id: number
  member: Member
  slot: Slot
  bookingId: number
  /** 1: booked; 3: on the waiting list. */
  status: 1 | 3
  registeredMs: number
  cancelled: boolean
}

const FIRST_PARTICIPATION = 800_001
/** Bookings of halls are made one by one, far from those made beforehand. */
const FIRST_HALL_BOOKING = 5_000_001

/** Every participation since the start, also those that were cancelled. */
export class Participations {
  readonly #byId = new Map<number, Participation>()
  readonly #byMember = new Map<number, Participation[]>()
  #hallBookings = 0

  add(member: Member, slot: Slot, status: 1 | 3, nowMs: number): Participation {
    const bookingId = slot.bookingId ?? FIRST_HALL_BOOKING + this.#hallBookings++
    const id = FIRST_PARTICIPATION + this.#byId.size
    const added: Participation = { id, member, slot, bookingId, status, registeredMs: nowMs, cancelled: false }
    this.#byId.set(id, added)
    this.#byMember.set(member.id, [...(this.#byMember.get(member.id) ?? []), added])
    return added
  }

  /** One that was not cancelled. */
  find(id: number): Participation | undefined {
    const found = this.#byId.get(id)
    return found?.cancelled ? undefined : found
  }

  /** A member's, in order of making, cancelled ones included. */
  ever(member: Member): readonly Participation[] {
    return this.#byMember.get(member.id) ?? []
  }

  /** A member's as they stand. */
  of(member: Member): Participation[] {
    return this.ever(member).filter(({ cancelled }) => !cancelled)
  }

  all(): Participation[] {
    return [...this.#byId.values()].filter(({ cancelled }) => !cancelled)
  }
}
