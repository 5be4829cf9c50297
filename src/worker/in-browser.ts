import type { BrowserContext } from 'playwright'
import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import { inTime } from '../core/in-time.ts'
import { keepSecret, type Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import { type Account, openCredentials } from '../db/accounts.ts'
import type { Claim } from '../db/actions/claim.ts'
import { AccountSuspendedError, LeaseLostError } from '../db/actions/lease.ts'
import { addStep, markSubmitted } from '../db/actions/work.ts'
import type { Database } from '../db/database.ts'
import type { SeenAt } from '../db/slot-looks.ts'
import type { PortalFacts, PortalOperator, PortalSession } from '../portals/contract.ts'
import { PortalError, type PortalErrorKind } from '../portals/errors.ts'
import { urlsOf } from '../portals/settings.ts'
import type { Contexts } from './contexts.ts'
import { followRequests, keepEvidence, type RequestTrail } from './evidence.ts'
import { runJob } from './jobs/index.ts'
import type { Done, Outcome } from './jobs/job.ts'
import { type LeaseKeeper, TakenBack } from './lease-keeper.ts'
import type { ShotTools } from './shot/tools.ts'

/** One claimed action, and all that is needed to carry it out. */
export type Work = {
  db: Database
  vault: Vault
  contexts: Contexts
  log: Logger
  evidenceFolder: string
  portalUrls: Config['portals']
  facts: PortalFacts
  operator: PortalOperator
  account: Account
  claim: Claim
  keeper: LeaseKeeper
  /** A free place in the watched slot that another one has just seen. */
  seen?: SeenAt | undefined
  shots: ShotTools
  /** Tells the worker that this work mostly waits from now on. */
  standBy(): void
  /** What is known of the request that books or cancels; outlives a lost browser. */
  outcome: Outcome
}

/** The browser went away under the work, which itself had not failed. */
export class BrowserLost extends Error {
  override name = 'BrowserLost'
}

/** An error whose evidence has been kept. */
export class EvidencedError extends Error {
  readonly evidence: string | null
  constructor(cause: unknown, evidence: string | null) {
    super(messageOf(cause), { cause })
    this.evidence = evidence
  }
}

const CLOSE_LIMIT_MS = 5_000
/** After these the next attempt starts in a fresh context. */
const SPOILING: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'page-changed',
  'timeout',
  'bad-credentials',
  'challenge-unanswered',
  'session-expired',
  'blocked',
])
/** Of these somebody will want to see what the page showed. */
const WORTH_EVIDENCE: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'page-changed',
  'timeout',
  'portal-down',
  'blocked',
  'no-subscription',
  'refused',
  'challenge-unanswered',
])

/**
 * Does the action's job in the account's browser context. Throws why it did not succeed: `BrowserLost`, the reason
 * the work was aborted for, `LeaseLostError`, `TakenBack`, `AccountSuspendedError`, or the portal's error as an `EvidencedError`.
 */
export async function workInBrowser(work: Work): Promise<Done> {
  const { contexts, account, keeper } = work
  const context = await contexts.open(account, work.operator)
  let gone = false
  const onClose = () => {
    gone = true
  }
  // Closing the context is what surely ends every wait in it.
  const onAbort = () => void contexts.drop(account)
  context.once('close', onClose)
  keeper.signal.addEventListener('abort', onAbort)
  const trail = followRequests(context, work.db.clock)
  let spoiled = true
  try {
    keeper.signal.throwIfAborted()
    const done = await workInContext(work, context, (error) => (gone || isOurs(work, error) ? undefined : trail))
    spoiled = false
    return done
  } catch (error) {
    if (gone && !isOurs(work, error)) throw new BrowserLost('the browser ended under the work', { cause: error })
    const { cause } = error instanceof EvidencedError ? error : { cause: error }
    spoiled = !(cause instanceof PortalError) || SPOILING.has(cause.kind)
    throw error
  } finally {
    trail.stop()
    keeper.signal.removeEventListener('abort', onAbort)
    context.off('close', onClose)
    await contexts.release(account, spoiled || gone)
  }
}

/** Whether the work was stopped by us, and not by the portal. */
function isOurs({ keeper }: Work, error: unknown): boolean {
  if (keeper.signal.aborted) return true
  return error instanceof LeaseLostError || error instanceof TakenBack || error instanceof AccountSuspendedError
}

/** Runs the job in a session; of an error with a trail, evidence is kept while the page is still open. */
async function workInContext(
  work: Work,
  context: BrowserContext,
  trailOf: (error: unknown) => RequestTrail | undefined,
): Promise<Done> {
  const { db, claim, account, outcome, facts } = work
  const step = (name: string) => addStep(db, claim.lease, name)
  const session = await openSession(work, context, step)
  try {
    return await runJob({
      action: { ...claim.action, outcomeUnknown: outcome.state === 'unknown' },
      account,
      facts,
      session,
      seen: work.seen,
      db,
      log: work.log,
      signal: work.keeper.signal,
      shots: work.shots,
      standBy: work.standBy,
      step,
      beforeSubmit: () => beforeSubmit(work),
      outcome,
    })
  } catch (error) {
    const trail = trailOf(error)
    throw trail ? new EvidencedError(error, await evidenceOf(work, context, trail, error)) : error
  } finally {
    await inTime('closing the session', CLOSE_LIMIT_MS, session.close()).catch(() => undefined)
  }
}

async function openSession(
  { db, vault, account, facts, operator, portalUrls, keeper, log }: Work,
  context: BrowserContext,
  step: (name: string) => Promise<void>,
): Promise<PortalSession> {
  const credentials = await openCredentials(db.read, vault, account.id)
  for (const secret of [credentials.password, credentials.otpauth]) keepSecret(secret)
  const urls = urlsOf({ portals: portalUrls }, facts)
  const warn = (message: string) => log.warn({ portal: facts.id }, message)
  return operator.openSession({ context, urls, credentials, clock: db.clock, signal: keeper.signal, step, warn })
}

async function evidenceOf(
  { evidenceFolder, claim, operator, log }: Work,
  context: BrowserContext,
  trail: RequestTrail,
  error: unknown,
): Promise<string | null> {
  if (error instanceof PortalError && !WORTH_EVIDENCE.has(error.kind)) return null
  const evidence = await keepEvidence({
    folder: evidenceFolder,
    name: `action-${claim.action.id}-${claim.lease.token}`,
    context,
    secretSelectors: operator.secretSelectors,
    trail,
    error,
    log,
  })
  if (evidence) log.info({ evidence }, 'evidence kept')
  return evidence
}

/** Marks the submit before it is sent: without that mark, in this attempt or before, surely nothing was sent. */
async function beforeSubmit({ db, claim, outcome }: Work): Promise<void> {
  const now = db.clock.now()
  if (!(await markSubmitted(db, claim.lease))) throw new TakenBack()
  outcome.state = 'unknown'
  outcome.submittedAt = now
}
