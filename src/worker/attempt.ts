import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import { inTime } from '../core/in-time.ts'
import { keepSecret, type Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import { type Account, getAccount, openCredentials } from '../db/accounts.ts'
import type { Claim } from '../db/actions/claim.ts'
import { LeaseLostError } from '../db/actions/lease.ts'
import { addStep, type Ending, endAttempt, markSubmitted, releaseAction } from '../db/actions/work.ts'
import type { Database } from '../db/database.ts'
import type { PortalFacts, PortalOperator } from '../portals/contract.ts'
import { PortalError } from '../portals/errors.ts'
import type { Contexts } from './contexts.ts'
import { followRequests, keepEvidence } from './evidence.ts'
import { endingOfFailure } from './failure.ts'
import { runJob } from './jobs/index.ts'
import type { Done, Outcome } from './jobs/job.ts'
import { type LeaseKeeper, Stopping, TakenBack } from './lease-keeper.ts'

/** No attempt is let go on for longer: whatever holds it up is then cut off, and the portal is asked again later. */
const ATTEMPT_LIMIT_MS = 5 * 60_000
const CLOSE_LIMIT_MS = 5_000
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
}

/** The browser went away under the work, which itself had not failed. */
class BrowserLost extends Error {
  override name = 'BrowserLost'
}

type Work = AttemptDeps & { claim: Claim; keeper: LeaseKeeper; account: Account; outcome: Outcome; log: Logger }

/**
 * Carries out one claimed action and ends the attempt in the database, whatever happens. Never throws for a reason
 * of the action: when even the end cannot be written, the lease runs out and the action comes back by itself.
 */
export async function runAttempt(deps: AttemptDeps, claim: Claim, keeper: LeaseKeeper): Promise<void> {
  const { action, lease } = claim
  const log = deps.log.child({ action: action.id, type: action.type, attempt: action.attempt })
  const limit = setTimeout(
    () => keeper.abort(new PortalError('timeout', `the attempt took longer than ${ATTEMPT_LIMIT_MS / 1000} s`)),
    ATTEMPT_LIMIT_MS,
  )
  try {
    const account = await getAccount(deps.db.read, action.accountId)
    const outcome: Outcome = {
      state: action.outcomeUnknown ? 'unknown' : 'none',
      sent: action.submittedAt !== null,
    }
    const ending = await attempt({ ...deps, claim, keeper, account, outcome, log })
    if (ending === 'released') await releaseAction(deps.db, lease)
    else await endAttempt(deps.db, lease, ending)
    log.info({ ending: ending === 'released' ? ending : ending.status }, 'attempt ended')
  } catch (error) {
    log.error({ error: messageOf(error) }, 'the end of the attempt was not written')
  } finally {
    clearTimeout(limit)
    keeper.stop()
  }
}

async function attempt(work: Work): Promise<Ending | 'released'> {
  for (let browsers = 1; ; browsers++) {
    try {
      const done = await workInContext(work)
      return { status: 'completed', ...done }
    } catch (error) {
      const reason = work.keeper.signal.aborted ? work.keeper.signal.reason : error
      if (reason instanceof LeaseLostError) throw reason
      if (reason instanceof Stopping) return 'released'
      if (reason instanceof TakenBack && work.outcome.state === 'none') return { status: 'cancelled' }
      if (reason instanceof BrowserLost && browsers < BROWSERS_AN_ATTEMPT) {
        work.log.warn('the browser was lost, going on with a new one')
        continue
      }
      return failed(work, reason)
    }
  }
}

function failed(work: Work, reason: unknown): Ending {
  const lost = reason instanceof BrowserLost ? new PortalError('timeout', reason.message) : reason
  const error = lost instanceof EvidencedError ? lost.cause : lost
  const { action } = work.claim
  work.log.warn({ error: messageOf(error), outcome: work.outcome.state }, 'attempt failed')
  return endingOfFailure({
    action,
    account: work.account,
    facts: work.getPortal(action.portal),
    error,
    // Marked as sent before it is sent: without that mark, in this attempt or before, surely nothing was.
    outcomeUnknown: work.outcome.state === 'unknown' && work.outcome.sent,
    evidence: lost instanceof EvidencedError ? lost.evidence : null,
    now: work.db.clock.now(),
  })
}

/** An error whose evidence has been kept. */
class EvidencedError extends Error {
  readonly evidence: string | null
  constructor(cause: unknown, evidence: string | null) {
    super(messageOf(cause), { cause })
    this.evidence = evidence
  }
}

async function workInContext(work: Work): Promise<Done> {
  const { db, contexts, keeper, account, claim, vault } = work
  const operator = work.getOperator(account.portal)
  const credentials = await openCredentials(db.read, vault, account.id)
  for (const secret of [credentials.password, credentials.otpauth]) keepSecret(secret)
  const context = await contexts.open(account, operator)
  let gone = false
  const onClose = () => {
    gone = true
  }
  // Closing the context is what surely ends every wait in it.
  const onAbort = () => void contexts.drop(account)
  context.once('close', onClose)
  keeper.signal.addEventListener('abort', onAbort)
  const trail = followRequests(context, db.clock)
  let spoiled = true
  try {
    keeper.signal.throwIfAborted()
    const step = (name: string) => addStep(db, claim.lease, name)
    const session = await operator.openSession({
      context,
      urls: urlsOf(work.portalUrls, account.portal),
      credentials,
      clock: db.clock,
      signal: keeper.signal,
      step,
    })
    try {
      const done = await runJob({
        action: { ...claim.action, outcomeUnknown: work.outcome.state === 'unknown' },
        account,
        facts: work.getPortal(account.portal),
        session,
        db,
        log: work.log,
        step,
        beforeSubmit: () => beforeSubmit(work),
        outcome: work.outcome,
      })
      spoiled = false
      return done
    } catch (error) {
      if (gone || keeper.signal.aborted || error instanceof LeaseLostError || error instanceof TakenBack) throw error
      spoiled = !(error instanceof PortalError) || SPOILING.has(error.kind)
      throw await withEvidence(work, error, () =>
        keepEvidence({
          folder: work.evidenceFolder,
          name: `action-${claim.action.id}-${claim.action.attempt}`,
          context,
          secretSelectors: operator.secretSelectors,
          trail,
          error,
          log: work.log,
        }),
      )
    } finally {
      await inTime('closing the session', CLOSE_LIMIT_MS, session.close()).catch(() => undefined)
    }
  } catch (error) {
    if (gone && !keeper.signal.aborted) throw new BrowserLost('the browser ended under the work', { cause: error })
    throw error
  } finally {
    trail.stop()
    keeper.signal.removeEventListener('abort', onAbort)
    context.off('close', onClose)
    await contexts.release(account, spoiled || gone)
  }
}

/** After these the next attempt starts in a fresh context. */
const SPOILING: ReadonlySet<string> = new Set([
  'page-changed',
  'timeout',
  'bad-credentials',
  'challenge-unanswered',
  'session-expired',
  'blocked',
])
/** Of these somebody will want to see what the page showed. */
const WORTH_EVIDENCE: ReadonlySet<string> = new Set([
  'page-changed',
  'timeout',
  'portal-down',
  'blocked',
  'refused',
  'challenge-unanswered',
])

async function withEvidence(work: Work, error: unknown, keep: () => Promise<string | null>): Promise<EvidencedError> {
  const worth = !(error instanceof PortalError) || WORTH_EVIDENCE.has(error.kind)
  const evidence = worth ? await keep() : null
  if (evidence) work.log.info({ evidence }, 'evidence kept')
  return new EvidencedError(error, evidence)
}

async function beforeSubmit({ db, claim, outcome }: Work): Promise<void> {
  if (!(await markSubmitted(db, claim.lease))) throw new TakenBack()
  outcome.state = 'unknown'
  outcome.sent = true
}

function urlsOf(portals: Config['portals'], portal: string): Record<string, string> {
  const urls = Object.entries(portals).find(([id]) => id === portal)?.[1] ?? {}
  return Object.fromEntries(Object.entries(urls).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
