import assert from 'node:assert/strict'
import { type Account, getAccount } from '../../src/db/accounts.ts'
import type { Action, ActionError, BookAction } from '../../src/db/actions/action.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import type { Lease } from '../../src/db/actions/lease.ts'
import { addStep, type Ending, endAttempt } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import type { Database } from '../../src/db/database.ts'

const LIMITS = new Map([['polimisport', 3]])

/** What a worker does, step by step, without a browser. */
export type FakeWork = {
  action: Action
  lease: Lease
  account: Account
  step(name: string): Promise<void>
  end(ending: Ending): Promise<void>
  /** Ends a book action with the booking in the list. */
  booked(): Promise<void>
  fail(kind: ActionError['kind'], more?: Partial<ActionError>): Promise<void>
}

/** Claims the next action; fails the test when there is none. */
export async function claim(db: Database): Promise<FakeWork> {
  const claimed = await claimNextAction(db, 'worker-1', LIMITS)
  assert.ok(claimed, 'nothing to claim')
  const { action, lease } = claimed
  const account = await getAccount(db.read, action.accountId)
  return {
    action,
    lease,
    account,
    step: (name) => addStep(db, lease, name),
    end: async (ending) => void (await endAttempt(db, lease, ending)),
    booked: async () => void (await endAttempt(db, lease, bookedEnding(db, action as BookAction, account))),
    fail: async (kind, more = {}) =>
      void (await endAttempt(db, lease, { status: 'failed', error: { kind, message: `test: ${kind}`, ...more } })),
  }
}

function bookedEnding(db: Database, { slot }: BookAction, account: Account): Ending {
  const { date, start, end, location, course } = slot
  return {
    status: 'completed',
    result: { kind: 'booked' },
    effects: async (tx) => {
      await recordBooking(tx, account, { date, start, end, location, course, cancellable: true }, db.clock.now())
    },
  }
}
