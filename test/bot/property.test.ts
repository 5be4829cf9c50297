import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { recordBooking } from '../../src/db/bookings.ts'
import { ANNA, BRUNO, fillTimetable, openHouse, quiet, slot, TOMORROW } from './support.ts'

const NAMES = [
  ...['quick', 'languages', 'quiet-hours', 'set-quiet', 'quiet-off', 'type-quiet', 'notices', 'mute', 'leads', 'lead'],
  ...['menu', 'book', 'days', 'day', 'slot', 'book-slot', 'other-classes', 'again', 'take-back', 'action', 'bookings'],
  ...[
    'sync',
    'ask-cancel',
    'cancel',
    'timetable',
    'timetable-of',
    'times',
    'refresh',
    'recurring',
    'calendar',
    'to-calendar',
    'history',
    'history-file',
    'why',
    'stats',
    'stats-of',
    'settings',
    'check',
    'accounts',
    'account',
    'account-add',
    'account-change',
    'account-rename',
    'account-suspend',
    'account-use',
    'account-remove',
    'account-remove-yes',
  ],
]

/** Callback data as a forger writes it: names that exist with ids that may be anybody's, or anything at all. */
const callbackData = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: 4 }).map(String),
          fc.constantFrom(TOMORROW, 'all', 'csv', '30', '', '-1', 'x', 'password', 'otpauth'),
        ),
        {
          maxLength: 3,
        },
      ),
    )
    .map(([name, fields]) => [name, ...fields].join(':')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 15 }),
)

const text = fc.oneof(
  fc.constantFrom('10012345', 'JBSWY3DPEHPK3PXP', '/cancel', 'hunter2'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('/status', '/cancel', '/book', '/start', '/refresh', '/why', '/history', '/stats', '/accounts'),
      fc.string({ maxLength: 12 }),
    )
    .map((parts) => parts.join(' ')),
)

describe('whatever somebody sends', () => {
  it("never stops the bot, and never touches another user's rows", async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    await fillTimetable(house.db, [slot(), slot({ start: '20:00', siteId: '2' })])
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await anna.idle()
    await anna.pressData('book-slot:1:1')
    const [account] = await house.addUser(ANNA)
    assert.ok(account)
    const held = { date: TOMORROW, start: '20:00', end: '21:00', location: 'L', course: 'C', cancellable: true }
    await house.db.write((tx) => recordBooking(tx, account, held, house.clock.now()))
    await quiet(house, anna)
    const rowsOfAnna = async () => [
      await house.db.read.selectFrom('booking_actions').selectAll().where('user_id', '=', ANNA.id).execute(),
      await house.db.read.selectFrom('user_bookings').selectAll().where('user_id', '=', ANNA.id).execute(),
      await house.db.read.selectFrom('accounts').selectAll().where('user_id', '=', ANNA.id).execute(),
      await house.db.read.selectFrom('users').selectAll().where('id', '=', ANNA.id).execute(),
    ]
    const before = await rowsOfAnna()
    const transcript = await anna.transcript()
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')

    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(callbackData, text), { maxLength: 12 }), async (inputs) => {
        await Promise.all(
          inputs.map(async (input) => {
            if (input.trim() === '') return
            if (input.startsWith('/')) await bruno.send(input)
            else await bruno.pressData(input, { messageId: 2 })
          }),
        )
      }),
      { numRuns: 40 },
    )
    await bruno.send('/help')
    await bruno.see(/Che cosa so fare/)

    assert.deepEqual(await rowsOfAnna(), before)
    assert.equal(await anna.transcript(), transcript)
    assert.deepEqual(await house.control.violations(), [])
    const refused = (await house.control.calls()).filter(({ status }) => status === 400)
    assert.deepEqual(
      refused.filter(({ error }) => !/not modified|can't be edited|to edit not found/.test(error ?? '')),
      [],
    )
  })
})
