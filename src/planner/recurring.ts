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

/** A question is put so many minutes before the opening at least, or it gets its time from when it is put. */
const LEAST_BEFORE_OPENING = 10
/** An answer is waited for until so many minutes before the class at most, and a question has so many at least. */
const LAST_ANSWER = 15
const LEAST_TO_ANSWER = 5
/** The same for the question whether to keep a booking; one that comes late gets `LATE_KEEP` where there is the time. */
const LAST_KEEP_ANSWER = 10
const LEAST_TO_KEEP = 10
const LATE_KEEP = 30

/**
 * When to ask about booking an occurrence, or to queue it. The question comes the lead before the opening, earlier
 * where that is in quiet hours, and is answered by the opening. One that can only be put shortly before the opening,
 * or after it (after downtime, or for a rule just made), gets the lead from when it is put, and never less than until
 * the opening. Undefined when there is nothing to plan any more: the class has begun, is too near for an answer, or
 * opens only when it is over.
 */
export function planBooking(mode: Mode, occurrence: Occurrence): BookPlan | undefined {
  const { start, opening, now, leadMinutes, quiet } = occurrence
  const bookAt = later(opening, now)
  if (!isBefore(bookAt, start)) return undefined
  const usual = opening.subtract({ minutes: leadMinutes })
  if (mode !== 'ask') return { bookAt, decideAt: usual, deadline: start }
  const lastAnswer = start.subtract({ minutes: LAST_ANSWER })
  const latest = lastAnswer.subtract({ minutes: LEAST_TO_ANSWER })
  const decideAt = askingTime(usual, now, latest, quiet)
  const askedAt = later(decideAt, now)
  if (isBefore(latest, askedAt)) return undefined
  const isEarly = !isBefore(opening, askedAt.add({ minutes: LEAST_BEFORE_OPENING }))
  const itsTime = askedAt.add({ minutes: Math.max(leadMinutes, LEAST_TO_ANSWER) })
  return { bookAt, decideAt, deadline: earlier(isEarly ? opening : later(opening, itsTime), lastAnswer) }
}

/**
 * When to ask whether a booking is to be kept, and until when. It is asked once there is a booking, so not before the
 * opening, and has its time even if it comes late or `askHours` leaves none. Undefined when too little of it is left:
 * the booking then stays, as nothing is cancelled without having been asked.
 */
export function planKeeping(occurrence: Occurrence): KeepPlan | undefined {
  const { start, opening, now, askHours, cancelHours, quiet } = occurrence
  const lastAnswer = start.subtract({ minutes: LAST_KEEP_ANSWER })
  const regular = earlier(start.subtract({ hours: cancelHours }), lastAnswer)
  const wanted = start.subtract({ hours: Math.max(askHours, cancelHours) })
  const usual = later(earlier(wanted, lastAnswer.subtract({ minutes: LATE_KEEP })), opening)
  const latest = regular.subtract({ minutes: LEAST_TO_KEEP })
  const askAt = later(askingTime(usual, later(opening, now), latest, quiet), opening)
  const askedAt = later(askAt, now)
  if (isBefore(lastAnswer, askedAt.add({ minutes: LEAST_TO_KEEP }))) return undefined
  return { askAt, deadline: earlier(later(regular, askedAt.add({ minutes: LATE_KEEP })), lastAnswer) }
}

/**
 * `usual`, moved out of the quiet hours: to a minute before they begin, unless that is before `earliest`; else to their
 * end, if that is no later than `latest`; else it cannot be helped, and it is due. What is due stays so: never "now".
 */
function askingTime(
  usual: Temporal.Instant,
  earliest: Temporal.Instant,
  latest: Temporal.Instant,
  quiet: QuietHours | undefined,
): Temporal.Instant {
  const asked = later(usual, earliest)
  if (!quiet || !isQuiet(quiet, asked)) return usual
  const justBefore = quietStart(quiet, asked).subtract({ minutes: 1 })
  if (!isQuiet(quiet, later(justBefore, earliest))) return justBefore
  const after = quietEnd(quiet, asked)
  return isBefore(latest, after) ? earlier(usual, justBefore) : after
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
