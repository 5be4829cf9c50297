import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endAttempt } from '../../src/db/actions/work.ts'
import { replaceBookings } from '../../src/db/bookings.ts'
import { removeOld } from '../../src/db/housekeeping.ts'
import { answerConsent } from '../../src/db/plan-consent.ts'
import { cancelLeftover } from '../../src/db/plan-leftovers.ts'
import { listPlans } from '../../src/db/plan-views.ts'
import { createPlan } from '../../src/db/plans.ts'
import { removeUser } from '../../src/db/remove-user.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { DATE, endClaim, newPlan, type PlanHouse, portalWith, withHouse, X1 } from '../support/plan-house.ts'

describe('what a plan leaves behind', () => {
  /** A plan of two hours that got only the first, with the account that tries first: the maker's unless told otherwise. */
  async function failedPlan(house: PlanHouse, isGuestFirst = false): Promise<{ id: number; tryId: number }> {
    const { db, accounts } = house
    const both = [accounts[0].id, accounts[3].id]
    const accountIds = isGuestFirst ? both.toReversed() : both
    const id = await house.plan({ accountIds, hours: 2, least: 2, to: 15 })
    await answerConsent(db, GUEST.id, { planId: id, accountId: accounts[3].id, version: 1, answer: 'accepted' })
    for (const hour of ['13', '14']) {
      await house.at(`${hour}:00`)
      await house.settle(portalWith(db, (cell) => cell === '13 X1 A'))
    }
    const { outcome } = await house.view(id)
    assert.equal(outcome?.result, 'failed')
    const [left] = outcome?.leftovers ?? []
    assert.ok(left)
    return { id, tryId: left.tryId }
  }

  const cancelled = async ({ db }: PlanHouse) => {
    const owed = await db.read.selectFrom('notices').selectAll().where('kind', '=', 'plan-cancelled').execute()
    return owed.map(({ user_id, data }) => ({ userId: user_id, ...JSON.parse(data) }))
  }

  it('is cancelled on somebody else’s account for its maker, which the account’s owner is told', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      await db.write((tx) => tx.updateTable('users').set({ first_name: 'Ada' }).where('id', '=', OWNER.id).execute())
      const { id, tryId } = await failedPlan(house, true)

      const first = await cancelLeftover(db, OWNER.id, id, tryId)
      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId), first)

      assert.ok(first.outcome === 'queued')
      assert.deepEqual(await cancelled(house), [
        {
          userId: GUEST.id,
          kind: 'plan-cancelled',
          planId: id,
          actionId: first.actionId,
          by: 'Ada',
          account: accounts[3].name,
          portal: 'polimisport',
          location: 'X1',
          course: 'X1 A',
          date: DATE,
          start: '13:00',
        },
      ])
    }))

  it('is its owner’s alone to cancel when they have withdrawn their consent', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [bruno, accounts[0].id], hours: 2, least: 2, to: 15 })
      const answer = { planId: id, accountId: bruno, version: 1 }
      await answerConsent(db, GUEST.id, { ...answer, answer: 'accepted' })
      await house.at('13:00')
      await house.settle(portalWith(db, (cell) => cell === '13 X1 A'))
      await answerConsent(db, GUEST.id, { ...answer, answer: 'refused' })
      await house.at('14:00')
      await house.settle(() => 'slot-full')
      const tryId = (await house.view(id)).outcome?.leftovers[0]?.tryId ?? 0

      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId), { outcome: 'owner-only' })
      assert.equal((await cancelLeftover(db, GUEST.id, id, tryId)).outcome, 'queued')
      assert.deepEqual(await cancelled(house), [])
    }))

  it('is nothing to an owner of another account, and cancelled for its own, once', () =>
    withHouse(async (house) => {
      const { db } = house
      const { id, tryId } = await failedPlan(house)
      assert.deepEqual(await cancelLeftover(db, 999, id, tryId), { outcome: 'unknown' })
      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId + 1), { outcome: 'unknown' })

      assert.deepEqual(await cancelLeftover(db, GUEST.id, id, tryId), { outcome: 'unknown' })

      const first = await cancelLeftover(db, OWNER.id, id, tryId)
      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId), first)

      assert.equal(first.outcome, 'queued')
      assert.deepEqual(await cancelled(house), [])
      assert.equal((await house.view(id)).tries.find((made) => made.id === tryId)?.cancelling, 'open')
      await house.settle(() => 'booked')
      assert.equal((await house.view(id)).tries.find((made) => made.id === tryId)?.cancelling, 'done')
      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId), { outcome: 'gone' })
    }))

  it('is told of as it was when its day is over, and the portal lists it no more', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const { id, tryId } = await failedPlan(house)
      house.clock.move({ hours: 24 * 4 })
      await db.write((tx, now) => replaceBookings(tx, accounts[0], [], now))

      assert.equal((await house.view(id)).tries.find((made) => made.id === tryId)?.cancelling, null)
      assert.deepEqual(await cancelLeftover(db, OWNER.id, id, tryId), { outcome: 'gone' })
    }))

  it('counts as given back, then and for ever, when its owner has cancelled it on the site', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const { id, tryId } = await failedPlan(house)
      house.clock.move({ hours: 24 })
      await db.write((tx, now) => replaceBookings(tx, accounts[0], [], now))
      const cancelling = async () => (await house.view(id)).tries.find((made) => made.id === tryId)?.cancelling

      assert.equal(await cancelling(), 'done')
      house.clock.move({ hours: 24 * 4 })
      assert.equal(await cancelling(), 'done')
    }))

  it('goes when it has been over for long, the actions that it tells of after it', () =>
    withHouse(async (house) => {
      const { db } = house
      const { id } = await failedPlan(house)
      const count = async () => (await db.read.selectFrom('booking_actions').select('id').execute()).length
      const actions = await count()
      // Its first hour is over for long enough, the plan is not.
      house.clock.move({ minutes: 30 * 24 * 60 - 30 })
      await removeOld(db, 30)
      assert.equal((await house.view(id)).tries.length > 0, true)
      assert.equal(await count(), actions)

      house.clock.move({ hours: 24 * 2 })
      await removeOld(db, 30)
      assert.deepEqual(await listPlans(db.read, OWNER.id), [])
      await removeOld(db, 30)
      assert.equal(await count(), 0)
    }))
})

describe('removing the user who made a plan', () => {
  /** The guest's plan with an account of theirs and two of the owner's, which have won an hour each: one too many. */
  async function wonPlan(house: PlanHouse): Promise<number> {
    const { db, accounts } = house
    const [ada1, ada2, , bruno] = accounts
    await db.write((tx) => tx.updateTable('users').set({ first_name: 'Bruno' }).where('id', '=', GUEST.id).execute())
    const plan = { ...newPlan([]), userId: GUEST.id, accountIds: [ada1.id, ada2.id, bruno.id] }
    const made = await createPlan(db, { ...plan, hours: 2, least: 2, places: [{ ...X1, maxAccounts: 2 }] })
    assert.ok(made.outcome === 'created')
    const { planId } = made
    for (const { id } of [ada1, ada2])
      await answerConsent(db, OWNER.id, { planId, accountId: id, version: 1, answer: 'accepted' })
    await house.at('13:00')
    for (let claim = await house.claim(); claim; claim = await house.claim()) await endClaim(db, claim, () => 'booked')
    assert.deepEqual(
      (await house.view(planId)).tries.map(({ state, cancelling }) => `${state} ${cancelling}`),
      ['won null', 'won null'],
    )
    return planId
  }

  const gone = async ({ db }: PlanHouse) => {
    const owed = await db.read.selectFrom('notices').selectAll().where('kind', '=', 'plan-gone').execute()
    return owed.map(({ user_id, data }) => ({ userId: user_id, ...JSON.parse(data) }))
  }

  it('tells the owners of the other accounts what these hold, the surplus too', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [ada1, ada2] = accounts
      const planId = await wonPlan(house)

      assert.equal((await removeUser(db, GUEST.id, 'owner')).outcome, 'removed')

      const [owed] = await gone(house)
      assert.deepEqual(owed, {
        userId: OWNER.id,
        kind: 'plan-gone',
        planId,
        firstName: 'Bruno',
        portal: 'polimisport',
        date: DATE,
        held: [
          { account: ada1.name, start: '13:00', location: 'X1', course: 'X1 A' },
          { account: ada2.name, start: '13:00', location: 'X1', course: 'X1 B' },
        ],
      })
      assert.equal((await gone(house)).length, 1)
    }))

  it('lets what is being given back be told to the account’s owner', () =>
    withHouse(async (house) => {
      const { db } = house
      await wonPlan(house)
      await house.look()

      assert.equal((await removeUser(db, GUEST.id, 'themself')).outcome, 'removed')

      assert.deepEqual(
        (await gone(house)).map(({ held }) => held.map(({ course }: { course: string }) => course)),
        [['X1 A']],
      )
      const cancels = db.read.selectFrom('booking_actions').selectAll().where('action_type', '=', 'cancel')
      assert.deepEqual(
        (await cancels.execute()).map(({ user_id, status }) => `${user_id} ${status}`),
        [`${OWNER.id} pending`],
      )
      await house.settle(() => 'booked')
      assert.equal((await db.read.selectFrom('user_bookings').select('id').execute()).length, 1)
    }))

  it('says nothing of what is over', () =>
    withHouse(async (house) => {
      await wonPlan(house)
      house.clock.move({ hours: 24 * 4 })
      assert.equal((await removeUser(house.db, GUEST.id, 'owner')).outcome, 'removed')
      assert.deepEqual(await gone(house), [])
    }))

  it('takes back what waits, and waits for what a worker is at', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const plan = { ...newPlan([]), userId: GUEST.id, accountIds: [accounts[3].id, accounts[0].id] }
      const made = await createPlan(db, { ...plan, hours: 1, least: 1 })
      assert.ok(made.outcome === 'created')
      await answerConsent(db, OWNER.id, {
        planId: made.planId,
        accountId: accounts[0].id,
        version: 1,
        answer: 'accepted',
      })
      await house.at('13:00')
      const claimed = await house.claim()
      assert.ok(claimed)

      assert.deepEqual(await removeUser(db, GUEST.id, 'owner'), { outcome: 'busy' })
      const rows = await db.read.selectFrom('booking_actions').selectAll().execute()
      assert.deepEqual(rows.map(({ status, cancel_requested }) => `${status} ${cancel_requested}`).toSorted(), [
        'cancelled 0',
        'processing 1',
      ])
      await endAttempt(db, claimed.lease, { status: 'cancelled' })

      assert.equal((await removeUser(db, GUEST.id, 'owner')).outcome, 'removed')
      assert.deepEqual(await listPlans(db.read, OWNER.id), [])
    }))
})
