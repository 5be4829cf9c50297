/** Where "now" comes from. Everything that asks for the time takes one, so that tests move it instead of sleeping. */
export type Clock = { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** An instant as the database keeps it: ISO-8601 UTC with milliseconds, so that text order is time order. */
export function toStamp(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 })
}

/** The stamp `milliseconds` after `instant` (before it, when negative). */
export function stampAfter(instant: Temporal.Instant, milliseconds: number): string {
  return toStamp(instant.add({ milliseconds }))
}
