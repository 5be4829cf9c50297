import assert from 'node:assert/strict'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { createLog } from '../../src/core/log.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import type { Action } from '../../src/db/actions/action.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { findPlan, type PlanView } from '../../src/db/plan-views.ts'
import { createPlan, type NewPlan } from '../../src/db/plans.ts'
import { ensureUser } from '../../src/db/users.ts'
import { lookAtPlans } from '../../src/periodic/plans.ts'
import type { PortalErrorKind } from '../../src/portals/errors.ts'
import { endClaim } from '../support/plan-house.ts'
import { type House, quiet, SECRET_PASSWORD, TODAY, TUESDAY } from './support.ts'

/** The portal at which the plans of the tests are made. */
export const PORTAL = 'delft-x'

/** Gives a user accounts at the portal of the plans. */
export async function addAccounts(house: House, user: User, names: readonly string[]): Promise<Account[]> {
  const { db, vault } = house
  await ensureUser(db, user.id, 'member')
  await db.write((tx) =>
    tx.updateTable('users').set({ first_name: user.first_name }).where('id', '=', user.id).execute(),
  )
  for (const name of names) {
    const credentials = { username: `${user.id}-${name}`, password: SECRET_PASSWORD }
    await takeOverAccount(db, vault, { userId: user.id, portal: PORTAL, name, credentials })
  }
  return (await listAccountsOf(db.read, user.id)).filter(({ portal }) => portal === PORTAL)
}

/** Presses the labels one after another. */
export async function press(house: House, chat: Chat, ...labels: (string | RegExp)[]): Promise<void> {
  for (const label of labels) {
    await quiet(house, chat)
    await chat.press(label)
  }
  await quiet(house, chat)
}

/** A plan of Tuesday from 13 to 17: two hours at X1, or else at X3, one account at a time. Answers its id. */
export async function makePlan(house: House, change: Pick<NewPlan, 'userId' | 'accountIds'> & Partial<NewPlan>) {
  const hall = (place: string) => ({ place, options: [`${place} A`, `${place} B`], shared: false, maxAccounts: 1 })
  const plan = { portal: PORTAL, date: TUESDAY, hours: 2, least: 2, from: 13, to: 17, places: [hall('X1'), hall('X3')] }
  const made = await createPlan(house.db, { ...plan, ...change })
  assert.equal(made.outcome, 'created')
  return made.planId
}

export async function planOfHouse(house: House, id = 1): Promise<PlanView> {
  const plan = await findPlan(house.db.read, id)
  assert.ok(plan, `there is no plan ${id}`)
  return plan
}

const log = createLog('test', 'silent')

/** Lets the executor make the next moves of all plans. */
export async function moveOn({ db }: House): Promise<void> {
  await lookAtPlans(db, log)
}

/** Does what a worker does with the next action, and lets the executor look at what came of it. Answers the action. */
export async function work(house: House, answer: 'booked' | PortalErrorKind = 'booked'): Promise<Action> {
  const claimed = await claimNextAction(house.db, 'worker-1', new Map([[PORTAL, 24]]))
  assert.ok(claimed, 'nothing to claim')
  await endClaim(house.db, claimed, () => answer)
  await moveOn(house)
  return claimed.action
}

/** Makes it the opening of a place's hour on Tuesday, three days before; the executor has looked in time. */
export async function opening(house: House, hour: number): Promise<void> {
  const at = Temporal.PlainDateTime.from(TODAY).add({ hours: hour }).toZonedDateTime('Europe/Amsterdam').toInstant()
  house.clock.advance(house.clock.now().until(at.subtract({ minutes: 2 })))
  await moveOn(house)
  house.clock.advance({ minutes: 2 })
}
