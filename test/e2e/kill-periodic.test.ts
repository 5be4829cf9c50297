import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { listAccounts } from '../../src/db/accounts.ts'
import { addRule } from '../../src/db/periodic-bookings.ts'
import { OWNER } from '../support/house.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

let house: WholeHouse

before(async () => {
  house = await openWholeHouse()
  await house.startBot()
  await house.ada.send('/start')
  await house.ada.see('Hi')
})
after(() => house.close())

/** A rule for a class of tomorrow, which is open already: it is asked about at once. */
async function addRuleForTomorrow(): Promise<void> {
  const account = (await listAccounts(house.db.read)).find(({ user_id }) => user_id === OWNER.id)
  assert.ok(account)
  const tomorrow = house.db.clock.now().toZonedDateTimeISO('Europe/Rome').add({ days: 1 })
  await addRule(house.db, {
    userId: OWNER.id,
    accountId: account.id,
    portal: account.portal,
    location: 'Giuriati - Corsi Platinum',
    course: 'Yoga',
    weekday: tomorrow.dayOfWeek,
    start: '23:30',
    end: null,
    mode: 'ask',
  })
}

describe('the periodic executor, killed at any moment', () => {
  it('asks once, with several running and each killed again and again', async () => {
    // The timetable is as good as read, so that nobody waits for it; what is not on it yet is asked about all the same.
    await addRuleForTomorrow()
    for (let round = 0; round < 4; round++) {
      const executors = await Promise.all([house.startPeriodic(), house.startPeriodic()])
      await pause(Math.random() * 60)
      await Promise.all(executors.map(kill9))
    }
    await Promise.all([house.startPeriodic(), house.startPeriodic()])

    await house.ada.see('Shall I book Yoga?')
    await house.ada.idle()

    const asked = (await house.ada.messages()).filter(({ text }) => text.includes('Shall I book Yoga?'))
    const rows = await house.db.read.selectFrom('pending_confirmations').selectAll().execute()
    assert.equal(asked.length, 1)
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['asked'],
    )
  })

  it('leaves the answer to whoever is there: it is queued once', async () => {
    await house.ada.pressTwice('Confirm')
    await house.ada.idle()

    const actions = await house.db.read
      .selectFrom('booking_actions')
      .selectAll()
      .where('action_type', '=', 'book')
      .execute()
    assert.equal(actions.length, 1)
    await house.ada.see('Booking Yoga')
  })
})
