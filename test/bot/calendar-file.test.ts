import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { calendarFile, type Entry } from '../../src/bot/calendar/file.ts'
import { vtimezoneOf } from '../../src/bot/calendar/vtimezone.ts'
import { readTexts } from '../../src/bot/texts.ts'
import type { BookingRow } from '../../src/db/schema.ts'

const ZONE = 'Europe/Rome'
const NOW = Temporal.Instant.from('2026-11-21T09:00:00.123Z')
const { en, it: italian } = readTexts()

function row(change: Partial<BookingRow> = {}): BookingRow {
  return {
    id: 1,
    user_id: 5_000_000_001,
    account_id: 1,
    portal: 'polimisport',
    location: 'Giuriati - Corsi Platinum',
    course_name: 'Yoga',
    name_key: 'yoga',
    date: '2026-11-23',
    time_slot: '18:00',
    end_time: '19:00',
    cancellable: 1,
    seen_at: '2026-11-21T08:00:00.000Z',
    ...change,
  }
}

function fileOf(...entries: Entry[]): string {
  return calendarFile(en, entries, NOW)
}

/** What another program reads in the file. It knows no zone but those that the file explains. */
function read(file: string) {
  ICAL.TimezoneService.reset()
  const calendar = new ICAL.Component(ICAL.parse(file))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      start: instantOf(event.startDate),
      end: instantOf(event.endDate),
      summary: event.summary,
      location: event.location,
      description: event.description,
      zone: event.startDate.zone?.tzid,
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      alarm: String(component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')),
    }
  })
}

function instantOf(time: ICAL.Time): string {
  return Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1000).toString()
}

/** The instant of a wall clock in Rome. */
function rome(local: string): string {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).toInstant().toString()
}

const wallClock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(timeOf)
/** Names as portals and people write them, with all that the format gives a meaning to. */
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(...',;:\\"\n\r\t=% ', '\\n', '🧘🏽‍♀️', '<&>', 'è', 'BEGIN:VEVENT'),
      fc.string({ unit: 'grapheme' }),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((parts) => `x${parts.join('')}`)

function timeOf([hour, minute]: readonly [number, number]): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
}

describe('a calendar file', () => {
  it('says when, what and where, and warns an hour before', () => {
    const [event, ...others] = read(fileOf({ booking: row() }))

    assert.deepEqual(others, [])
    assert.deepEqual(
      { ...event, uid: '' },
      {
        uid: '',
        start: '2026-11-23T17:00:00Z',
        end: '2026-11-23T18:00:00Z',
        summary: 'Yoga',
        location: 'Giuriati - Corsi Platinum',
        description: 'Booked on Polimisport.',
        zone: ZONE,
        stamp: '2026-11-21T09:00:00Z',
        alarm: '-PT1H',
      },
    )
  })

  it('reads back as the booking it was made of, whatever day, hour and name', () => {
    const days = fc.integer({ min: 0, max: 6 * 366 }).map((n) => Temporal.PlainDate.from('2026-01-01').add({ days: n }))
    fc.assert(
      fc.property(days, wallClock, fc.option(wallClock), name, name, (date, start, end, course, location) => {
        const booking = row({ date: `${date}`, time_slot: start, end_time: end, course_name: course, location })
        const file = fileOf({ booking })
        const [event] = read(file)

        assert.equal(event?.start, rome(`${date}T${start}`))
        assert.equal(event?.summary, oneLine(course))
        assert.equal(event?.location, oneLine(location))
        const lastDay = end !== null && end < start ? date.add({ days: 1 }) : date
        const known = end === null || end === start ? undefined : rome(`${lastDay}T${end}`)
        if (known !== undefined && known > event.start) assert.equal(event.end, known)
        else assert.ok(event.end > event.start)
        for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
        assert.ok(file.endsWith('END:VCALENDAR\r\n'))
        assert.doesNotMatch(file.replaceAll('\r\n', ''), /[\r\n]/)
      }),
      { numRuns: 300 },
    )
  })

  it('shows the right hour on both nights when the clocks change', () => {
    for (const night of ['2027-03-28', '2026-10-25', '2030-03-31', '2030-10-27'])
      for (let quarter = 0; quarter < 96; quarter++) {
        const start = timeOf([Math.floor(quarter / 4), (quarter % 4) * 15])
        const [event] = read(fileOf({ booking: row({ date: night, time_slot: start, end_time: null }) }))

        assert.equal(event?.start, rome(`${night}T${start}`), `${night} ${start}`)
        assert.ok(event && event.end > event.start, `${night} ${start}`)
      }
  })

  it('keeps each class of a summer and a winter at its hour', () => {
    const dates = ['2026-10-24', '2026-10-25', '2026-10-26', '2027-03-27', '2027-03-28', '2027-03-29', '2029-07-01']
    const events = read(fileOf(...dates.map((date) => ({ booking: row({ date }) }))))

    assert.deepEqual(
      events.map(({ start }) => start),
      dates.map((date) => rome(`${date}T18:00`)),
    )
  })

  it('takes an hour for a class of which no end is known, and ends a late one the next day', () => {
    const events = read(
      fileOf({ booking: row({ end_time: null }) }, { booking: row({ time_slot: '23:30', end_time: '00:30' }) }),
    )

    assert.deepEqual(
      events.map(({ end }) => end),
      [rome('2026-11-23T19:00'), rome('2026-11-24T00:30')],
    )
  })

  it('names the account where the user has several', () => {
    const [event] = read(calendarFile(italian, [{ booking: row(), account: 'Anna, la mia; \\o/' }], NOW))

    assert.equal(event?.description, 'Prenotato su Polimisport.\nAccount: Anna, la mia; \\o/')
  })

  it('gives a booking the same UID again, and every other one another', () => {
    const uids = (...rows: BookingRow[]) => read(fileOf(...rows.map((booking) => ({ booking })))).map(({ uid }) => uid)
    const others = [row({ date: '2026-11-30' }), row({ time_slot: '19:00' }), row({ account_id: 2 })]
    const [first, ...rest] = uids(row(), ...others, row({ name_key: 'pilates' }), row({ user_id: 7 }))

    assert.deepEqual(uids(row({ id: 99, end_time: null, location: 'Giuriati' })), [first])
    assert.equal(new Set([first, ...rest]).size, 6)
  })
})

describe('a VTIMEZONE', () => {
  it('agrees with the IANA zone on every day of twelve years', () => {
    for (const zone of [ZONE, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'Europe/Dublin']) {
      const text = vtimezoneOf(zone, 2026)
      assert.ok(text, zone)
      const component = new ICAL.Component(ICAL.parse(text))
      const read = new ICAL.Timezone(component)
      const [earlier, later] = [{ disambiguation: 'earlier' }, { disambiguation: 'later' }] as const
      for (let days = 0; days < 12 * 365; days += 1) {
        const local = Temporal.PlainDateTime.from('2025-12-01T12:00').add({ days, hours: days % 24 })
        const expected = local.toZonedDateTime(zone)
        // Of an hour that comes twice, or never, programs choose.
        if (!local.toZonedDateTime(zone, earlier).equals(local.toZonedDateTime(zone, later))) continue
        const time = ICAL.Time.fromString(local.toString({ smallestUnit: 'second' }), null)
        time.zone = read
        assert.equal(instantOf(time), expected.toInstant().toString(), `${zone} ${local}`)
      }
    }
  })

  it('is not made for a zone whose changes follow no yearly rule', () => {
    for (const zone of ['Africa/Casablanca', 'Asia/Gaza']) assert.equal(vtimezoneOf(zone, 2026), undefined)
  })
})
