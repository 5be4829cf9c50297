import type { PortalErrorKind } from '../portals/errors.ts'
import { claimAt, tellsOpening } from './ahead.ts'
import { POLICY } from './policy.ts'
import { retryDelay } from './retry-delay.ts'
import { nextLook } from './watching.ts'

/** After an opening the portal may take a while to let people book; for this long "not open yet" is believed. */
const OPENING_WINDOW = { minutes: 5 }
/** So long after its opening a slot opens at any moment, and is tried at once; then it is rather another day's. */
const OPENING_RUSH = { seconds: 15 }
/** A submit without an answer may still be at work at the portal: only after this long is "not on the list" believed. */
const SETTLING = { seconds: 30 }
/** Between two tries at a slot that should have opened by now: in the rush, and after it. */
const RUSH_PAUSE = { milliseconds: 1_500 }
const OPENING_PAUSE = { seconds: 60 }
/** Before the deadline an unknown outcome is asked for a last time. */
const LAST_QUESTION = { seconds: 10 }
/** How long a portal is left alone after it asked for quiet. */
export const COOLING = { minutes: 15 }

/** Whether a submit without an answer is so long ago that the portal's list tells what became of it. */
export function isSettled(submittedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(settledAt(submittedAt), now) <= 0
}

/** From when on the portal's list tells what became of a submit without an answer. */
export function settledAt(submittedAt: Temporal.Instant): Temporal.Instant {
  return submittedAt.add(SETTLING)
}

export type FailedAttempt = {
  kind: PortalErrorKind
  /** For `not-open-yet`: when to try again. */
  opensAt: Temporal.Instant | undefined
  /** For `rate-limited`: how long the portal asked to be left alone, in milliseconds. */
  retryAfterMs: number | undefined
  /** The portal may have done it all the same, and could not be asked. */
  outcomeUnknown: boolean
  attempt: number
  maxAttempts: number
  deadline: Temporal.Instant | undefined
  /** When the slot should open at the latest, by the portal's rules or its own word; undefined where nothing opens. */
  opening: Temporal.Instant | undefined
  /** A booking goes on at a portal that asks for fewer requests. */
  books: boolean
  /** The start of a slot that is watched while it is full; undefined for any other action. */
  watched: Temporal.Instant | undefined
  /** 0 to 1. */
  random: number
}

export type Verdict = ({ next: 'end' } | { next: 'retry'; runAt: Temporal.Instant; countsAsAttempt: boolean }) & {
  /** The portal is left alone until then, whatever becomes of this action. */
  coolUntil?: Temporal.Instant
}

/**
 * What becomes of an action after a failed attempt: ended, or tried again when. Nothing is tried past the deadline.
 * While the outcome is unknown no number of attempts ends it: only the portal's answer, or the deadline, may.
 */
export function verdictOn(failed: FailedAttempt, now: Temporal.Instant): Verdict {
  const verdict = byPolicy(failed, now)
  if (verdict.next === 'end') return verdict
  if (failed.deadline === undefined || Temporal.Instant.compare(verdict.runAt, failed.deadline) < 0) return verdict
  const lastQuestion = failed.deadline.subtract(LAST_QUESTION)
  if (failed.outcomeUnknown && Temporal.Instant.compare(now, lastQuestion) < 0)
    return { ...verdict, runAt: lastQuestion }
  return { ...cooling(verdict.coolUntil), next: 'end' }
}

function byPolicy(failed: FailedAttempt, now: Temporal.Instant): Verdict {
  if (failed.watched !== undefined && failed.kind === 'slot-full' && !failed.outcomeUnknown)
    return { next: 'retry', runAt: nextLook(failed.watched, now, failed.random), countsAsAttempt: false }
  switch (POLICY[failed.kind]) {
    case 'wait':
      return waitForOpening(failed, now)
    case 'cool-portal': {
      const until = now.add(coolingOf(failed))
      return { ...(booksOn(failed) ? retry(failed, now) : retryAt(until, failed)), ...cooling(until) }
    }
    case 'retry':
      return retry(failed, now)
    case 'end':
    case 'suspend-account':
    case 'tell-owner':
      return failed.outcomeUnknown ? retry(failed, now) : { next: 'end' }
  }
}

function retry(failed: FailedAttempt, now: Temporal.Instant): Verdict {
  const delayed = now.add({ milliseconds: retryDelay(failed.attempt, failed.random) })
  const settled = now.add(SETTLING)
  const tooSoon = failed.outcomeUnknown && Temporal.Instant.compare(delayed, settled) < 0
  return retryAt(tooSoon ? settled : delayed, failed)
}

/** The portal only asks for fewer requests, and does not say for how long: a booking is tried again after seconds. */
function booksOn({ kind, books, retryAfterMs }: FailedAttempt): boolean {
  return kind === 'rate-limited' && books && retryAfterMs === undefined
}

function retryAt(runAt: Temporal.Instant, failed: FailedAttempt): Verdict {
  if (failed.attempt >= failed.maxAttempts && !failed.outcomeUnknown) return { next: 'end' }
  return { next: 'retry', runAt, countsAsAttempt: true }
}

function waitForOpening(failed: FailedAttempt, now: Temporal.Instant): Verdict {
  const { opening, opensAt, outcomeUnknown } = failed
  if (opensAt === undefined || outcomeUnknown) return retry(failed, now)
  // The portal's own word is better than our table, however far that lies back.
  if (tellsOpening(opensAt, now)) return comeBack(aheadOf(opensAt, failed, now))
  const isAhead = Temporal.Instant.compare(opensAt, now) > 0
  if (opening === undefined) return isAhead ? comeBack(opensAt) : retry(failed, now)
  if (Temporal.Instant.compare(now, opening.add(OPENING_RUSH)) < 0)
    return comeBack(isAhead ? opensAt : now.add(RUSH_PAUSE))
  const next = now.add(OPENING_PAUSE)
  return Temporal.Instant.compare(next, opening.add(OPENING_WINDOW)) <= 0 ? comeBack(next) : { next: 'end' }
}

function comeBack(runAt: Temporal.Instant): Verdict {
  return { next: 'retry', runAt, countsAsAttempt: false }
}

/** Early enough to be ready when it opens, where there is the time. */
function aheadOf(opensAt: Temporal.Instant, { deadline }: FailedAttempt, now: Temporal.Instant): Temporal.Instant {
  if (deadline && Temporal.Instant.compare(opensAt, deadline) >= 0) return opensAt
  const early = claimAt(opensAt)
  return Temporal.Instant.compare(early, now) > 0 ? early : opensAt
}

/** What the portal asks for; where it names no time, or one that nobody would wait for, ours. */
function coolingOf({ kind, retryAfterMs }: FailedAttempt): Temporal.Duration {
  const longest = Temporal.Duration.from(COOLING)
  if (kind !== 'rate-limited' || retryAfterMs === undefined) return longest
  const asked = Temporal.Duration.from({ milliseconds: Math.round(retryAfterMs) })
  return Temporal.Duration.compare(asked, longest) < 0 ? asked : longest
}

function cooling(coolUntil: Temporal.Instant | undefined): Pick<Verdict, 'coolUntil'> {
  return coolUntil === undefined ? {} : { coolUntil }
}
