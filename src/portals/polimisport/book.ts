import type { PortalBooking, SlotKey } from '../contract.ts'
import { PortalError, type PortalErrorKind } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import { findSlot } from '../shared/slots.ts'
import { findActivity, readActivities } from './activities.ts'
import { type Prepared, refuseDouble, type Verdict, verdictOf } from './book-answer.ts'
import { prepareOnPage } from './book-on-page.ts'
import { classesActivity } from './facts.ts'
import { fetchBookings, readBookings, readBookingsOnPage } from './list.ts'
import { paths } from './pages.ts'
import { checkBookable, checkTimely, isOpening, refusalOf } from './rules.ts'
import { readDay } from './schedule.ts'
import type { Visit } from './visit.ts'

const CARD = { lookedFor: 'the name of the class in a card of the bookings list' }

type Refused = Extract<Verdict, { ok: false }>

/** What the timetable can tell about a refusal. */
const TELLING: readonly PortalErrorKind[] = ['slot-full', 'not-open-yet', 'too-late']

/** Books a slot and returns it as the list then shows it (dossier 4.1). At most one request that books is sent. */
export async function book(visit: Visit, slot: SlotKey, beforeSubmit: () => Promise<void>): Promise<PortalBooking> {
  await visit.step('choosing-slot')
  const prepared = await prepare(visit, slot)
  await visit.submitting(beforeSubmit)
  const verdict = await prepared.submit()
  if ('ok' in verdict && !verdict.ok) throw await refusal(visit, prepared, verdict, slot)
  await visit.step('verifying')
  await prepared.afterwards()
  return prove(visit, slot, verdict)
}

/** By the site's requests; by its pages when these do not answer as known. */
async function prepare(visit: Visit, slot: SlotKey): Promise<Prepared> {
  if (!visit.requests) return prepareOnPage(visit, slot)
  try {
    return await prepareByRequests(visit, slot)
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'page-changed') return prepareOnPage(visit, slot)
    throw error
  }
}

async function prepareByRequests(visit: Visit, slot: SlotKey): Promise<Prepared> {
  refuseDouble(await fetchBookings(visit), slot)
  checkTimely(slot, visit.http)
  const activity = findActivity(await readActivities(visit), slot.location)
  const look = async () => findSlot(await readDay(visit, activity, slot.date), slot)
  const found = await look()
  checkBookable(found, visit.http)
  return { submit: () => submit(visit, found.siteId ?? ''), afterwards: async () => undefined, look }
}

/**
 * Why the site refused: by its clock and its words, or by what the timetable shows now when these say nothing to us.
 * Around the opening "full" is not taken from words that we guess at, either.
 */
export async function refusal(
  visit: Visit,
  prepared: Pick<Prepared, 'look'>,
  { message, at }: Refused,
  slot: SlotKey,
): Promise<PortalError> {
  const said = refusalOf(message, slot, visit.http, at)
  const isGuess = said.kind === 'slot-full' && isOpening(slot, visit.http.siteNow())
  if (said.kind !== 'refused' && !isGuess) return said
  try {
    checkBookable(await prepared.look(), visit.http)
    return said
  } catch (error) {
    if (!(error instanceof PortalError) || !TELLING.includes(error.kind)) return said
    const { kind, opensAt } = error
    return new PortalError(kind, error.message, { portalSays: message, ...(opensAt && { opensAt }) })
  }
}

/** The one request that books. */
export async function submit(visit: Visit, appointmentID: string): Promise<Verdict> {
  const answer = await visit.http.ajax(paths.book, { appointmentID }, 'booking')
  const verdict = verdictOf(answer.status, answer.text)
  if (!('ok' in verdict) || verdict.ok || Number.isNaN(answer.date)) return verdict
  return { ...verdict, at: Temporal.Instant.fromEpochMilliseconds(answer.date) }
}

/** Only the list proves a booking; an "OK" alone does not (dossier 4.1). The list may lag a moment behind. */
export async function prove(visit: Visit, slot: SlotKey, verdict: Verdict): Promise<PortalBooking> {
  for (const pauseMs of visit.limits.retryPausesMs) {
    const found = (await readBookings(visit)).find((booking) => isBookingOf(booking, slot))
    if (found) return found
    await visit.wait(pauseMs)
  }
  const bookings = await readBookingsOnPage(visit)
  const found = bookings.find((booking) => isBookingOf(booking, slot))
  if (found) return found
  if ('unclear' in verdict) throw verdict.unclear
  if (bookings.some((booking) => isNameless(booking) && booking.date === slot.date && booking.start === slot.start)) {
    throw new PortalError('page-changed', 'the list shows a booking at that time without its name', CARD)
  }
  throw new PortalError('refused', 'the site said OK but its list does not show the booking', { unproven: true })
}

function isNameless({ location, course }: PortalBooking): boolean {
  return location === classesActivity && course === null
}
