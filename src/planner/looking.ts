import type { SlotState } from '../portals/contract.ts'

/**
 * What a look at a slot has shown is good for so long, for whoever wants to know it; and nobody is sent to look while
 * somebody who was sent in this time has not answered yet. Longer than a login takes, so that whoever waits for another
 * one's look seldom waits for nothing; shorter than the shortest pause of a watch (63 s), so that each look of its own
 * is a new one.
 */
export const LOOK_COUNTS = { seconds: 45 }
/** A page that is opened asks for a new look when what it shows is older. */
const PAGE_STALE = { seconds: 60 }
/** A look for a page that has not begun by then is not made: nobody waits any longer. */
export const PAGE_PATIENCE = { seconds: 30 }
/** Of several who watch the same slot one looks; the next one so much later, in case the first one could not. */
export const STAND_IN_AFTER = { seconds: 20 }

export type LastLook = {
  /** When the slot was last seen. */
  seenAt: Temporal.Instant
  /** When somebody was last sent to look; undefined: never. */
  askedAt: Temporal.Instant | undefined
  /** What was seen before says nothing about after it. */
  opensAt: Temporal.Instant
}

/** Whoever wants to know of a slot takes what was seen, waits for a look that is under way, or looks. */
export type LookTurn = { turn: 'take' } | { turn: 'wait'; until: Temporal.Instant } | { turn: 'look' }

/** What whoever wants to know of a slot does now. An instant far in the future is the word of a wrong clock. */
export function lookTurn({ seenAt, askedAt, opensAt }: LastLook, now: Temporal.Instant): LookTurn {
  if (counts(seenAt, now) && Temporal.Instant.compare(seenAt, opensAt) >= 0) return { turn: 'take' }
  if (askedAt !== undefined && counts(askedAt, now) && Temporal.Instant.compare(askedAt, seenAt) >= 0)
    return { turn: 'wait', until: askedAt.add(LOOK_COUNTS) }
  return { turn: 'look' }
}

function counts(at: Temporal.Instant, now: Temporal.Instant): boolean {
  const away = Math.abs(now.epochMilliseconds - at.epochMilliseconds)
  return away < LOOK_COUNTS.seconds * 1000
}

/** Whether a page that shows what was seen at `seenAt` asks for a new look when it is opened. */
export function isStale(seenAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(seenAt.add(PAGE_STALE), now) <= 0
}

/**
 * What a look tells everybody, whichever account has looked. "booked" may only mean that this account holds it: then
 * the places left tell, and where they are not shown nothing is known for the others.
 */
export function placesSeen({ state, spots }: { state: SlotState; spots: number | null }): 'free' | 'full' | 'unclear' {
  if (spots === 0 || state === 'disabled') return 'full'
  return state === 'booked' && spots === null ? 'unclear' : 'free'
}
