import { createHash } from 'node:crypto'
import ical, { ICalAlarmType } from 'ical-generator'
import type { BookingRow } from '../../db/schema.ts'
import { titleOf } from '../../portals/match.ts'
import { getPortal } from '../../portals/registry.ts'
import { datedOf, portalName } from '../names.ts'
import type { Words } from '../texts.ts'
import { vtimezoneOf } from './vtimezone.ts'

/** A booking for the calendar. `account`: what the user calls the account, where there is more than one. */
export type Entry = { booking: BookingRow; account?: string | undefined }

/** The portals' lists do not always tell an end; most classes last an hour. */
const ASSUMED_LENGTH = { hours: 1 }
const ALARM_SECONDS = 60 * 60

/**
 * An iCalendar file (RFC 5545) of these bookings, in their portals' time zones, each with an alarm an hour before.
 * A booking keeps its UID, so that a calendar which takes the file twice holds it once. `now`: when the file was made.
 */
export function calendarFile(words: Words, entries: readonly Entry[], now: Temporal.Instant): string {
  const calendar = ical({ prodId: '//Bookwright//Bookings//EN' })
  const zones = zonesOf(entries)
  // Without a name: with one, DTSTAMP would be local too, which it must never be.
  calendar.timezone({ name: null, generator: (zone) => zones.get(zone) ?? null })
  for (const { booking, account } of entries) {
    const zone = getPortal(booking.portal).timeZone
    const { start, end } = spanOf(booking, zone)
    // No STATUS: the library writes it behind the alarm, where the standard has no place for it.
    const event = calendar.createEvent({
      id: uidOf(booking),
      stamp: now,
      start,
      end,
      // UTC where no VTIMEZONE can say the zone's rules, and in the hour that comes twice, of which programs choose.
      timezone: zones.get(zone) === undefined || comesTwice(start) || comesTwice(end) ? null : zone,
      summary: plain(titleOf(datedOf(booking))),
      location: plain(booking.location),
      description: descriptionOf(words, booking, account),
    })
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: ALARM_SECONDS })
  }
  return `${calendar}\r\n`
}

/** The VTIMEZONE of each zone, from its first booking on. */
function zonesOf(entries: readonly Entry[]): Map<string, string | undefined> {
  const firstYears = new Map<string, number>()
  for (const { booking } of entries) {
    const zone = getPortal(booking.portal).timeZone
    const { year } = Temporal.PlainDate.from(booking.date)
    firstYears.set(zone, Math.min(year, firstYears.get(zone) ?? year))
  }
  return new Map([...firstYears].map(([zone, year]) => [zone, vtimezoneOf(zone, year)]))
}

/** When a booking begins and ends; a class that ends at an earlier hour ends on the next day. */
function spanOf(
  { date, time_slot, end_time }: Pick<BookingRow, 'date' | 'time_slot' | 'end_time'>,
  zone: string,
): { start: Temporal.ZonedDateTime; end: Temporal.ZonedDateTime } {
  const day = Temporal.PlainDate.from(date)
  const start = day.toZonedDateTime({ timeZone: zone, plainTime: time_slot })
  const lastDay = end_time !== null && end_time < time_slot ? day.add({ days: 1 }) : day
  const end = end_time === null ? undefined : lastDay.toZonedDateTime({ timeZone: zone, plainTime: end_time })
  if (end && Temporal.ZonedDateTime.compare(start, end) < 0) return { start, end }
  // By the wall clock: on the night when an hour comes twice, an hour later would look like no time at all.
  return { start, end: start.toPlainDateTime().add(ASSUMED_LENGTH).toZonedDateTime(zone) }
}

/** Whether the clock of that zone shows this hour twice on that day. */
function comesTwice(moment: Temporal.ZonedDateTime): boolean {
  const local = moment.toPlainDateTime()
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(moment.timeZoneId, { disambiguation }),
  )
  return first?.epochNanoseconds !== second?.epochNanoseconds
}

/** Of what makes the booking what it is: the same in every file, and after a new installation. */
function uidOf({ portal, user_id, account_id, date, time_slot, name_key }: BookingRow): string {
  const parts = JSON.stringify([portal, user_id, account_id, date, time_slot, name_key])
  return `${createHash('sha256').update(parts).digest('hex').slice(0, 32)}@bookwright`
}

function descriptionOf(words: Words, { portal }: BookingRow, account: string | undefined): string {
  const about = words.text('calendar-booked-on', { portal: portalName(portal) })
  return account === undefined ? about : `${about}\n${words.text('calendar-account', { account: plain(account) })}`
}

/** One line without control characters, which the format has no way to say. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}
