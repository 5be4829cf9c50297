import fc from 'fast-check'

const FIRST_DAY = Temporal.PlainDate.from('2025-11-01')

/** A date of two years, half of them near a change of the clocks. */
const anyDate = fc.oneof(
  fc.integer({ min: 0, max: 730 }).map((days) => FIRST_DAY.add({ days }).toString()),
  fc
    .tuple(fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28'), fc.integer({ min: -2, max: 9 }))
    .map(([change, days]) => Temporal.PlainDate.from(change).add({ days }).toString()),
)

/** The hours at which the house is open. */
const anyStart = fc.integer({ min: 7, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`)

const anyLocation = fc.constantFrom('X1', 'X2', 'X3', 'Fitness')

/** What of a slot decides when it opens. */
export const anyKey = fc.record({ date: anyDate, start: anyStart, location: anyLocation })

/** A slot as the API writes it. */
export const anySlotAnswer = fc
  .record({
    key: anyKey,
    half: fc.constantFrom('A', 'B'),
    isAvailable: fc.boolean(),
    left: fc.option(fc.integer({ min: -1, max: 46 })),
    minutes: fc.constantFrom(59, 60, 89),
  })
  .map(({ key, half, isAvailable, left, minutes }) => {
    const begins = Temporal.PlainDateTime.from(`${key.date}T${key.start}`).toZonedDateTime('Europe/Amsterdam')
    const startDate = stamp(begins.toInstant())
    const endDate = stamp(begins.toInstant().add({ minutes }))
    const isFitness = key.location === 'Fitness'
    const name = isFitness ? 'Fitness' : `${key.location} ${half}`
    const [linkedProductId, bookableProductId] = [nameNumber(key.location), nameNumber(name) + 1_000]
    return {
      key: { ...key, course: isFitness ? null : name },
      answer: {
        ...{ startDate, endDate, isAvailable, linkedProductId, bookableProductId },
        ...{ bookingId: isFitness ? 700_123 : null, surprise: { deep: [1] } },
        ...(isFitness && { booking: { id: 700_123, status: 1, availableParticipantCount: left } }),
        linkedProduct: { id: linkedProductId, description: key.location, translations: [] },
        product: { id: bookableProductId, description: name, translations: [] },
      },
    }
  })

function nameNumber(name: string): number {
  return [...name].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0)
}

function stamp(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 })
}
