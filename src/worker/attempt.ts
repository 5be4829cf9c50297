import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import { getAccount } from '../db/accounts.ts'
import type { Claim, Claimer } from '../db/actions/claim.ts'
import { AccountSuspendedError, LeaseLostError } from '../db/actions/lease.ts'
import { type Ending, endAttempt, releaseAction } from '../db/actions/work.ts'
import type { Database } from '../db/database.ts'
import type { PortalFacts, PortalOperator } from '../portals/contract.ts'
import { PortalError } from '../portals/errors.ts'
import type { Contexts } from './contexts.ts'
import { endingOfFailure } from './failure.ts'
import { BrowserLost, EvidencedError, type Work, workInBrowser } from './in-browser.ts'
import { type LeaseKeeper, Stopping, TakenBack } from './lease-keeper.ts'
import { sharedLook } from './shared-look.ts'
import type { ShotTools } from './shot/tools.ts'

/** No attempt is let go on for longer: whatever holds it up is then cut off, and the portal is asked again later. */
const ATTEMPT_LIMIT_MS = 5 * 60_000
/** So often the browser may be lost, and replaced, within one attempt. */
const BROWSERS_AN_ATTEMPT = 3

export type AttemptDeps = {
  db: Database
  vault: Vault
  contexts: Contexts
  log: Logger
  evidenceFolder: string
  portalUrls: Config['portals']
  getOperator(portal: string): PortalOperator
  getPortal(portal: string): PortalFacts
  shots: ShotTools
  /** Looks for more to do. */
  look(): void
}

/**
 * Carries out one claimed action and ends the attempt in the database, whatever happens; with the end it claims the
 * next action for whom `next` then names. Never throws for a reason of the action: when even the end cannot be
 * written, the lease runs out and the action comes back by itself.
 */
export async function runAttempt(
  deps: AttemptDeps,
  claim: Claim,
  keeper: LeaseKeeper,
  next: () => Claimer | undefined,
): Promise<Claim | undefined> {
  const { action, lease } = claim
  const log = deps.log.child({ action: action.id, type: action.type, attempt: action.attempt })
  const limit = setTimeout(
    () => keeper.abort(new PortalError('timeout', `the attempt took longer than ${ATTEMPT_LIMIT_MS / 1000} s`)),
    ATTEMPT_LIMIT_MS,
  )
  try {
    const work = await workOn(deps, claim, keeper, log)
    const ending = await attempt(work)
    log.info({ ending: typeof ending === 'string' ? ending : ending.status }, 'attempt ends')
    if (typeof ending !== 'string') return await endAttempt(deps.db, lease, ending, next())
    if (ending === 'released') await releaseAction(deps.db, lease, work.outcome.state)
    return undefined
  } catch (error) {
    if (error instanceof LeaseLostError) log.warn('the lease is lost: the action may be another worker’s by now')
    else log.error({ error: messageOf(error) }, 'the end of the attempt was not written')
    return undefined
  } finally {
    clearTimeout(limit)
    keeper.stop()
  }
}

async function workOn(deps: AttemptDeps, claim: Claim, keeper: LeaseKeeper, log: Logger): Promise<Work> {
  const { action } = claim
  const account = await getAccount(deps.db.read, action.accountId)
  return {
    ...deps,
    log,
    claim,
    keeper,
    standBy() {
      keeper.standBy()
      deps.look()
    },
    account,
    facts: deps.getPortal(account.portal),
    operator: deps.getOperator(account.portal),
    outcome: {
      state: action.outcomeUnknown ? 'unknown' : 'none',
      submittedAt: action.submittedAt === null ? null : Temporal.Instant.from(action.submittedAt),
    },
  }
}

async function attempt(work: Work): Promise<Ending | 'released' | 'put-back'> {
  const shared = await sharedLook(work)
  switch (shared.next) {
    case 'put-back':
      return 'put-back'
    case 'done':
      return { status: 'completed', ...shared.done }
    case 'still-full':
      return failed(work, shared.error)
    case 'go':
      return attemptInBrowser({ ...work, seen: shared.seen })
  }
}

async function attemptInBrowser(work: Work): Promise<Ending | 'released'> {
  for (let browsers = 1; ; browsers++) {
    try {
      return { status: 'completed', ...(await workInBrowser(work)) }
    } catch (error) {
      const reason = work.keeper.signal.aborted ? work.keeper.signal.reason : error
      if (reason instanceof LeaseLostError) throw reason
      if (reason instanceof Stopping || reason instanceof AccountSuspendedError) return 'released'
      if (reason instanceof TakenBack && work.outcome.state === 'none') return { status: 'cancelled' }
      if (!(reason instanceof BrowserLost) || browsers >= BROWSERS_AN_ATTEMPT) return failed(work, reason)
      work.log.warn('the browser was lost, going on with a new one')
    }
  }
}

function failed({ db, claim, account, facts, outcome, log }: Work, reason: unknown): Ending {
  const lost = reason instanceof BrowserLost ? new PortalError('timeout', reason.message) : reason
  const error = lost instanceof EvidencedError ? lost.cause : lost
  log.warn({ error: messageOf(error), outcome: outcome.state }, 'attempt failed')
  return endingOfFailure({
    action: claim.action,
    account,
    facts,
    error,
    // What was never about to be sent cannot have happened.
    outcomeUnknown: outcome.state === 'unknown' && outcome.submittedAt !== null,
    evidence: lost instanceof EvidencedError ? lost.evidence : null,
    now: db.clock.now(),
  })
}
