import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import type { NewAction } from '../../src/db/actions/new-action.ts'
import { pauseAccount } from '../../src/db/own-accounts.ts'
import { checkAheadLogins } from '../../src/periodic/ahead-logins.ts'
import { claimAt } from '../../src/planner/ahead.ts'
import { polimisportFacts } from '../../src/portals/polimisport/facts.ts'
import { OWNER } from '../support/house.ts'
import { openRuleHouse, type RuleHouse } from './support.ts'

const SLOT = { date: '2026-11-30', start: '18:30', location: 'Giuriati - Corsi Platinum', course: 'Yoga' }
const OPENING = polimisportFacts.opening(SLOT)

async function ask({ db, account }: RuleHouse, change: Partial<Extract<NewAction, { type: 'book' }>> = {}) {
  return await enqueueAction(db, {
    type: 'book',
    userId: OWNER.id,
    accountId: account.id,
    portal: account.portal,
    slot: { ...SLOT, siteId: '1', end: '19:30' },
    deadline: OPENING.add({ hours: 48 }),
    notBefore: claimAt(OPENING),
    ...change,
  })
}

async function checksAt(house: RuleHouse, instant: Temporal.Instant): Promise<string[]> {
  house.clock.set(instant.toString())
  await checkAheadLogins(house.db, house.log)
  const rows = await house.db.read
    .selectFrom('booking_actions')
    .selectAll()
    .where('action_type', '=', 'check')
    .orderBy('id')
    .execute()
  return rows.map(({ account_id, priority, user_id }) => `${account_id} ${priority} ${user_id}`)
}

async function withHouse(test: (house: RuleHouse) => Promise<void>): Promise<void> {
  const house = await openRuleHouse()
  try {
    await test(house)
  } finally {
    await house.close()
  }
}

describe('the login for a booking at an opening', () => {
  it('is checked a quarter of an hour before, once for all that the account books then', () =>
    withHouse(async (house) => {
      await ask(house)
      await ask(house, { slot: { ...SLOT, course: 'Pilates', siteId: '2', end: '20:30' } })

      assert.deepEqual(await checksAt(house, OPENING.subtract({ minutes: 15, seconds: 1 })), [])
      const checks = await checksAt(house, OPENING.subtract({ minutes: 15 }))
      assert.deepEqual(checks, [`${house.account.id} 5 null`])
      assert.deepEqual(await checksAt(house, OPENING.subtract({ minutes: 10 })), checks)
    }))

  it('is left alone while its owner has paused the account', () =>
    withHouse(async (house) => {
      await ask(house)
      await pauseAccount(house.db, OWNER.id, house.account.id)
      assert.deepEqual(await checksAt(house, OPENING.subtract({ minutes: 10 })), [])
    }))

  it('is left alone for what is open already, or is watched', () =>
    withHouse(async (house) => {
      await ask(house, { watch: 'book' })
      assert.deepEqual(await checksAt(house, OPENING.subtract({ minutes: 10 })), [])
      await house.db.write((tx) => tx.updateTable('booking_actions').set({ watch: null }).execute())
      assert.deepEqual(await checksAt(house, OPENING.add({ minutes: 1 })), [])
    }))
})
