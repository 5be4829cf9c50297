import { UserError } from '../../core/errors.ts'
import { type Account, getAccount } from '../../db/accounts.ts'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { type Filter, findInWork, listActions } from '../../db/actions/overview.ts'
import { findAction, listAttempts, listSteps } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import { quietUntil } from '../../db/portal-states.ts'
import type { Answer } from '../answer.ts'
import { age, errorOf, moment, table, whatOf } from './words.ts'

/** `queue list`: a table of actions, newest first. */
export async function list(db: Database, filter: Filter): Promise<Answer> {
  const now = db.clock.now()
  const actions = await listActions(db.read, filter)
  const rows = actions.map((action) => [
    `#${action.id}`,
    action.status,
    age(action.completedAt ?? action.createdAt, now),
    whatOf(action),
    action.error?.kind ?? '',
  ])
  const head = ['id', 'state', 'when', 'what', 'error']
  const lines = actions.length === 0 ? ['There is no such action.'] : table([head, ...rows], [8, 10, 12, 48, 14])
  return { json: actions, lines }
}

/** The action; throws when there is none with this number. */
export async function mustFind(db: Database, id: number): Promise<Action> {
  const action = await findAction(db.read, id)
  if (!action) throw new UserError(`There is no action #${id}. Older ones are removed after a while (keep.days).`)
  return action
}

/** `queue show`: everything about one action. */
export async function show(db: Database, id: number): Promise<Answer> {
  const now = db.clock.now()
  const action = await mustFind(db, id)
  const account = await getAccount(db.read, action.accountId)
  const [steps, attempts] = [await listSteps(db.read, id), await listAttempts(db.read, id)]
  const error = errorOf(action)
  const next = await nextOf(db, action, account)
  const lines = [
    `#${id} ${whatOf(action)}`,
    `Account: ${account.name} at ${action.portal}, of user ${account.user_id}`,
    `State: ${action.status}${action.outcomeUnknown ? ', outcome unknown: the site is asked first' : ''}`,
    ...(error === undefined ? [] : [`${isOpen(action) ? 'Last error' : 'Error'}: ${error}`]),
    ...(next === undefined ? [] : [`Next: ${next}`]),
    `Asked ${moment(action.createdAt, now)} by ${action.userId === null ? 'the house' : `user ${action.userId}`}`,
    ...(action.deadline === null ? [] : [`Not begun after ${moment(action.deadline, now)}`]),
    ...(action.completedAt === null ? [] : [`Ended ${moment(action.completedAt, now)}`]),
    ...attempts.map(
      ({ attempt, outcome, started_at, ms, worker_id, evidence }) =>
        `  attempt ${attempt}: ${outcome} after ${ms} ms, begun ${moment(started_at, now)} by ${worker_id}${evidence === null ? '' : `, evidence in ${evidence}`}`,
    ),
    ...steps.map(({ at, attempt, name }) => `  ${moment(at, now)} attempt ${attempt}: ${name}`),
  ]
  return { lines, json: { ...action, account, attempts, steps, next: next ?? null } }
}

/** What an open action waits for. */
async function nextOf(db: Database, action: Action, account: Account): Promise<string | undefined> {
  const now = db.clock.now()
  if (action.status === 'processing') return action.cancelRequested ? 'its user wants it back' : 'a worker is at it'
  if (action.status !== 'pending') return undefined
  if (account.state === 'suspended' && action.type !== 'check')
    return account.suspended_by === 'user'
      ? 'waits: its user has suspended the account'
      : 'waits: the site refused the password of its account'
  if (Temporal.Instant.compare(Temporal.Instant.from(action.runAt), now) > 0)
    return `attempt ${action.attempt + 1}, not before ${moment(action.runAt, now)}`
  const busy = await findInWork(db.read, action.accountId)
  if (busy !== undefined) return `waits for its account, busy with #${busy}`
  const quiet = await quietUntil(db.read, action, now)
  if (quiet !== undefined) return `waits: the site asked for quiet until ${moment(quiet, now)}`
  return 'waits for a worker'
}
