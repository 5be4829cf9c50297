import assert from 'node:assert/strict'
import type { Account } from '../../../src/db/accounts.ts'
import type { Lease } from '../../../src/db/actions/lease.ts'
import type { ActionRow } from '../../../src/db/schema.ts'
import type { TestHouse, testClock } from '../../support/house.ts'
import { NOON } from '../../support/queue.ts'
import { isOpen, type Model, type ModelAction, type ModelLease } from './model.ts'

/** The real queue, and the leases that its workers were given. */
export type Real = {
  house: TestHouse
  clock: ReturnType<typeof testClock>
  accounts: Account[]
  leases: Map<string, Lease>
}

export const START = Temporal.Instant.from(NOON)

export function keyOf({ id, token }: ModelLease): string {
  return `${id}:${token}`
}

/** The tables are as they were made; the accounts stay. */
export async function emptyQueue({ house, clock, leases }: Real): Promise<void> {
  clock.set(NOON)
  leases.clear()
  await house.db.write(async (tx) => {
    for (const table of ['notices', 'booking_actions', 'portal_states'] as const) await tx.deleteFrom(table).execute()
    await tx.updateTable('accounts').set({ state: 'active' }).execute()
  })
}

/** The queue is as the model says, row by row, and what must hold of any queue holds. */
export async function assertSame(model: Model, { house }: Real): Promise<void> {
  const { read } = house.db
  const [rows, attempts, notices] = await Promise.all([
    read.selectFrom('booking_actions').selectAll().orderBy('id').execute(),
    read.selectFrom('attempts').select(['action_id', 'attempt', 'outcome']).orderBy('id').execute(),
    read.selectFrom('notices').select(['user_id', 'data']).where('kind', '=', 'action-ended').execute(),
  ])
  const audit = (id: number) =>
    attempts.filter(({ action_id }) => action_id === id).map(({ attempt, outcome }) => `${attempt}:${outcome}`)
  const owed = notices.map(({ user_id, data }) => `${user_id}:${JSON.parse(data).actionId}`)
  for (const row of rows) assertSound(row, audit(row.id))
  assert.deepEqual(
    rows.map((row) => actionOf(row, audit(row.id))),
    model.actions,
  )
  assert.deepEqual(owed.sort(), [...model.notices].sort(), 'who is told of which end')
  const working = rows.filter(({ status }) => status === 'processing').map((row) => row.account_id)
  assert.equal(new Set(working).size, working.length, 'two actions of one account at work')
  const open = rows.filter(isOpen).map((row) => row.dedupe_key)
  assert.equal(new Set(open).size, open.length, 'two open actions for one wish')
}

function assertSound(row: ActionRow, audit: string[]): void {
  const name = `#${row.id} (${row.status})`
  assert.equal(row.status === 'processing', row.lease_until !== null, `${name}: its lease`)
  assert.equal(isOpen(row), row.completed_at === null, `${name}: its end`)
  assert.equal(audit.length, row.lease_token - (row.status === 'processing' ? 1 : 0), `${name}: one entry a claim`)
  if (isOpen(row) && row.submitted_at !== null) assert.equal(row.outcome_unknown, 1, `${name}: it was submitted`)
}

const since = (stamp: string): number => Temporal.Instant.from(stamp).since(START).total('milliseconds')

function actionOf(row: ActionRow, audit: string[]): ModelAction {
  assert.ok(row.action_type !== 'cancel')
  return {
    id: row.id,
    type: row.action_type,
    user: row.user_id,
    account: row.account_id,
    portal: row.portal,
    key: row.dedupe_key,
    origin: row.origin,
    priority: row.priority * 1000,
    status: row.status,
    runAt: since(row.run_at),
    turnAt: since(row.turn_at),
    deadline: row.deadline === null ? null : since(row.deadline),
    attempt: row.attempt,
    token: row.lease_token,
    worker: row.worker_id,
    leaseUntil: row.lease_until === null ? null : since(row.lease_until),
    unknown: row.outcome_unknown === 1,
    submitted: row.submitted_at !== null,
    cancelRequested: row.cancel_requested === 1,
    audit,
  }
}
