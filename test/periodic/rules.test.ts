import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerOccurrence } from '../../src/db/answers.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { updateRule } from '../../src/db/periodic-bookings.ts'
import { deleteRule, pauseRule, resumeRule, skipNext } from '../../src/db/rule-changes.ts'
import { updateUser } from '../../src/db/users.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { FRIDAY_23, openRuleHouse, type RuleHouse, SATURDAY_00 } from './support.ts'

async function withRules(test: (house: RuleHouse) => Promise<void>): Promise<void> {
  const house = await openRuleHouse()
  try {
    await test(house)
  } finally {
    await house.close()
  }
}

const YOGA = { location: 'Giuriati - Corsi Platinum', course: 'Yoga', date: '2026-11-30', start: '18:00', end: '18:55' }

async function deliver({ db }: RuleHouse): Promise<void> {
  await db.write((tx) => tx.updateTable('pending_confirmations').set({ chat_message_id: 77 }).execute())
}

async function book({ db, account }: RuleHouse): Promise<void> {
  await db.write((tx, now) => recordBooking(tx, account, { ...YOGA, cancellable: true }, now))
}

describe('the question about a recurring booking', () => {
  it('is asked an hour before the opening, and no sooner', () =>
    withRules(async (house) => {
      await house.addRule()
      await house.at('2026-11-27T21:59:59Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), [])

      await house.at(FRIDAY_23)
      await house.look()
      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])
      assert.deepEqual(await house.owed(), ['asked'])
    }))

  it('is one, however many executors look at the same moment', () =>
    withRules(async (house) => {
      await house.addRule()
      await house.addRule({ start: '18:30', course: 'Zumba', mode: 'automatic' })
      const others = await Promise.all([house.open(), house.open(), house.open()])
      await house.at(FRIDAY_23)

      await Promise.all([house.db, ...others, ...others].map((db) => house.look(db)))

      assert.deepEqual((await house.occurrences()).toSorted(), ['2026-11-30 asked', '2026-11-30 automatic'])
      assert.deepEqual(await house.owed(), ['asked'])
      assert.deepEqual(await house.actions(), ['book 2026-11-30 pending'])
    }))

  it('comes before the quiet hours, and at the time its rule or its user wants', () =>
    withRules(async (house) => {
      await updateUser(house.db, OWNER.id, { quiet_from: '22:00', quiet_to: '08:00' })
      await house.addRule()
      await house.at('2026-11-27T20:58:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), [])
      await house.at('2026-11-27T20:59:01Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])

      await updateUser(house.db, OWNER.id, { quiet_from: null, quiet_to: null, lead_minutes: 360 })
      await house.addRule({ weekday: 2 })
      await house.at('2026-11-28T17:00:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 expired', '2026-12-01 asked'])
    }))

  it('is still asked after a day of downtime, with time to answer, and not when it is too late', () =>
    withRules(async (house) => {
      await house.addRule()
      await house.at('2026-11-28T18:00:00Z')
      await house.look()
      const { deadline } = await house.db.read.selectFrom('pending_confirmations').selectAll().executeTakeFirstOrThrow()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])
      assert.equal(deadline, '2026-11-28T19:00:00.000Z')

      await house.at('2026-12-07T16:59:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 expired'])
    }))

  it('is answered once: the first press counts, and a press after the deadline does not', () =>
    withRules(async (house) => {
      await house.addRule()
      await house.at(FRIDAY_23)
      await house.look()
      const answer = (how: 'confirm' | 'skip') => answerOccurrence(house.db, OWNER.id, 1, how)

      const answers = await Promise.all([answer('confirm'), answer('skip'), answer('confirm')])

      assert.deepEqual(answers.filter((one) => one === 'done').length, 1)
      const confirmed = (await house.occurrences())[0] === '2026-11-30 confirmed'
      assert.equal((await house.actions()).length, confirmed ? 1 : 0)
      await house.at('2026-12-04T22:00:01Z')
      await house.look()
      await house.at('2026-12-04T23:00:00Z')
      assert.equal(await answerOccurrence(house.db, OWNER.id, 2, 'confirm'), 'late')
      await house.look()
      assert.equal(await answerOccurrence(house.db, OWNER.id, 2, 'confirm'), 'late')
      assert.equal(await answerOccurrence(house.db, OWNER.id, 2, 'book-anyway'), 'done')
    }))

  it('is nobody else’s to answer', () =>
    withRules(async (house) => {
      await house.addRule()
      await house.at(FRIDAY_23)
      await house.look()

      assert.equal(await answerOccurrence(house.db, GUEST.id, 1, 'confirm'), undefined)
      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])
    }))

  it('is void when its rule is deleted, and skipped when it is paused', () =>
    withRules(async (house) => {
      const paused = await house.addRule()
      const deleted = await house.addRule({ start: '18:30', course: 'Zumba' })
      await house.at(FRIDAY_23)
      await house.look()

      await pauseRule(house.db, OWNER.id, paused, null)
      await deleteRule(house.db, OWNER.id, deleted)

      assert.deepEqual(await house.occurrences(), ['2026-11-30 skipped'])
      assert.equal(await answerOccurrence(house.db, OWNER.id, 1, 'confirm'), 'answered')
      assert.equal(await answerOccurrence(house.db, OWNER.id, 2, 'confirm'), undefined)
      assert.deepEqual(await house.actions(), [])
      assert.deepEqual(await house.owed(), ['asked', 'asked', 'skipped'])
    }))

  it('stands as it was asked when the mode of its rule changes meanwhile', () =>
    withRules(async (house) => {
      const rule = await house.addRule()
      await house.at(FRIDAY_23)
      await house.look()
      await updateRule(house.db, OWNER.id, rule, { mode: 'automatic' })
      await house.look()

      assert.equal(await answerOccurrence(house.db, OWNER.id, 1, 'skip'), 'done')

      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 skipped'])
      assert.deepEqual(await house.actions(), [])
    }))

  it('is not asked about what the user has booked already', () =>
    withRules(async (house) => {
      await house.addRule()
      await book(house)
      await house.at(FRIDAY_23)

      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 confirmed'])
      assert.deepEqual(await house.owed(), [])
    }))
})

describe('a rule', () => {
  it('that was paused goes on when its date has come', () =>
    withRules(async (house) => {
      const rule = await house.addRule()
      await pauseRule(house.db, OWNER.id, rule, '2026-12-01')
      await house.at(SATURDAY_00)
      await house.look()
      assert.deepEqual(await house.occurrences(), [])

      await house.at('2026-12-04T22:00:01Z')
      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-12-07 asked'])
    }))

  it('takes its booking out of the queue when it is paused, skipped or deleted', () =>
    withRules(async (house) => {
      for (const how of ['pause', 'skip', 'delete'] as const) {
        const rule = await house.addRule({ mode: 'automatic', course: how })
        await house.at(FRIDAY_23)
        await house.look()
        if (how === 'pause') await pauseRule(house.db, OWNER.id, rule, null)
        else if (how === 'skip')
          assert.deepEqual(await skipNext(house.db, OWNER.id, rule), { date: '2026-11-30', is: 'skipped' })
        else await deleteRule(house.db, OWNER.id, rule)
      }
      assert.deepEqual(await house.actions(), Array(3).fill('book 2026-11-30 cancelled'))
    }))

  it('skips the next one that is not skipped yet, and says when it is booked', () =>
    withRules(async (house) => {
      const rule = await house.addRule({ mode: 'automatic' })
      assert.deepEqual(await skipNext(house.db, OWNER.id, rule), { date: '2026-11-30', is: 'skipped' })
      assert.deepEqual(await skipNext(house.db, OWNER.id, rule), { date: '2026-12-07', is: 'skipped' })
      await house.at('2026-12-11T22:00:01Z')
      await house.look()
      await house.db.write((tx) =>
        tx
          .updateTable('booking_actions')
          .set({ status: 'completed', completed_at: '2026-12-12T00:00:00.000Z' })
          .execute(),
      )

      assert.deepEqual(await skipNext(house.db, OWNER.id, rule), { date: '2026-12-14', is: 'booked' })
      await resumeRule(house.db, OWNER.id, rule)
      assert.deepEqual(await house.occurrences(), ['2026-11-30 skipped', '2026-12-07 skipped', '2026-12-14 automatic'])
    }))

  it('tells once that its class is not on the timetable, and asks when it is there after all', () =>
    withRules(async (house) => {
      await house.addRule()
      house.clock.set('2026-11-27T20:00:00Z')
      await house.timetable({ course: 'Zumba' })
      house.clock.set(FRIDAY_23)
      await house.look()
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 missing'])
      assert.deepEqual(await house.owed(), ['missing'])

      await house.timetable({ course: 'Yoga' })
      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])
    }))

  it('asks whether to follow a class that has moved, once or for good', () =>
    withRules(async (house) => {
      const rule = await house.addRule({ mode: 'automatic' })
      house.clock.set('2026-11-27T20:00:00Z')
      await house.timetable({ start: '18:15', end: '19:10' }, { start: '20:00', end: '20:55' })
      house.clock.set(FRIDAY_23)
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 moved'])

      await answerOccurrence(house.db, OWNER.id, 1, 'follow')

      const { time_slot } = await house.db.read
        .selectFrom('periodic_bookings')
        .select('time_slot')
        .where('id', '=', rule)
        .executeTakeFirstOrThrow()
      const [action] = await house.db.read.selectFrom('booking_actions').selectAll().execute()
      assert.deepEqual([time_slot, action?.time_slot], ['18:15', '18:15'])
    }))

  it('has an old timetable read again before it asks, once an hour, and does not wait for it for ever', () =>
    withRules(async (house) => {
      await house.addRule()
      house.clock.set('2026-11-27T20:30:00Z')
      await house.look()
      await house.look()
      const refreshes = () =>
        house.db.read.selectFrom('booking_actions').selectAll().where('action_type', '=', 'refresh').execute()
      assert.equal((await refreshes()).length, 1)

      house.clock.set(FRIDAY_23)
      await house.look()
      assert.deepEqual(await house.occurrences(), [])
      house.clock.set('2026-11-27T22:05:00Z')
      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 asked'])
    }))
})

describe('a booking that is asked about later', () => {
  async function booked(house: RuleHouse): Promise<void> {
    await house.addRule({ mode: 'book-then-ask' })
    house.clock.set(FRIDAY_23)
    await house.timetable({})
    await house.look()
    assert.deepEqual(await house.actions(), ['book 2026-11-30 pending'])
    await house.db.write((tx) =>
      tx
        .updateTable('booking_actions')
        .set({ status: 'completed', completed_at: '2026-11-27T23:00:01.000Z' })
        .execute(),
    )
    await book(house)
    await house.look()
    assert.deepEqual(await house.occurrences(), ['2026-11-30 booking'])
  }

  it('is asked about five hours before, and cancelled an hour before without an answer', () =>
    withRules(async (house) => {
      await booked(house)
      house.clock.set('2026-11-30T12:00:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 keep-asked'])
      await deliver(house)

      house.clock.set('2026-11-30T16:00:00Z')
      await house.look()
      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 dropped'])
      assert.deepEqual(await house.actions(), ['book 2026-11-30 completed', 'cancel 2026-11-30 pending'])
    }))

  it('is never cancelled when the question did not reach anybody, or could not be asked in time', () =>
    withRules(async (house) => {
      await booked(house)
      house.clock.set('2026-11-30T12:00:00Z')
      await house.look()
      house.clock.set('2026-11-30T16:00:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 kept'])

      await house.db.write((tx) =>
        tx.updateTable('pending_confirmations').set({ state: 'booking', asked_at: null, deadline: null }).execute(),
      )
      house.clock.set('2026-11-30T16:45:00Z')
      await house.look()
      assert.deepEqual(await house.occurrences(), ['2026-11-30 kept'])
      assert.deepEqual(await house.actions(), ['book 2026-11-30 completed'])
    }))

  it('is no question any more when its user has cancelled it', () =>
    withRules(async (house) => {
      await booked(house)
      house.clock.set('2026-11-30T12:00:00Z')
      await house.look()
      await house.db.write((tx) => tx.deleteFrom('user_bookings').execute())

      await house.look()

      assert.deepEqual(await house.occurrences(), ['2026-11-30 void'])
      assert.equal(await answerOccurrence(house.db, OWNER.id, 1, 'keep'), 'answered')
    }))
})
