import { toStamp } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { maskSecrets } from '../core/log.ts'
import { type Account, suspendAccount } from '../db/accounts.ts'
import { type Action, type ActionError, isPlainBooking, openingTold } from '../db/actions/action.ts'
import type { Ending } from '../db/actions/work.ts'
import type { Tx } from '../db/database.ts'
import { insertNotice } from '../db/notices.ts'
import { coolPortal } from '../db/portal-states.ts'
import { noteRefusal } from '../db/refused-logins.ts'
import { shareLook } from '../db/slot-looks.ts'
import { updateSlotSeen } from '../db/slots.ts'
import { listOwners } from '../db/users.ts'
import { latestOpening, tellsOpening } from '../planner/ahead.ts'
import { type Verdict, verdictOn } from '../planner/ending.ts'
import { instantOf } from '../planner/occurrences.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { PortalError } from '../portals/errors.ts'
import { StillRefused } from './jobs/check.ts'
import { StillFull } from './jobs/watch.ts'

export type Failure = {
  action: Action
  account: Account
  facts: PortalFacts
  error: unknown
  outcomeUnknown: boolean
  evidence: string | null
  now: Temporal.Instant
}

/** What an attempt that failed with `error` comes to: the kind decides (src/planner/policy.ts). */
export function endingOfFailure(failure: Failure): Ending {
  const { action, error, outcomeUnknown, evidence, now } = failure
  const verdict = verdictOfFailure(failure)
  const stored = { ...storedError(error, outcomeUnknown), ...keptOpening(failure) }
  const effects = (tx: Tx) => writeEffects(tx, failure, verdict)
  if (verdict.next === 'end') {
    const isLate = action.deadline !== null && stored.kind === 'too-late' && !stored.portalSays
    return { status: isLate ? 'expired' : 'failed', error: stored, evidence, effects }
  }
  const { runAt, countsAsAttempt } = verdict
  return {
    status: 'pending',
    runAt: Temporal.Instant.compare(runAt, now) < 0 ? now : runAt,
    error: stored,
    outcomeUnknown,
    countsAsAttempt,
    evidence,
    effects,
    lookedAt: lookedAt(failure),
  }
}

/** When a watched slot was seen to be still full: nothing else has happened that anybody would look up later. */
function lookedAt({ action, error, outcomeUnknown, now }: Failure): Temporal.Instant | undefined {
  if (error instanceof StillFull) return error.sharedAt ?? now
  const isFull = error instanceof PortalError && error.kind === 'slot-full' && !outcomeUnknown
  return isFull && action.type === 'book' && action.watch !== null ? now : undefined
}

function verdictOfFailure({ action, facts, error, outcomeUnknown, now }: Failure): Verdict {
  // A fault of ours comes again each time; only an unknown outcome is worth asking the portal about.
  if (!(error instanceof PortalError) && !outcomeUnknown) return { next: 'end' }
  return verdictOn(
    {
      kind: error instanceof PortalError ? error.kind : 'timeout',
      opensAt: error instanceof PortalError ? error.opensAt : undefined,
      retryAfterMs: error instanceof PortalError ? error.retryAfterMs : undefined,
      outcomeUnknown,
      attempt: action.attempt,
      maxAttempts: action.maxAttempts,
      deadline: action.deadline === null ? undefined : Temporal.Instant.from(action.deadline),
      opening: action.type === 'book' ? latestOpening(facts, action.slot, openingTold(action)) : undefined,
      books: isPlainBooking(action),
      watched:
        action.type === 'book' && action.watch
          ? instantOf(action.slot.date, action.slot.start, facts.timeZone)
          : undefined,
      // Whoever took what another one saw leaves the next look to that one, if it comes.
      random: error instanceof StillFull && error.sharedAt ? 1 : Math.random(),
    },
    now,
  )
}

/** What the portal tells of the opening is kept as long as it tells nothing else: later answers are measured by it. */
function keptOpening({ action, error, now }: Failure): Pick<ActionError, 'opensAt'> {
  const opensAt = error instanceof PortalError ? error.opensAt : undefined
  const told = opensAt && tellsOpening(opensAt, now) ? opensAt : openingTold(action)
  return told === undefined ? {} : { opensAt: toStamp(told) }
}

function storedError(error: unknown, outcomeUnknown: boolean): ActionError {
  const unknown = outcomeUnknown ? { outcomeUnknown } : {}
  const message = maskSecrets(messageOf(error))
  if (!(error instanceof PortalError)) return { kind: 'internal', message, ...unknown }
  return {
    kind: error.kind,
    message,
    ...(error.portalSays === undefined ? {} : { portalSays: maskSecrets(error.portalSays) }),
    ...(error.lookedFor === undefined ? {} : { lookedFor: error.lookedFor }),
    ...(error.waitingPlace === undefined ? {} : { waitingPlace: error.waitingPlace }),
    ...unknown,
  }
}

async function writeEffects(tx: Tx, failure: Failure, verdict: Verdict): Promise<void> {
  const { action, account, error, now } = failure
  if (!(error instanceof PortalError)) return
  switch (error.kind) {
    case 'slot-full':
      return await writeFull(tx, failure, verdict)
    case 'bad-credentials':
      if (error instanceof StillRefused) return
      // Whoever has just asked whether the login works reads the answer already.
      await suspendAccount(tx, account, now, action.type !== 'check' || action.userId === null)
      return await noteRefusal(tx, account.id, now)
    case 'rate-limited':
    case 'blocked':
      if (verdict.coolUntil) await coolPortal(tx, action.portal, verdict.coolUntil, error.kind)
      return await tellOwners(tx, failure, error.kind, error)
    case 'page-changed':
      return await tellOwners(tx, failure, error.kind, error)
    default:
      return
  }
}

async function writeFull(tx: Tx, { action, account, error, now }: Failure, verdict: Verdict): Promise<void> {
  if (action.type !== 'book') return
  const { portal, slot, id: by } = action
  if (error instanceof PortalError && error.waitingPlace === 'kept') {
    const { date, start, location, course } = slot
    const about = { actionId: by, account: account.name, portal, date, start, location, course }
    await insertNotice(tx, { userId: account.user_id, notice: { kind: 'waiting-place', ...about }, now })
  }
  if (!(error instanceof StillFull)) return await updateSlotSeen(tx, portal, slot, { spots: 0 }, now)
  if (error.sharedAt) return
  const again = verdict.next === 'retry' ? verdict.runAt : undefined
  await shareLook(tx, { portal, slot, seen: error.seen, by, again }, now)
}

async function tellOwners(
  tx: Tx,
  { action, evidence, now }: Failure,
  trouble: 'rate-limited' | 'blocked' | 'page-changed',
  error: PortalError,
): Promise<void> {
  for (const owner of await listOwners(tx)) {
    await insertNotice(tx, {
      userId: owner.id,
      notice: {
        kind: 'portal-trouble',
        portal: action.portal,
        trouble,
        actionId: action.id,
        ...(error.lookedFor === undefined ? {} : { lookedFor: error.lookedFor }),
        ...(evidence === null ? {} : { evidence }),
      },
      now,
    })
  }
}
