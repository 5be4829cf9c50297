import { isBefore, startsAt } from './rules.ts'
import { type ActivityKey, dayOfSlotId, type Slot, slotId, slotsOfDay, type Timetable } from './timetable.ts'

/** One booking on the site. */
export type SiteBooking = { id: string; username: string; slotId: string; bookedAt: string }

/** What the site has stored: slots, bookings, waiting lists. It keeps the spots right and decides nothing else. */
export class Site {
  readonly #timetable: Timetable
  readonly #days = new Map<string, Slot[]>()
  readonly #bookings = new Map<string, SiteBooking>()
  readonly #waiting = new Map<string, Set<string>>()
  #made = 0

  constructor(timetable: Timetable) {
    this.#timetable = timetable
  }

  /** Slots of one day in order of time, made up when first asked for. */
  slotsOn(date: Temporal.PlainDate, activity?: ActivityKey): Slot[] {
    const key = date.toString()
    const slots = this.#days.get(key) ?? slotsOfDay(date, this.#timetable)
    this.#days.set(key, slots)
    const wanted = activity === undefined ? slots : slots.filter((slot) => slot.activity === activity)
    return wanted.toSorted((a, b) => a.time.localeCompare(b.time))
  }

  findSlot(id: string): Slot | undefined {
    const day = dayOfSlotId(id)
    return day && this.slotsOn(day).find((slot) => slot.id === id)
  }

  addSlot(slot: Omit<Slot, 'id'>): Slot {
    const date = Temporal.PlainDate.from(slot.date)
    this.slotsOn(date)
    const added = { ...slot, id: slotId(date, 500 + this.#made++) }
    this.#days.get(slot.date)?.push(added)
    return added
  }

  /** Takes a slot off the timetable, and the bookings of it with it. */
  removeSlot(id: string): void {
    const slot = this.findSlot(id)
    if (!slot) return
    this.#days.set(
      slot.date,
      (this.#days.get(slot.date) ?? []).filter((other) => other.id !== id),
    )
    for (const booking of this.bookings()) if (booking.slotId === id) this.#bookings.delete(booking.id)
  }

  /** Spots left; never negative, even when the capacity was lowered under the bookings. */
  spots(slot: Slot): number {
    const booked = this.bookings().filter((booking) => booking.slotId === slot.id).length
    return Math.max(0, slot.capacity - slot.taken - booked)
  }

  /** Strangers take what is left. */
  fill(slot: Slot): void {
    slot.taken += this.spots(slot)
  }

  bookings(): SiteBooking[] {
    return [...this.#bookings.values()]
  }

  /** A person's bookings that have not begun, soonest first. */
  upcomingOf(username: string, now: Temporal.Instant): { booking: SiteBooking; slot: Slot }[] {
    return this.bookings()
      .filter((booking) => booking.username === username)
      .flatMap((booking) => {
        const slot = this.findSlot(booking.slotId)
        return slot && isBefore(now, startsAt(slot)) ? [{ booking, slot }] : []
      })
      .toSorted((a, b) => `${a.slot.date} ${a.slot.time}`.localeCompare(`${b.slot.date} ${b.slot.time}`))
  }

  holds(username: string, slot: Slot): boolean {
    return this.bookings().some((booking) => booking.username === username && booking.slotId === slot.id)
  }

  book(username: string, slot: Slot, now: Temporal.Instant): SiteBooking {
    const id = String(310_000_000_000_000_000n + BigInt(++this.#made) * 37n)
    const booking = { id, username, slotId: slot.id, bookedAt: now.toString() }
    this.#bookings.set(id, booking)
    return booking
  }

  /** Returns the spot. False when there was nothing to cancel. */
  cancel(username: string, bookingId: string): boolean {
    return this.#bookings.get(bookingId)?.username === username && this.#bookings.delete(bookingId)
  }

  joinWaitingList(username: string, slot: Slot): void {
    const list = this.#waiting.get(slot.id) ?? new Set()
    this.#waiting.set(slot.id, list.add(username))
  }

  waitingLists(): { slotId: string; usernames: string[] }[] {
    return [...this.#waiting].map(([slotId, usernames]) => ({ slotId, usernames: [...usernames] }))
  }
}
