import { fold } from '../../core/fold.ts'
import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { parseDateParts, resolveDate } from './dates.ts'
import { classesActivity, polimisportActivities } from './facts.ts'
import { nameOf } from './names.ts'
import { minutesIn, timeAfter, timeIn } from './times.ts'

/** A card of the bookings list as the page holds it; null where the card has no such element. */
export type Card = {
  text: string
  date: string | null
  start: string | null
  duration: string | null
  description: string | null
  skill: string | null
  /** The label of its delete button. */
  remove: string | null
}

/** A card as a booking (dossier 5). A card that cannot be read is a changed page: a list is whole or an error. */
export function bookingOfCard(card: Card, today: Temporal.PlainDate): PortalBooking {
  const date = resolveDate(parseDateParts(card.date ?? card.text), today)
  const start = timeIn(card.start ?? card.text)
  const { location, course } = nameOf(card.description ?? activityIn(card.text), card.skill)
  const nameless = location === classesActivity && course === null && card.skill === null
  if (date === undefined || start === null || location === '' || nameless) {
    throw new PortalError('page-changed', 'a card of the bookings list cannot be read', {
      lookedFor: 'date, start and name in a card of the bookings list',
    })
  }
  const minutes = minutesIn(card.duration ?? card.text)
  const end = minutes === null ? null : timeAfter(start, minutes)
  return { date: date.toString(), start, end, location, course, cancellable: card.remove !== null }
}

/** The known activity that a text mentions. */
function activityIn(text: string): string | null {
  return polimisportActivities.find((name) => fold(text).includes(fold(name))) ?? null
}
