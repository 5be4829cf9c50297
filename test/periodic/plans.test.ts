import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import { recordBooking, replaceBookings } from '../../src/db/bookings.ts'
import { pauseAccount, resumeAccount } from '../../src/db/own-accounts.ts'
import { answerConsent } from '../../src/db/plan-consent.ts'
import { cancelLeftover, leftoversOf } from '../../src/db/plan-leftovers.ts'
import { stopPlan } from '../../src/db/plans.ts'
import { removeAccount } from '../../src/db/remove-account.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { startPeriodic } from '../../src/periodic/periodic.ts'
import { lookAtPlans } from '../../src/periodic/plans.ts'
import type { Outcome } from '../../src/planner/plan/types.ts'
import { polimisportFacts } from '../../src/portals/polimisport/facts.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { DATE, endClaim, FITNESS, type PlanHouse, portalWith, withHouse, X1, X3 } from '../support/plan-house.ts'

/** "13 1>X1 A won", accounts by their number in the house. */
async function tries(house: PlanHouse, planId: number): Promise<string[]> {
  const numbers = new Map(house.accounts.map(({ id }, index) => [id, index + 1]))
  return (await house.view(planId)).tries.map(
    ({ hour, place, option, account, state, cancelling }) =>
      `${hour} ${numbers.get(account)}>${option || place} ${cancelling === 'done' ? 'surplus' : state}`,
  )
}

async function run(house: PlanHouse, planId: number): Promise<string[]> {
  const numbers = new Map(house.accounts.map(({ id }, index) => [id, index + 1]))
  const { outcome } = await house.view(planId)
  return (outcome?.run ?? []).map(({ hour, account, option }) => `${hour} ${numbers.get(account)} ${option}`)
}

function cells(won: Outcome['run'] = []): string[] {
  return won.map(({ hour, option }) => `${hour} ${option}`)
}

async function held({ db }: PlanHouse): Promise<string[]> {
  const rows = await db.read.selectFrom('user_bookings').selectAll().orderBy('time_slot').execute()
  return rows.map(({ time_slot, course_name, location }) => `${time_slot} ${course_name ?? location}`)
}

describe('the worked examples of dossier delft-x §7', () => {
  it('1: a full run with three accounts in one place', () =>
    withHouse(async (house) => {
      const id = await house.plan()
      const portal = portalWith(house.db, (cell) => cell.startsWith('13 ') || cell.endsWith(' X1 B'))
      for (const hour of [13, 14, 15]) {
        await house.at(`${hour - 1}:57`)
        await house.at(`${hour}:00`)
        await house.settle(portal)
      }

      assert.deepEqual(await tries(house, id), [
        '13 1>X1 A won',
        '13 2>X1 B surplus',
        '13 3>X1 A taken',
        '14 2>X1 A taken',
        '14 3>X1 B won',
        '15 2>X1 A taken',
        '15 2>X1 B won',
      ])
      assert.deepEqual(await run(house, id), ['13 1 X1 A', '14 3 X1 B', '15 2 X1 B'])
      assert.deepEqual(await held(house), ['13:00 X1 A', '14:00 X1 B', '15:00 X1 B'])
      assert.deepEqual(await house.owed(), [`began ${OWNER.id}`, `ended ${OWNER.id}`])
    }))

  it('2: fallback to two hours, with two executors', () =>
    withHouse(async (house) => {
      const id = await house.plan({ least: 2, to: 18, places: [X1, X3, FITNESS] })
      const left = ['13 X3 B', '15 X1 A', '15 X1 B', '16 X3 A', '16 X3 B']
      const portal = portalWith(house.db, (cell) => left.includes(cell))
      const executors = [house.db, await house.open()]
      for (const hour of [13, 14, 15, 16, 17]) {
        await house.at(`${hour - 1}:57`, executors)
        await house.at(`${hour}:00`, executors)
        await house.settle(portal, executors)
      }

      const view = await house.view(id)
      assert.equal(view.outcome?.result, 'fewer')
      assert.deepEqual(await run(house, id), ['15 1 X1 A', '16 3 X3 A'])
      assert.deepEqual(
        view.outcome?.leftovers.map(({ hour, option }) => `${hour} ${option}`),
        ['13 X3 B'],
      )
      assert.deepEqual(await held(house), ['13:00 X3 B', '15:00 X1 A', '16:00 X3 A'])
      assert.deepEqual(await house.owed(), [`began ${OWNER.id}`, `ended ${OWNER.id}`])
      // Each try has one action of its own, and nothing else was asked for but its cancelling and the checks.
      const rows = await house.db.read.selectFrom('booking_actions').selectAll().execute()
      const books = rows.filter(({ action_type }) => action_type === 'book').map((row) => row.id)
      assert.deepEqual(
        books.toSorted((a, b) => a - b),
        view.tries.map(({ actionId }) => actionId).toSorted((a, b) => a - b),
      )
      assert.equal(
        rows.filter(({ action_type }) => action_type === 'cancel').length,
        view.tries.filter(({ cancelling }) => cancelling === 'done').length,
      )
    }))
})

describe('a try', () => {
  it('is queued three minutes before its opening, first in line, to be claimed a minute and a half before', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      await db.write((tx, now) =>
        replaceTimetable(tx, 'polimisport', [{ ...slot('X1', 'X1 A'), end: '13:59', state: 'available' }], now),
      )
      await house.plan({ accountIds: [accounts[0].id], hours: 1, least: 1 })
      await house.at('12:56')
      assert.deepEqual(await books(house), [])

      await house.at('12:57')

      const [row] = await books(house)
      assert.ok(row)
      const { run_at, deadline, priority, user_id, end_time, location, course_name, date, time_slot } = row
      assert.deepEqual(
        { run_at, deadline, priority, user_id, end_time, location, course_name, date, time_slot },
        {
          run_at: '2025-11-14T11:58:30.000Z',
          deadline: '2025-11-17T12:00:00.000Z',
          priority: 0,
          user_id: null,
          end_time: '13:59',
          location: 'X1',
          course_name: 'X1 A',
          date: DATE,
          time_slot: '13:00',
        },
      )
    }))

  it('of an account that has asked for the same by itself is not made, and its hour counts as spent', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [first, second] = accounts
      const id = await house.plan({ accountIds: [first.id, second.id], hours: 1, least: 1, to: 14 })
      await db.write((tx, now) =>
        recordBooking(tx, first, { ...slot('X1', 'X1 A'), end: null, cancellable: true }, now),
      )

      await house.at('13:00')

      assert.deepEqual(await tries(house, id), ['13 2>X1 A open'])
    }))

  it('that would find the slot held already is lost, and what was held stays', () =>
    withHouse(async (house) => {
      const id = await house.plan({ accountIds: [house.accounts[0].id], hours: 1, least: 1, to: 14 })
      await house.at('13:00')
      await house.settle(() => 'already-booked')
      assert.deepEqual(await tries(house, id), ['13 1>X1 A overlap'])
      assert.equal((await house.view(id)).outcome?.result, 'failed')
    }))

  it('that may have been made all the same leaves its account spent', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const id = await house.plan({ accountIds: accounts.slice(0, 2).map(({ id }) => id), hours: 2, least: 1, to: 15 })
      await house.at('13:00')
      const claim = await house.claim()
      assert.ok(claim)
      const error = { kind: 'timeout', message: 'no answer', outcomeUnknown: true } as const
      await endAttempt(db, claim.lease, { status: 'failed', error })
      await house.settle(() => 'slot-full')

      await house.at('14:00')

      const at14 = (await tries(house, id)).filter((made) => made.startsWith('14'))
      assert.deepEqual(at14, ['14 2>X1 A open'])
    }))
})

describe('what happens in the middle', () => {
  it('a stop takes back what is open, leaves what is won, and tells what there is', () =>
    withHouse(async (house) => {
      const { db } = house
      const id = await house.plan()
      await house.at('13:00')
      await house.settle(portalWith(db, () => true))
      await house.at('13:57')
      await house.at('14:00')
      const claim = await house.claim()
      assert.ok(claim)

      assert.equal(await stopPlan(db, OWNER.id, id), 'stopping')
      await house.look()
      assert.equal((await house.view(id)).state, 'stopping')
      // Its request was on the way already.
      await endClaim(db, claim, () => 'booked')
      await house.look()

      const { state, outcome } = await house.view(id)
      assert.equal(state, 'ended')
      assert.equal(outcome?.result, 'stopped')
      assert.deepEqual(
        outcome?.leftovers.map(({ hour }) => hour),
        [13, 14],
      )
      assert.deepEqual((await tries(house, id)).at(-1), '14 3>X1 B stopped')
      assert.deepEqual(await held(house), ['13:00 X1 A', '14:00 X1 A'])
    }))

  it('an owner’s refusal takes their account out, with what is open', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [bruno, accounts[0].id], hours: 2, least: 1, to: 15 })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      await house.at('12:57')
      assert.deepEqual(await tries(house, id), ['13 4>X1 A open', '13 1>X1 B open'])

      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'refused' })
      await house.at('13:00')
      await house.settle(() => 'booked')

      assert.deepEqual(await tries(house, id), ['13 4>X1 A stopped', '13 1>X1 B won'])
      assert.deepEqual((await house.view(id)).outcome?.result, 'fewer')
      assert.ok((await house.owed()).includes(`ended ${GUEST.id}`))
    }))

  it('an account that is removed goes, and the others go on', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [bruno, accounts[0].id, accounts[1].id], hours: 2, least: 2, to: 16 })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      await house.at('13:00')
      await house.settle(portalWith(db, (cell) => cell === '13 X1 A' || cell.endsWith('X1 B')))
      assert.deepEqual((await tries(house, id)).slice(0, 2), ['13 4>X1 A won', '13 1>X1 B surplus'])

      assert.equal(await removeAccount(db, GUEST.id, bruno), 'removed')
      for (const hour of [14, 15]) {
        await house.at(`${hour}:00`)
        await house.settle(portalWith(db, (cell) => cell.endsWith('X1 B')))
      }

      const view = await house.view(id)
      assert.deepEqual(
        view.accounts.map(({ accountId }) => accountId),
        [accounts[0].id, accounts[1].id],
      )
      assert.equal(view.outcome?.result, 'full')
      assert.deepEqual(await run(house, id), ['14 2 X1 B', '15 1 X1 B'])
    }))

  it('a login that the portal refuses takes its account out, and what waits for it does not hold up the plan', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const id = await house.plan({ accountIds: [accounts[0].id, accounts[1].id], hours: 1, least: 1, to: 14 })
      await house.at('12:57')
      await pauseAccount(db, OWNER.id, accounts[0].id)
      await house.look()
      await house.at('13:00')
      await house.settle(() => 'bad-credentials')

      assert.deepEqual((await tries(house, id)).slice(0, 2), ['13 1>X1 A stopped', '13 2>X1 B auth-failed'])
      assert.equal((await house.view(id)).outcome?.result, 'failed')
    }))

  it('an account without a subscription for a place is not tried there again, but elsewhere it is', () =>
    withHouse(async (house) => {
      const [one] = house.accounts
      const places = [X1, X3]
      const id = await house.plan({ accountIds: [one.id], hours: 1, least: 1, to: 15, places })
      await house.at('13:00')
      await house.settle((action) => (action.slot.location === 'X1' ? 'no-subscription' : 'slot-full'))
      await house.at('14:00')
      await house.settle(() => 'booked')

      assert.deepEqual(await tries(house, id), [
        '13 1>X1 A no-subscription',
        '13 1>X3 A taken',
        '13 1>X3 B taken',
        '14 1>X3 A won',
      ])
    }))

  it('what may have reached the portal is waited for, though its owner has refused meanwhile', () =>
    withHouse(async (house) => {
      const { db, accounts, clock } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [bruno], hours: 1, least: 1, to: 14 })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      await house.at('13:00')
      await leaveUnclear(house)

      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'refused' })
      await house.look()
      assert.equal((await house.view(id)).state, 'active')

      clock.move({ seconds: 30 })
      await house.settle(() => 'booked')
      assert.deepEqual(cells((await house.view(id)).outcome?.run), ['13 X1 A'])
    }))

  it('but of an account that is suspended nothing is waited for: no worker would look it up', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [first, second] = accounts
      const id = await house.plan({ accountIds: [first.id, second.id], hours: 1, least: 1, to: 14 })
      await house.at('13:00')
      await leaveUnclear(house)
      await pauseAccount(db, OWNER.id, first.id)
      await house.settle(() => 'slot-full')

      assert.deepEqual(await tries(house, id), ['13 1>X1 A open', '13 2>X1 B taken', '13 2>X1 A taken'])
      assert.equal((await house.view(id)).outcome?.result, 'failed')
    }))

  it('and should it be won after the end, it is left over, and told once to whom it concerns', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [first, , , bruno] = accounts
      const id = await house.plan({ accountIds: [bruno.id, first.id], hours: 1, least: 1, to: 14 })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno.id, version: 1, answer: 'accepted' })
      await house.at('13:00')
      await leaveUnclear(house)
      await pauseAccount(db, GUEST.id, bruno.id)
      await house.settle(() => 'slot-full')
      assert.equal((await house.view(id)).outcome?.result, 'failed')
      const [tried] = (await house.view(id)).tries
      assert.equal(tried?.state, 'open')

      await resumeAccount(db, GUEST.id, bruno.id)
      house.clock.move({ minutes: 10 })
      await house.settle(() => 'booked', [db, await house.open()])
      await house.look()

      const owed = await db.read.selectFrom('notices').selectAll().where('kind', '=', 'plan-late').execute()
      assert.deepEqual(owed.map(({ user_id }) => user_id).toSorted(), [GUEST.id, OWNER.id].toSorted())
      assert.deepEqual(JSON.parse(owed[0]?.data ?? ''), {
        kind: 'plan-late',
        planId: id,
        tryId: tried.id,
        account: bruno.name,
        portal: 'polimisport',
        location: 'X1',
        course: 'X1 A',
        date: DATE,
        start: '13:00',
      })
      assert.deepEqual(
        leftoversOf(await house.view(id)).map((made) => made.id),
        [tried.id],
      )
      assert.equal((await cancelLeftover(db, OWNER.id, id, tried.id)).outcome, 'queued')
    }))

  it('a booking that was cancelled by hand is lost to the plan, and its account is free again', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const id = await house.plan({ accountIds: [accounts[0].id], hours: 1, least: 1, places: [FITNESS], to: 14 })
      await house.at('12:00')
      const claim = await house.claim()
      assert.ok(claim)
      await endClaim(db, claim, () => 'booked')
      await db.write((tx, now) => replaceBookings(tx, accounts[0], [], now))
      await house.look()
      assert.deepEqual(await tries(house, id), ['13 1>Fitness surplus'])
      assert.equal((await house.view(id)).outcome?.result, 'failed')
    }))
})

describe('a try that takes longer than an opening may', () => {
  it('holds up nobody else, and still counts when it wins', () =>
    withHouse(async (house) => {
      const { clock, accounts } = house
      const [one, two] = accounts
      const id = await house.plan({ accountIds: [one.id, two.id], hours: 1, least: 1, to: 14, places: [X1, X3] })
      await house.at('13:00')
      await leaveUnclear(house)
      await house.settle(() => 'slot-full')
      assert.deepEqual(await tries(house, id), ['13 1>X1 A open', '13 2>X1 B taken'])

      clock.move({ seconds: 3 })
      await house.look()
      assert.equal((await tries(house, id)).length, 2)
      clock.move({ seconds: 1 })
      await house.settle((action) => (action.slot.location === 'X1' ? 'slot-full' : 'booked'))
      assert.deepEqual((await tries(house, id)).slice(2), ['13 2>X1 A taken', '13 2>X3 A won'])
      assert.equal((await house.view(id)).state, 'active')

      clock.move({ seconds: 30 })
      await house.settle(() => 'booked')
      assert.deepEqual((await tries(house, id))[0], '13 1>X1 A won')
      assert.deepEqual(await run(house, id), ['13 1 X1 A'])
      assert.deepEqual(await held(house), ['13:00 X1 A'])
    }))

  it('is not waited for by the next hours either', () =>
    withHouse(async (house) => {
      const { accounts } = house
      const [one, two, three] = accounts
      const id = await house.plan({ accountIds: [one.id, two.id, three.id], hours: 2, least: 2, to: 15 })
      await house.at('13:00')
      await leaveUnclear(house)
      await house.settle(portalWith(house.db, (cell) => cell === '13 X1 B'))
      await house.at('14:00')
      await house.settle(portalWith(house.db, () => true))

      const made = await tries(house, id)
      assert.deepEqual(made.slice(-1), ['14 3>X1 A won'])
      assert.deepEqual(await held(house), ['13:00 X1 A', '14:00 X1 A'])
      assert.equal((await house.view(id)).outcome?.result, 'full')
    }))

  it('is taken back once its hour is held, while it has not reached the portal', () =>
    withHouse(async (house) => {
      const { db, clock, accounts } = house
      const [one, two] = accounts
      const id = await house.plan({ accountIds: [one.id, two.id], hours: 1, least: 1, to: 14 })
      await house.at('13:00')
      const hanging = await house.claim()
      assert.ok(hanging)
      await house.settle(() => 'booked')
      assert.deepEqual(await tries(house, id), ['13 1>X1 A open', '13 2>X1 B won'])
      const isTakenBack = async () =>
        (await books(house)).filter((row) => row.cancel_requested === 1).map((row) => row.id)
      assert.deepEqual(await isTakenBack(), [])

      clock.move({ seconds: 4 })
      await house.look()
      assert.deepEqual(await isTakenBack(), [hanging.action.id])
      await endAttempt(db, hanging.lease, { status: 'cancelled' })
      await house.look()
      assert.deepEqual(await run(house, id), ['13 2 X1 B'])
    }))
})

describe('a try whose slot somebody else asks for with the same account', () => {
  /** Presses Book for what the account is already trying for. */
  async function press({ db, accounts }: PlanHouse, account = accounts[0]): Promise<number> {
    const [open] = await books({ db }).then((rows) => rows.filter(({ account_id }) => account_id === account.id))
    assert.ok(open)
    const asked = await enqueueAction(db, {
      type: 'book',
      userId: OWNER.id,
      accountId: account.id,
      portal: 'polimisport',
      slot: { ...slot('X1', open.course_name ?? ''), end: null },
      deadline: Temporal.Instant.from(`${DATE}T12:00:00Z`),
    })
    assert.deepEqual(asked, { id: open.id, duplicate: true })
    return open.id
  }

  const statusOf = async ({ db }: PlanHouse, id: number) => (await books({ db })).find((row) => row.id === id)?.status

  it('is theirs from then on: it is not given back as surplus, and the hour is spent', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const id = await house.plan({ accountIds: accounts.slice(0, 2).map(({ id }) => id), hours: 1, least: 1, to: 14 })
      await house.at('12:57')
      await press(house)
      await house.look()
      assert.deepEqual(await tries(house, id), ['13 1>X1 A overlap', '13 2>X1 B open'])

      await house.at('13:00')
      await house.settle(() => 'booked')

      assert.deepEqual(await tries(house, id), ['13 1>X1 A overlap', '13 2>X1 B won'])
      assert.deepEqual(cells((await house.view(id)).outcome?.run), ['13 X1 B'])
      assert.deepEqual(await held(house), ['13:00 X1 A', '13:00 X1 B'])
      const cancels = await db.read
        .selectFrom('booking_actions')
        .select('id')
        .where('action_type', '=', 'cancel')
        .execute()
      assert.deepEqual(cancels, [])
    }))

  it('holds its place too: the account tries nowhere in it at another hour', () =>
    withHouse(async (house) => {
      const id = await house.plan({ accountIds: [house.accounts[0].id], hours: 1, least: 1, to: 15 })
      await house.at('12:57')
      await press(house)
      await house.at('13:00')
      await house.settle(() => 'booked')
      await house.at('14:00')

      assert.deepEqual(await tries(house, id), ['13 1>X1 A overlap'])
      assert.deepEqual(await held(house), ['13:00 X1 A'])
    }))

  it('is not taken back with the plan, neither when it is stopped nor when the account goes out of it', () =>
    withHouse(async (house) => {
      const id = await house.plan({ accountIds: [house.accounts[0].id], hours: 1, least: 1, to: 14 })
      await house.at('12:57')
      const action = await press(house)
      await pauseAccount(house.db, OWNER.id, house.accounts[0].id)
      await house.look()
      assert.equal(await statusOf(house, action), 'pending')

      await resumeAccount(house.db, OWNER.id, house.accounts[0].id)
      await stopPlan(house.db, OWNER.id, id)
      await house.look()
      assert.equal(await statusOf(house, action), 'pending')
      assert.equal((await house.view(id)).state, 'ended')
    }))

  it('that fails has failed as it did', () =>
    withHouse(async (house) => {
      const id = await house.plan({ accountIds: [house.accounts[0].id], hours: 1, least: 1, to: 14 })
      await house.at('13:00')
      await press(house)
      await house.settle(() => 'slot-full')
      assert.deepEqual((await tries(house, id)).slice(0, 1), ['13 1>X1 A taken'])
    }))
})

describe('a plan that waits', () => {
  it('does not end for want of owners who may still agree, until its opening comes', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [one, two, , bruno] = accounts
      const id = await house.plan({ accountIds: [one.id, two.id, bruno.id] })
      await pauseAccount(db, OWNER.id, two.id)
      await house.at('12:56')
      assert.equal((await house.view(id)).state, 'active')

      await resumeAccount(db, OWNER.id, two.id)
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno.id, version: 1, answer: 'accepted' })
      await house.at('12:57')
      assert.equal((await tries(house, id)).length, 3)

      const other = await house.plan({ accountIds: [one.id, bruno.id], date: '2025-11-18' })
      house.clock.set('2025-11-15T12:57:00+01:00')
      await house.look()
      const { outcome, tries: none } = await house.view(other)
      assert.deepEqual([outcome?.result, none.length], ['failed', 0])
    }))

  it('goes on waiting while owners may still agree in time for a later run', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [one, , , bruno] = accounts
      const id = await house.plan({ accountIds: [one.id, bruno.id], hours: 2, least: 2 })
      await house.at('12:57')
      await house.at('13:00')
      assert.deepEqual([(await house.view(id)).state, await tries(house, id)], ['active', []])

      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno.id, version: 1, answer: 'accepted' })
      for (const hour of [14, 15]) {
        await house.at(`${hour}:00`)
        await house.settle(portalWith(db, (cell) => !cell.startsWith('13')))
      }
      assert.deepEqual(await run(house, id), ['14 1 X1 A', '15 4 X1 A'])
    }))

  it('ends when it is too late for everybody who might have agreed, and says so', () =>
    withHouse(async (house) => {
      const { accounts } = house
      const id = await house.plan({ accountIds: [accounts[0].id, accounts[3].id], hours: 2, least: 2 })
      await house.at('14:56')
      assert.equal((await house.view(id)).state, 'active')
      await house.at('14:57')
      const { outcome } = await house.view(id)
      assert.equal(outcome?.result, 'failed')
      assert.deepEqual(
        outcome?.story.map(({ hour, came }) => `${hour} ${came}`),
        ['13 hopeless', '14 hopeless', '15 hopeless'],
      )
    }))

  it('has the logins checked a quarter of an hour before each opening, once', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      await house.plan({ accountIds: accounts.map(({ id }) => id) })
      const checks = async () => {
        const rows = await db.read
          .selectFrom('booking_actions')
          .selectAll()
          .where('action_type', '=', 'check')
          .execute()
        return rows.map(
          ({ account_id, priority }) => `${accounts.findIndex(({ id }) => id === account_id)} ${priority}`,
        )
      }
      await house.at('12:44')
      assert.deepEqual(await checks(), [])
      const other = await house.open()
      await house.at('12:45', [db, other])
      await house.settle(() => 'slot-full', [db, other])
      await house.at('12:46', [db, other])
      // Bruno has not agreed.
      assert.deepEqual((await checks()).toSorted(), ['0 5', '1 5', '2 5'])

      await house.at('13:00')
      await house.settle(portalWith(db, () => true))
      await house.at('13:45')
      assert.equal((await checks()).length, 6)
    }))

  it('catches up after downtime with what is open, and leaves what has begun', () =>
    withHouse(async (house) => {
      const id = await house.plan({ hours: 2, least: 2, to: 18 })
      house.clock.set(`${DATE}T14:30:00+01:00`)
      await house.settle(portalWith(house.db, () => true))

      const { outcome } = await house.view(id)
      assert.equal(outcome?.result, 'full')
      assert.deepEqual(await run(house, id), ['15 1 X1 A', '16 3 X1 A'])
      assert.deepEqual(
        outcome?.story.map(({ hour, came }) => `${hour} ${came}`),
        ['13 given-up', '14 given-up', '15 run', '16 run', '17 needless'],
      )
    }))

  it('ends when its day is over before anything was tried', () =>
    withHouse(async (house) => {
      const id = await house.plan()
      house.clock.set('2025-11-20T12:00:00Z')
      await house.look()
      const { outcome } = await house.view(id)
      assert.equal(outcome?.result, 'failed')
      assert.deepEqual(
        outcome?.story.map(({ came }) => came),
        ['given-up', 'given-up', 'given-up'],
      )
    }))
})

describe('the executor', () => {
  it('looks at every plan, though one is of a portal that nobody knows any more', () =>
    withHouse(async (house) => {
      const { db, log, accounts } = house
      const lost = await house.plan({ accountIds: [accounts[0].id], hours: 1, least: 1 })
      const other = await house.plan({ accountIds: [accounts[1].id], hours: 1, least: 1 })
      await db.write((tx) => tx.updateTable('plans').set({ portal: 'nowhere' }).where('id', '=', lost).execute())
      house.clock.set(`${DATE}T10:00:00+01:00`)

      await lookAtPlans(db, log)

      assert.deepEqual(await tries(house, lost), [])
      assert.deepEqual(await tries(house, other), ['13 2>X1 A open'])
    }))

  it('goes on with a plan at once when a try has ended, without waiting for its minute', () =>
    withHouse(async (house) => {
      const { db, log, accounts, clock } = house
      const { timeZone } = polimisportFacts
      const date = clock.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 1 }).toString()
      const periodic = await startPeriodic({ db, log })
      try {
        const made = queued(house)
        const id = await house.plan({ date, accountIds: [accounts[0].id], hours: 1, least: 1, to: 14, places: [X1] })
        await made
        assert.deepEqual(await tries(house, id), ['13 1>X1 A open'])

        const claim = await house.claim()
        assert.ok(claim)
        const sibling = queued(house)
        await endClaim(db, claim, () => 'slot-full')
        await sibling

        assert.deepEqual(await tries(house, id), ['13 1>X1 A taken', '13 1>X1 B open'])
      } finally {
        await periodic.stop()
      }
    }))
})

/** The request of the next try is sent, and no answer comes. */
async function leaveUnclear({ db, claim, clock }: PlanHouse): Promise<void> {
  const claimed = await claim()
  assert.ok(claimed)
  await markSubmitted(db, claimed.lease)
  const error = { kind: 'timeout', message: 'no answer' } as const
  const again = { runAt: clock.now().add({ seconds: 30 }), outcomeUnknown: true, countsAsAttempt: true }
  await endAttempt(db, claimed.lease, { status: 'pending', error, ...again })
}

/** Resolves when one more booking is in the queue. */
async function queued(house: PlanHouse): Promise<void> {
  const before = (await books(house)).length
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = async () => {
    if ((await books(house)).length > before) resolve()
  }
  const unlisten = await house.db.waker.listen('work', () => void look())
  await promise
  unlisten()
}

function slot(location: string, course: string) {
  return { date: DATE, start: '13:00', location, course, siteId: null, instructor: null, spots: null }
}

async function books({ db }: Pick<PlanHouse, 'db'>) {
  return await db.read
    .selectFrom('booking_actions')
    .selectAll()
    .where('action_type', '=', 'book')
    .orderBy('id')
    .execute()
}
