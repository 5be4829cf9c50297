import type { PortalBooking, SlotKey } from '../contract.ts'
import { PortalError, type PortalErrorKind } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import type { SiteClock } from '../shared/site-clock.ts'
import { saying } from './answers.ts'
import type { Cell } from './cells.ts'
import { startOf } from './facts.ts'
import type { Openings } from './openings.ts'
import { topicOf } from './refusals.ts'
import { isBefore, mayBeEarly, mayBeLate, notOpenYet } from './rules.ts'

/** The portal's refusal of a booking (a 4xx that speaks of the booking itself). */
export type Refused = {
  status: number
  /** The portal's own words; empty when it has none. */
  words: string
  /** The portal's clock as the refusal itself tells it, in whole seconds; null: not told. */
  at: Temporal.Instant | null
}

/** What the portal shows after a refusal: the account's bookings, and the slot if it is still listed. */
export type Shown = { bookings: readonly PortalBooking[]; cell: Cell | undefined }

/**
 * The error behind a refusal (dossier 4): the portal's clock, then its words where they are of weight by themselves,
 * then what it shows. `look` is only asked when clock and words do not tell; what fails there leaves `refused`.
 */
export async function errorOfRefusal(
  refused: Refused,
  slot: SlotKey,
  openings: Openings,
  clock: SiteClock,
  look: () => Promise<Shown>,
): Promise<PortalError> {
  const kind =
    kindAtOnce(refused, slot, openings, clock) ??
    (await look().then(kindShown(refused, slot, openings, clock), () => 'refused'))
  return errorOf(kind, refused, openings, clock)
}

/** What needs no second look. `undefined`: what the portal shows has to tell. */
function kindAtOnce(
  { status, words, at }: Refused,
  slot: SlotKey,
  openings: Openings,
  clock: SiteClock,
): PortalErrorKind | undefined {
  if (status === 400) return 'page-changed'
  const now = at ?? clock.now()
  if (!isBefore(now, startOf(slot))) return 'too-late'
  if (isBefore(now, openings.first)) return 'not-open-yet'
  switch (topicOf(words)) {
    case 'membership':
      return 'no-subscription'
    case 'limit':
      return 'limit-reached'
    case 'full':
      return 'slot-full'
    case 'early':
      return mayBeEarly(openings, now) ? 'not-open-yet' : undefined
    case 'overlap':
    case 'mine':
    case 'hours':
    case undefined:
      return undefined
  }
}

function kindShown({ status, words, at }: Refused, slot: SlotKey, openings: Openings, clock: SiteClock) {
  return ({ bookings, cell }: Shown): PortalErrorKind => {
    const topic = topicOf(words)
    const sameDay = bookings.filter(({ date }) => date === slot.date)
    if (sameDay.some((booking) => isBookingOf(booking, slot))) return 'already-booked'
    if (sameDay.some(({ start }) => start === slot.start) || topic === 'overlap') return 'overlap'
    if (cell === undefined) return 'slot-gone'
    if (sameDay.some(({ location }) => location === slot.location)) return 'limit-reached'
    // A conflict that is none with the account's own bookings is one about the place; the list may lag behind.
    if (cell.state === 'booked' || status === 409) return 'slot-full'
    if (status === 404 || status === 405) return 'page-changed'
    const now = at ?? clock.now()
    const early = topic === 'hours' ? mayBeEarly(openings, now) : mayBeLate(openings, now)
    return early && topic !== 'mine' ? 'not-open-yet' : 'refused'
  }
}

function errorOf(kind: PortalErrorKind, { status, words }: Refused, openings: Openings, clock: SiteClock): PortalError {
  const says = `booking: the portal answered ${status}`
  if (kind === 'not-open-yet') return notOpenYet(openings, clock, says, words)
  return new PortalError(kind, says, {
    ...saying(words),
    ...(kind === 'page-changed' && { lookedFor: 'a booking request that the portal accepts' }),
  })
}
