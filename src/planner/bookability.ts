/** What can be done with a slot now, from what was last seen of it. */
export type Bookability =
  | { can: true }
  | { can: false; why: 'past' | 'already-booked' | 'full' | 'closed' }
  | { can: false; why: 'not-open-yet'; opensAt: Temporal.Instant }

export type SeenSlot = {
  /** When it starts. */
  start: Temporal.Instant
  /** From when it can be booked. */
  opensAt: Temporal.Instant
  state: 'available' | 'booked' | 'disabled'
  /** Places left; null when unknown. */
  spots: number | null
}

/**
 * Whether booking a slot makes sense now. What was seen before the opening says nothing about after it (dossier
 * Polimisport, 6), so an open slot seen as closed or full is only that if it was seen so after its opening.
 */
export function bookability(
  slot: SeenSlot,
  held: boolean,
  seenAt: Temporal.Instant,
  now: Temporal.Instant,
): Bookability {
  if (Temporal.Instant.compare(slot.start, now) <= 0) return { can: false, why: 'past' }
  if (held) return { can: false, why: 'already-booked' }
  if (Temporal.Instant.compare(now, slot.opensAt) < 0) return { can: false, why: 'not-open-yet', opensAt: slot.opensAt }
  const seenBeforeOpening = Temporal.Instant.compare(seenAt, slot.opensAt) < 0
  if (seenBeforeOpening) return { can: true }
  if (slot.spots === 0) return { can: false, why: 'full' }
  if (slot.state === 'available') return { can: true }
  // "booked" but not by this user: another account of the house holds it, or it is full; only places left tell.
  if (slot.state === 'booked') return slot.spots === null ? { can: false, why: 'full' } : { can: true }
  return { can: false, why: 'closed' }
}
