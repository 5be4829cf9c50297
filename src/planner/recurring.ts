import { isQuiet, type QuietHours, quietEnd, quietStart } from './quiet-hours.ts'

export type Mode = 'ask' | 'automatic' | 'book-then-ask'

/** One occurrence of a rule as it is seen at `now`. */
export type Occurrence = {
  /** When the class begins. */
  start: Temporal.Instant
  /** From when the portal lets it be booked. */
  opening: Temporal.Instant
  now: Temporal.Instant
  /** So long before the booking moment the question comes. */
  leadMinutes: number
  /** Mode `book-then-ask`: hours before the class, for the question and for the cancelling without an answer. */
  askHours: number
  cancelHours: number
  quiet: QuietHours | undefined
}

/**
 * `bookAt`: the booking moment. `decideAt`: when to ask about it, or to queue it; may be past. `deadline`: until when
 * the answer counts; for modes without a question the start of the class.
 */
export type BookPlan = { bookAt: Temporal.Instant; decideAt: Temporal.Instant; deadline: Temporal.Instant }
export type KeepPlan = { askAt: Temporal.Instant; deadline: Temporal.Instant }

/** A question is put so long before the opening at least, or it gets its time from when it is put. */
const LEAST_BEFORE_OPENING = 10
/** An answer is waited for until so many minutes before the class at most, and a question needs as many to be answered. */
const LAST_ANSWER = 15
const LEAST_TO_ANSWER = 5
/** The same for the question whether to keep a booking; one that comes late gets this long. */
const LAST_KEEP_ANSWER = 10
const LEAST_TO_KEEP = 10
const LATE_KEEP_MINUTES = 30

/**
 * When to ask about booking an occurrence, or to queue it. The question comes the lead before the opening, earlier
 * where that is in quiet hours, and is answered by the opening. One that can only be put shortly before the opening,
 * or after it (after downtime, or for a rule just made), gets the lead from when it is put. Undefined when there is
 * nothing to plan any more: the class has begun, or is too near for an answer.
 */
export function planBooking(mode: Mode, occurrence: Occurrence): BookPlan | undefined {
  const { start, opening, now, leadMinutes } = occurrence
  const bookAt = later(opening, now)
  const usual = opening.subtract({ minutes: leadMinutes })
  if (mode !== 'ask') return isBefore(now, start) ? { bookAt, decideAt: usual, deadline: start } : undefined
  const lastAnswer = start.subtract({ minutes: LAST_ANSWER })
  const decideAt = askingTime(usual, lastAnswer.subtract({ minutes: LEAST_TO_ANSWER }), occurrence)
  const askedAt = later(decideAt, now)
  const isEarly = !isBefore(opening, askedAt.add({ minutes: Math.min(LEAST_BEFORE_OPENING, leadMinutes) }))
  const isAnswerable = isEarly && leadMinutes > 0
  const deadline = earlier(
    isAnswerable ? opening : askedAt.add({ minutes: Math.max(leadMinutes, LEAST_TO_ANSWER) }),
    lastAnswer,
  )
  if (isBefore(deadline, askedAt.add({ minutes: LEAST_TO_ANSWER }))) return undefined
  return { bookAt, decideAt, deadline }
}

/**
 * When to ask whether a booking is to be kept, and until when. A question that comes late gets its time all the same.
 * Undefined when too little of it is left: the booking then stays, as nothing is cancelled without having been asked.
 */
export function planKeeping(occurrence: Occurrence): KeepPlan | undefined {
  const { start, now, askHours, cancelHours } = occurrence
  const usual = start.subtract({ hours: Math.max(askHours, cancelHours) })
  const lastAnswer = start.subtract({ minutes: LAST_KEEP_ANSWER })
  const regular = start.subtract({ hours: cancelHours })
  const askAt = askingTime(usual, regular.subtract({ minutes: LEAST_TO_KEEP }), occurrence)
  const askedAt = later(askAt, now)
  const deadline = earlier(later(regular, askedAt.add({ minutes: LATE_KEEP_MINUTES })), lastAnswer)
  if (isBefore(deadline, askedAt.add({ minutes: LEAST_TO_KEEP }))) return undefined
  return { askAt, deadline }
}

/**
 * `usual`, moved out of the quiet hours: a minute before they begin, unless they have begun; else when they end, if that
 * is no later than `latest`; else as usual.
 */
function askingTime(usual: Temporal.Instant, latest: Temporal.Instant, { quiet, now }: Occurrence): Temporal.Instant {
  const asked = later(usual, now)
  if (!quiet || !isQuiet(quiet, asked)) return usual
  const before = quietStart(quiet, asked).subtract({ minutes: 1 })
  if (!isBefore(before, now) || !isQuiet(quiet, now)) return before
  const after = quietEnd(quiet, asked)
  return isBefore(latest, after) ? usual : after
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? b : a
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? a : b
}
