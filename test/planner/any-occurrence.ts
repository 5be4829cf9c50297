import fc from 'fast-check'
import { instantOf } from '../../src/planner/occurrences.ts'
import type { Occurrence } from '../../src/planner/recurring.ts'
import { anyDateInZone, anyTimeByNight } from './support.ts'

const anyHours = fc.oneof(fc.constantFrom(1, 5), fc.integer({ min: 0, max: 72 }))

/** Classes of all zones and years, opening up to a week before, seen from three weeks before to a little after. */
export const anyOccurrence = fc
  .record({
    day: anyDateInZone,
    time: anyTimeByNight,
    openingDays: fc.integer({ min: 0, max: 7 }),
    openingTime: fc.oneof(fc.constant('00:00'), anyTimeByNight),
    leadMinutes: fc.oneof(fc.constantFrom(0, 5, 60), fc.nat(120), fc.nat(10_080)),
    askHours: anyHours,
    cancelHours: anyHours,
    quiet: fc.option(fc.record({ from: anyTimeByNight, to: anyTimeByNight }), { nil: undefined }),
    seen: fc.record({
      from: fc.constantFrom('start', 'opening', 'question'),
      minutes: fc.oneof(fc.integer({ min: -120, max: 120 }), fc.integer({ min: -30_000, max: 120 })),
    }),
  })
  .map(({ day: { timeZone, date }, time, openingDays, openingTime, quiet, seen, ...rest }): Occurrence => {
    const openingDate = Temporal.PlainDate.from(date).subtract({ days: openingDays }).toString()
    const start = instantOf(date, time, timeZone)
    const opening = instantOf(openingDate, openingTime, timeZone)
    const question = opening.subtract({ minutes: rest.leadMinutes })
    const now = { start, opening, question }[seen.from].add({ minutes: seen.minutes })
    return { start, opening, now, ...rest, quiet: quiet && { ...quiet, timeZone } }
  })
