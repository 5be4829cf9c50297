import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { instantOf } from '../../src/planner/occurrences.ts'
import type { QuietHours } from '../../src/planner/quiet-hours.ts'
import { type Mode, type Occurrence, planBooking, planKeeping } from '../../src/planner/recurring.ts'
import { latest, shown } from './support.ts'

const ROME = 'Europe/Rome'
const inRome = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(ROME).toInstant()
const onClock = (instant: Temporal.Instant) => shown(instant, ROME)
const quiet = (from: string, to: string): QuietHours => ({ from, to, timeZone: ROME })
const NIGHT = quiet('22:00', '08:00')

/** Mondays at 18:00, opening on Saturday at 00:00, seen on the Wednesday before. */
const MONDAY: Occurrence = {
  start: inRome('2026-11-23T18:00'),
  opening: inRome('2026-11-21T00:00'),
  now: inRome('2026-11-18T12:00'),
  leadMinutes: 60,
  askHours: 5,
  cancelHours: 1,
  quiet: undefined,
}

/** When the question goes out and until when it can be answered, on the clocks of Rome. */
function asked(changes: Partial<Occurrence>): [question: string, deadline: string] | undefined {
  const occurrence = { ...MONDAY, ...changes }
  const plan = planBooking('ask', occurrence)
  return plan && [onClock(latest(plan.decideAt, occurrence.now)), onClock(plan.deadline)]
}

function keptAsked(changes: Partial<Occurrence>): [question: string, deadline: string] | undefined {
  const occurrence = { ...MONDAY, now: inRome('2026-11-21T12:00'), ...changes }
  const plan = planKeeping(occurrence)
  return plan && [onClock(latest(plan.askAt, occurrence.now)), onClock(plan.deadline)]
}

type Example = [what: string, changes: Partial<Occurrence>, question?: string, deadline?: string]

function examples(plan: typeof asked, table: Example[]): void {
  for (const [what, changes, question, deadline] of table)
    it(`${what}: ${question ? `asked ${question}, until ${deadline}` : 'not asked'}`, () => {
      assert.deepEqual(plan(changes), question && [question, deadline])
    })
}

const now = (text: string) => ({ now: inRome(text) })
const late = (text: string) => ({ ...now(text), quiet: NIGHT })

describe('the question whether to book Mondays at 18:00, which open on Saturday at 00:00', () => {
  examples(asked, [
    ['an hour before the opening', {}, '2026-11-20 23:00', '2026-11-21 00:00'],
    ['a day before it', { leadMinutes: 1_440 }, '2026-11-20 00:00', '2026-11-21 00:00'],
    ['a week before it', { leadMinutes: 10_080, ...now('2026-11-01T00:00') }, '2026-11-14 00:00', '2026-11-21 00:00'],
    ['ten minutes before it', { leadMinutes: 10 }, '2026-11-20 23:50', '2026-11-21 00:00'],
    ['five minutes before it', { leadMinutes: 5 }, '2026-11-20 23:55', '2026-11-21 00:00'],
    ['two minutes before it, with five to answer', { leadMinutes: 2 }, '2026-11-20 23:58', '2026-11-21 00:03'],
    ['at the opening, with five to answer', { leadMinutes: 0 }, '2026-11-21 00:00', '2026-11-21 00:05'],
  ])

  examples(asked, [
    ['before a quiet night', { quiet: NIGHT }, '2026-11-20 21:59', '2026-11-21 00:00'],
    ['when quiet hours begin just then', { quiet: quiet('23:00', '08:00') }, '2026-11-20 22:59', '2026-11-21 00:00'],
    ['when quiet hours end just then', { quiet: quiet('20:00', '23:00') }, '2026-11-20 23:00', '2026-11-21 00:00'],
    ['when quiet hours begin after it', { quiet: quiet('23:01', '08:00') }, '2026-11-20 23:00', '2026-11-21 00:00'],
    ['in the last minute before a quiet night', late('2026-11-20T21:59:30'), '2026-11-20 21:59', '2026-11-21 00:00'],
    ['a rule of a quiet night waits', late('2026-11-20T22:00'), '2026-11-21 08:00', '2026-11-21 09:00'],
    ['so does downtime over its opening', late('2026-11-21T03:00'), '2026-11-21 08:00', '2026-11-21 09:00'],
    [
      'short before an opening after which quiet hours begin: not less than until it',
      { opening: inRome('2026-11-20T22:08'), leadMinutes: 5, quiet: NIGHT },
      '2026-11-20 21:59',
      '2026-11-20 22:08',
    ],
  ])

  const early = { start: inRome('2026-11-21T08:20'), opening: inRome('2026-11-19T00:00') }
  examples(asked, [
    [
      'a class just after quiet hours',
      { ...early, ...late('2026-11-21T03:00') },
      '2026-11-21 08:00',
      '2026-11-21 08:05',
    ],
    [
      'a class too near their end: it cannot be helped',
      { ...early, start: inRome('2026-11-21T08:19'), ...late('2026-11-21T03:00') },
      '2026-11-21 03:00',
      '2026-11-21 04:00',
    ],
  ])

  examples(asked, [
    ['ten minutes before the opening', now('2026-11-20T23:50'), '2026-11-20 23:50', '2026-11-21 00:00'],
    ['less than ten minutes before it', now('2026-11-20T23:51'), '2026-11-20 23:51', '2026-11-21 00:51'],
    ['after a day of downtime', now('2026-11-21T23:00'), '2026-11-21 23:00', '2026-11-22 00:00'],
    ['half an hour before the class', now('2026-11-23T17:30'), '2026-11-23 17:30', '2026-11-23 17:45'],
    ['twenty minutes before it', now('2026-11-23T17:40'), '2026-11-23 17:40', '2026-11-23 17:45'],
    ['later', now('2026-11-23T17:40:01')],
    ['during the class', now('2026-11-23T18:00')],
    ['when it opens after it', { opening: inRome('2026-11-23T18:00') }],
  ])

  it('comes an hour before the opening on the clocks of both nights in which they change', () => {
    const spring = { start: inRome('2026-03-31T18:00'), opening: instantOf('2026-03-29', '02:30', ROME) }
    const autumn = { start: inRome('2026-10-27T18:00'), opening: instantOf('2026-10-25', '02:30', ROME) }

    // 02:30 is not there: it opens at 03:30, an hour after 01:30.
    assert.deepEqual(asked({ ...spring, ...now('2026-03-20T12:00') }), ['2026-03-29 01:30', '2026-03-29 03:30'])
    assert.deepEqual(asked({ ...autumn, ...now('2026-10-20T12:00') }), ['2026-10-25 01:30', '2026-10-25 02:30'])
  })

  it('has its booking moment at the opening, or now if that is past', () => {
    const after = inRome('2026-11-22T10:00')

    assert.equal(planBooking('ask', MONDAY)?.bookAt.toString(), MONDAY.opening.toString())
    assert.equal(planBooking('ask', { ...MONDAY, now: after })?.bookAt.toString(), after.toString())
  })
})

describe('a booking without a question before it', () => {
  for (const mode of ['automatic', 'book-then-ask'] satisfies Mode[])
    it(`is queued the lead before the opening, in quiet hours too, until the class begins (${mode})`, () => {
      const occurrence = { ...MONDAY, quiet: NIGHT }
      const plan = planBooking(mode, occurrence)
      assert.ok(plan)

      assert.deepEqual([plan.decideAt, plan.bookAt, plan.deadline].map(onClock), [
        '2026-11-20 23:00',
        '2026-11-21 00:00',
        '2026-11-23 18:00',
      ])
      assert.ok(planBooking(mode, { ...occurrence, now: inRome('2026-11-23T17:59') }))
      assert.equal(planBooking(mode, { ...occurrence, now: MONDAY.start }), undefined)
      assert.equal(planBooking(mode, { ...occurrence, opening: MONDAY.start }), undefined)
    })
})

describe('the question whether to keep the booking of Monday at 18:00', () => {
  const siesta = { quiet: quiet('12:30', '16:00') }
  const dawn = { start: inRome('2026-11-23T09:00'), opening: inRome('2026-11-21T00:00'), quiet: NIGHT }
  examples(keptAsked, [
    ['five hours before, until one before', {}, '2026-11-23 13:00', '2026-11-23 17:00'],
    ['before quiet hours', siesta, '2026-11-23 12:29', '2026-11-23 17:00'],
    ['a morning class', dawn, '2026-11-22 21:59', '2026-11-23 08:00'],
    ['after them', { ...siesta, ...now('2026-11-23T12:40') }, '2026-11-23 16:00', '2026-11-23 17:00'],
    ['in them: it cannot be helped', { ...dawn, ...now('2026-11-23T05:00') }, '2026-11-23 05:00', '2026-11-23 08:00'],
    ['an hour late', now('2026-11-23T14:00'), '2026-11-23 14:00', '2026-11-23 17:00'],
    ['near the deadline', now('2026-11-23T16:45'), '2026-11-23 16:45', '2026-11-23 17:15'],
    ['after it', now('2026-11-23T17:15'), '2026-11-23 17:15', '2026-11-23 17:45'],
    ['half an hour before', now('2026-11-23T17:30'), '2026-11-23 17:30', '2026-11-23 17:50'],
    ['twenty minutes before', now('2026-11-23T17:40'), '2026-11-23 17:40', '2026-11-23 17:50'],
    ['later', now('2026-11-23T17:40:01')],
    ['during the class', now('2026-11-23T18:30')],
    ['days before', { askHours: 72, ...now('2026-11-18T12:00') }, '2026-11-21 00:00', '2026-11-23 17:00'],
    ['until the class', { cancelHours: 0 }, '2026-11-23 13:00', '2026-11-23 17:50'],
    ['no hours before', { askHours: 0, cancelHours: 0 }, '2026-11-23 17:20', '2026-11-23 17:50'],
    ['the wrong way round', { askHours: 1, cancelHours: 5 }, '2026-11-23 13:00', '2026-11-23 13:30'],
  ])

  it('waits for the end of quiet hours only while there is time to answer then', () => {
    const noon = { cancelHours: 0, ...now('2026-11-23T13:30') }

    assert.deepEqual(keptAsked({ ...noon, quiet: quiet('13:00', '17:40') }), ['2026-11-23 17:40', '2026-11-23 17:50'])
    assert.deepEqual(keptAsked({ ...noon, quiet: quiet('13:00', '17:41') }), ['2026-11-23 13:30', '2026-11-23 17:50'])
  })
})
