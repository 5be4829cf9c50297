import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { distrustOpenActions } from '../../src/db/after-restore.ts'
import { pauseAccount } from '../../src/db/own-accounts.ts'
import { answerConsent } from '../../src/db/plan-consent.ts'
import { findPlanFor, listPlans } from '../../src/db/plan-views.ts'
import { changePlan, createPlan, setPlanMessage, stopPlan } from '../../src/db/plans.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { DATE, FITNESS, newPlan, type PlanHouse, withHouse, X1, X3 } from '../support/plan-house.ts'

const consents = async (house: PlanHouse, planId: number) =>
  (await house.view(planId)).accounts.map(({ ownerName, consent, usable }) => `${ownerName} ${consent} ${usable}`)

describe('making a plan', () => {
  it('keeps what is wished, with the maker’s accounts agreed and the owners of others asked', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [first, , , bruno] = accounts
      await db.write((tx) => tx.updateTable('users').set({ first_name: 'Bruno' }).where('id', '=', GUEST.id).execute())
      await db.write((tx) => tx.updateTable('users').set({ first_name: 'Ada' }).where('id', '=', OWNER.id).execute())

      const id = await house.plan({ places: [X1, X3, FITNESS], least: 2, accountIds: [bruno.id, first.id] })

      const view = await house.view(id)
      assert.deepEqual(await consents(house, id), ['Bruno asked false', 'Ada accepted true'])
      assert.deepEqual(view.places, [X1, X3, FITNESS])
      const { userId, portal, date, hours, least, from, to, state, outcome, tries } = view
      assert.deepEqual(
        { userId, portal, date, hours, least, from, to, state, outcome, tries },
        {
          userId: OWNER.id,
          portal: 'polimisport',
          date: DATE,
          hours: 3,
          least: 2,
          from: 13,
          to: 16,
          state: 'active',
          outcome: null,
          tries: [],
        },
      )
      assert.deepEqual(await house.owed(), [`plan-consent ${GUEST.id}`])
    }))

  it('refuses accounts that are not there, are of another portal, or are none at all', () =>
    withHouse(async ({ db, accounts }) => {
      const plan = newPlan(accounts)
      const refused = { outcome: 'unknown-account' }
      assert.deepEqual(await createPlan(db, { ...plan, accountIds: [accounts[0].id, 999] }), refused)
      assert.deepEqual(await createPlan(db, { ...plan, portal: 'delft-x' }), refused)
      assert.deepEqual(await createPlan(db, { ...plan, accountIds: [] }), refused)
      assert.deepEqual(await listPlans(db.read, OWNER.id), [])
    }))

  it('gives an account to one open plan of a date, though two are made at once', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const [one, two, three] = accounts
      const other = await house.open()
      const make = (on: typeof db, ids: number[], date = DATE) =>
        createPlan(on, { ...newPlan([]), accountIds: ids, date })

      const made = await Promise.all([make(db, [one.id, two.id]), make(other, [two.id, one.id]), make(db, [two.id])])

      assert.deepEqual(made.map(({ outcome }) => outcome).toSorted(), ['created', 'overlapping', 'overlapping'])
      const [plan] = await listPlans(db.read, OWNER.id)
      assert.ok(made.every((each) => 'planId' in each && each.planId === plan?.id))
      assert.equal((await make(db, [three.id])).outcome, 'created')
      assert.equal((await make(db, [one.id], '2025-11-18')).outcome, 'created')
    }))

  it('leaves an account free whose owner has not agreed, and holds them to what they agreed first', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [accounts[0].id, bruno] })

      const own = await createPlan(db, { ...newPlan([]), userId: GUEST.id, accountIds: [bruno] })

      assert.equal(own.outcome, 'created')
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' }),
        'overlapping',
      )
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'refused' }),
        'answered',
      )
    }))
})

describe('the consent of an account’s owner', () => {
  it('is theirs alone, and may be changed until the plan has ended', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [accounts[0].id, bruno] })

      assert.equal(
        await answerConsent(db, OWNER.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' }),
        'unknown',
      )
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: accounts[0].id, version: 1, answer: 'refused' }),
        'unknown',
      )
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: 999, accountId: bruno, version: 1, answer: 'accepted' }),
        'unknown',
      )
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' }),
        'answered',
      )
      assert.equal((await house.view(id)).accounts[1]?.usable, true)
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'refused' }),
        'answered',
      )
      assert.equal((await house.view(id)).accounts[1]?.usable, false)

      await stopPlan(db, OWNER.id, id)
      await house.look()
      assert.equal(
        await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' }),
        'late',
      )
    }))

  it('that is refused stops their account at once, whether an executor runs or not', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [bruno], hours: 1, least: 1 })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      await house.at('12:57')

      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'refused' })

      assert.deepEqual(
        (await house.view(id)).tries.map(({ state }) => state),
        ['stopped'],
      )
    }))

  it('is asked for again when the plan changes, and the old question does not count any more', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [accounts[0].id, bruno] })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      house.clock.move({ seconds: 1 })

      assert.deepEqual(await changePlan(db, OWNER.id, id, { to: 18, places: [X3] }), { outcome: 'changed' })

      const { from, to, places, accounts: now } = await house.view(id)
      assert.deepEqual([from, to, places], [13, 18, [X3]])
      assert.deepEqual(
        now.map(({ consent }) => consent),
        ['accepted', 'asked'],
      )
      const answer = (version: number, yes: boolean) =>
        answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version, answer: yes ? 'accepted' : 'refused' })
      assert.equal(await answer(1, true), 'changed')
      assert.equal((await house.view(id)).accounts[1]?.consent, 'asked')
      assert.equal(await answer(1, false), 'answered')
      assert.equal((await house.view(id)).accounts[1]?.consent, 'refused')
      assert.equal(await answer(2, true), 'answered')
      assert.equal((await house.view(id)).accounts[1]?.consent, 'accepted')
      assert.deepEqual(await house.owed(), [`plan-consent ${GUEST.id}`, `plan-consent ${GUEST.id}`])
    }))

  it('stands when a change changes nothing', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const accountIds = [accounts[0].id, accounts[3].id]
      const id = await house.plan({ accountIds })
      await answerConsent(db, GUEST.id, { planId: id, accountId: accounts[3].id, version: 1, answer: 'accepted' })
      const before = await house.view(id)

      const { hours, least, from, to, places } = before
      const same = { hours, least, from, to, places, accountIds }
      assert.deepEqual(await changePlan(db, OWNER.id, id, same), { outcome: 'changed' })
      assert.deepEqual(await house.view(id), before)
      assert.deepEqual(await house.owed(), [`plan-consent ${GUEST.id}`])

      assert.deepEqual(await changePlan(db, OWNER.id, id, { accountIds: accountIds.toReversed() }), {
        outcome: 'changed',
      })
      assert.deepEqual(
        (await house.view(id)).accounts.map(({ consent }) => consent),
        ['asked', 'accepted'],
      )
    }))
})

describe('a plan that comes back from a backup', () => {
  it('asks owners again, who may have refused since', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const bruno = accounts[3].id
      const id = await house.plan({ accountIds: [accounts[0].id, bruno] })
      await answerConsent(db, GUEST.id, { planId: id, accountId: bruno, version: 1, answer: 'accepted' })
      house.clock.move({ seconds: 1 })

      await db.write((tx, now) => distrustOpenActions(tx, now))

      assert.deepEqual(
        (await house.view(id)).accounts.map(({ consent }) => consent),
        ['accepted', 'asked'],
      )
      assert.deepEqual(await house.owed(), [`plan-consent ${GUEST.id}`, `plan-consent ${GUEST.id}`])

      // A change that the backup does not know may have been read: it was another plan.
      await changePlan(db, OWNER.id, id, { to: 18 })
      const read = { planId: id, accountId: bruno, version: 2, answer: 'accepted' } as const
      assert.equal(await answerConsent(db, GUEST.id, read), 'changed')
    }))
})

describe('changing and stopping a plan', () => {
  it('is for its maker, and before its first try', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const id = await house.plan({ accountIds: [accounts[0].id, accounts[3].id], hours: 1, least: 1 })
      assert.deepEqual(await changePlan(db, GUEST.id, id, { to: 18 }), { outcome: 'unknown' })
      assert.equal(await stopPlan(db, GUEST.id, id), 'unknown')
      assert.equal(await stopPlan(db, OWNER.id, 999), 'unknown')
      assert.deepEqual(await changePlan(db, OWNER.id, id, { accountIds: [999] }), { outcome: 'unknown-account' })

      const other = await house.plan({ accountIds: [accounts[1].id] })
      const both = { accountIds: [accounts[0].id, accounts[1].id] }
      assert.deepEqual(await changePlan(db, OWNER.id, id, both), { outcome: 'overlapping', planId: other })

      await house.at('12:57')
      assert.deepEqual(await changePlan(db, OWNER.id, id, { to: 18 }), { outcome: 'begun' })
    }))

  it('remembers its message, and shows it to whom it concerns only', () =>
    withHouse(async (house) => {
      const { db, accounts } = house
      const own = await house.plan()
      const shared = await house.plan({ date: '2025-11-18', accountIds: [accounts[0].id, accounts[3].id] })
      await setPlanMessage(db, own, 12)

      assert.equal((await house.view(own)).chatMessageId, 12)
      const ids = async (userId: number) => (await listPlans(db.read, userId)).map(({ id }) => id)
      assert.deepEqual(await ids(OWNER.id), [shared, own])
      assert.deepEqual(await ids(GUEST.id), [shared])
      assert.equal((await findPlanFor(db.read, GUEST.id, own)) === undefined, true)
      assert.equal((await findPlanFor(db.read, GUEST.id, shared))?.id, shared)
    }))

  it('shows an account as not usable while its owner has suspended it', () =>
    withHouse(async (house) => {
      const id = await house.plan()
      await pauseAccount(house.db, OWNER.id, house.accounts[1].id)
      assert.deepEqual(
        (await house.view(id)).accounts.map(({ usable }) => usable),
        [true, false, true],
      )
    }))
})
