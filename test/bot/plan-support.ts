import assert from 'node:assert/strict'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import type { ActionErrorKind, BookAction } from '../../src/db/actions/action.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { type Ending, endAttempt } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { insertNotice } from '../../src/db/notices.ts'
import { courseOf, planOf } from '../../src/db/plan-choices.ts'
import { outcomeText } from '../../src/db/plan-outcome.ts'
import { findPlan, type PlanView } from '../../src/db/plan-views.ts'
import { ensureUser } from '../../src/db/users.ts'
import { outcomeOf } from '../../src/planner/plan/outcome.ts'
import { type House, quiet, SECRET_PASSWORD, TUESDAY } from './support.ts'

/** The portal at which the plans of the tests are made. */
export const PORTAL = 'delft-x'

/** Gives a user accounts at the portal of the plans. */
export async function addAccounts(house: House, user: User, names: readonly string[]): Promise<Account[]> {
  await ensureUser(house.db, user.id, 'member')
  await house.db.write((tx) =>
    tx.updateTable('users').set({ first_name: user.first_name }).where('id', '=', user.id).execute(),
  )
  for (const name of names) {
    const credentials = { username: `${user.id}-${name}`, password: SECRET_PASSWORD }
    await takeOverAccount(house.db, house.vault, { userId: user.id, portal: PORTAL, name, credentials })
  }
  return (await listAccountsOf(house.db.read, user.id)).filter(({ portal }) => portal === PORTAL)
}

/** Presses the labels one after another. */
export async function press(house: House, chat: Chat, ...labels: (string | RegExp)[]): Promise<void> {
  for (const label of labels) {
    await quiet(house, chat)
    await chat.press(label)
  }
  await quiet(house, chat)
}

export async function planOfHouse(house: House, id = 1): Promise<PlanView> {
  const plan = await findPlan(house.db.read, id)
  assert.ok(plan, `there is no plan ${id}`)
  return plan
}

type Aim = { hour: number; place: string; option: string; account: number }

/** What the executor does with a move: a try with its action in the queue. Answers the try's id. */
export async function queueTry(house: House, planId: number, { hour, place, option, account }: Aim): Promise<number> {
  const { db } = house
  const start = `${String(hour).padStart(2, '0')}:00`
  const slot = { date: TUESDAY, start, end: null, location: place, course: courseOf(option), siteId: null }
  const origin = `plan:${planId}:${hour}:${option}:${account}`
  const deadline = db.clock.now().add({ hours: 200 })
  const queued = { type: 'book' as const, userId: null, accountId: account, portal: PORTAL, slot, deadline, origin }
  const { id: actionId } = await enqueueAction(db, queued)
  return await db.write(
    async (tx) => {
      const row = await tx
        .insertInto('plan_tries')
        .values({
          plan_id: planId,
          hour,
          place,
          option,
          account_id: account,
          kind: 'spread',
          action_id: actionId,
          cancel_action_id: null,
          created_at: db.clock.now().toString({ fractionalSecondDigits: 3 }),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id
    },
    ['news'],
  )
}

/** What a worker does with the next action of a plan; answers the action's id. */
export async function endNext(house: House, end: 'booked' | ActionErrorKind): Promise<number> {
  const { db } = house
  const claimed = await claimNextAction(db, 'worker-1', new Map([[PORTAL, 24]]))
  assert.ok(claimed, 'nothing to claim')
  const { action, lease } = claimed
  const ending: Ending =
    end === 'booked'
      ? bookedEnding(house, action as BookAction)
      : { status: 'failed', error: { kind: end, message: `test: ${end}` } }
  await endAttempt(db, lease, ending)
  return action.id
}

function bookedEnding({ db }: House, { slot, accountId }: BookAction): Ending {
  const { date, start, end, location, course } = slot
  return {
    status: 'completed',
    result: { kind: 'booked' },
    effects: async (tx) => {
      const account = await tx.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
      await recordBooking(tx, account, { date, start, end, location, course, cancellable: true }, db.clock.now())
    },
  }
}

/** What the executor owes at the first try, and to everybody concerned at the end. */
export async function tell(house: House, userId: number, planId: number, event: 'began' | 'ended'): Promise<void> {
  await house.db.write(
    (tx, now) => insertNotice(tx, { userId, notice: { kind: 'plan', planId, event }, now }),
    ['news'],
  )
}

/** What the executor does when there is no move left. */
export async function endPlan(house: House, planId = 1): Promise<void> {
  const plan = await planOfHouse(house, planId)
  const unusable = plan.accounts.filter(({ usable }) => !usable).map(({ accountId }) => accountId)
  const state = { tries: plan.tries, held: [], unusable, stopped: plan.state === 'stopping' }
  const accounts = plan.accounts.map(({ accountId }) => accountId)
  await house.db.write(
    async (tx) => {
      const row = await tx.selectFrom('plans').selectAll().where('id', '=', planId).executeTakeFirstOrThrow()
      const outcome = outcomeText(outcomeOf(planOf(row, accounts), state))
      const ended_at = house.clock.now().toString({ fractionalSecondDigits: 3 })
      await tx.updateTable('plans').set({ state: 'ended', outcome, ended_at }).where('id', '=', planId).execute()
    },
    ['news'],
  )
  for (const userId of new Set([plan.userId, ...plan.accounts.map(({ ownerId }) => ownerId)]))
    await tell(house, userId, planId, 'ended')
}
