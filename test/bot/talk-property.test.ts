import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Chat } from '../../sim/telegram/client.ts'
import { listAccountsOf, openCredentials } from '../../src/db/accounts.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { addRule } from '../../src/db/periodic-bookings.ts'
import { ANNA, BRUNO, fillTimetable, type House, MONDAY, openHouse, quiet, slot } from './support.ts'

const LOGIN = '10012345'
const PASSWORD = 'hunter2 & <co>'
const SECRET = 'JBSWY3DPEHPK3PXP'
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** Buttons that carry nothing: they mean the same to everybody. */
const EVERYBODYS = /^(menu|settings|accounts|bookings|recurring|account-add|rule-new|leave)/
/** What leads into conversations that ask for more than a press. */
const STARTS = [
  'account-add',
  'rule-new',
  'recurring',
  'accounts',
  'account-change:2:password',
  'account-rename:2',
] as const

/** One thing that somebody does, or that happens to the bot. */
type Deed =
  | { kind: 'start'; data: string }
  /** Any of the buttons in sight. */
  | { kind: 'press'; which: number }
  /** A button seen before, whatever has become of it. */
  | { kind: 'press-stale'; which: number }
  /** A button out of somebody else's chat. */
  | { kind: 'press-foreign'; which: number }
  /** An answer to the newest question that was not offered. */
  | { kind: 'forge'; choice: string }
  | { kind: 'say'; text: string }
  | { kind: 'send-photo' }
  | { kind: 'send-file' }
  /** The same update comes again. */
  | { kind: 'repeat' }
  | { kind: 'restart' }
  | { kind: 'wait-long' }

const which = fc.nat({ max: 200 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('start' as const), data: fc.constantFrom(...STARTS) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('press' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('press-stale' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('press-foreign' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('forge' as const),
      choice: fc.constantFrom('none', '1', 'save', 'x', '..'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      text: fc.constantFrom(
        LOGIN,
        PASSWORD,
        SECRET,
        '18:30',
        'Pilates',
        '/cancel',
        '/recurring',
        '/start',
        '/x',
        '🎾 <b>',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Deed>({ kind: 'send-photo' }, { kind: 'send-file' }, { kind: 'wait-long' }) },
  { weight: 2, arbitrary: fc.constantFrom<Deed>({ kind: 'repeat' }, { kind: 'restart' }) },
)

/** Every button Bruno has seen, in the order in which he saw them. */
type Seen = string[]

async function buttonsOf(chat: Chat): Promise<string[]> {
  return (await chat.messages()).flatMap(({ buttons }) => buttons.flatMap(({ data }) => data ?? []))
}

/** Bruno does it, or it befalls the bot; but he never deletes all his data: then the bot does not know him any more. */
async function carryOut(house: House, bruno: Chat, foreign: readonly string[], seen: Seen, deed: Deed): Promise<void> {
  const pick = (from: readonly string[], which: number) => from[which % Math.max(1, from.length)]
  const press = async (data: string | undefined) => void (data !== undefined && (await bruno.pressData(data)))
  const inSight = (await buttonsOf(bruno)).filter((data) => !data.startsWith('leave'))
  for (const data of inSight) if (!seen.includes(data)) seen.push(data)
  switch (deed.kind) {
    case 'start':
      return press(deed.data)
    case 'press':
      return press(pick(inSight, inSight.length - 1 - (deed.which % Math.max(1, inSight.length))))
    case 'press-stale':
      return press(pick(seen, deed.which))
    case 'press-foreign':
      return press(pick(foreign, deed.which))
    case 'forge':
      return press(inSight.findLast((data) => data.startsWith('talk:'))?.replace(/[^:]*$/, deed.choice))
    case 'say':
      return void (await bruno.send(deed.text))
    case 'send-photo':
      return void (await bruno.sendPhoto(DOT))
    case 'send-file':
      return void (await bruno.sendDocument('a.txt', 'x'))
    case 'repeat':
      return house.control.repeatUpdate()
    case 'restart':
      await house.bot.stop()
      return house.startBot()
    case 'wait-long':
      return house.clock.advance({ minutes: 61 })
  }
}

/** All that is Anna's. */
async function rowsOfAnna({ db: { read } }: House): Promise<unknown[]> {
  const tables = ['accounts', 'booking_actions', 'user_bookings', 'periodic_bookings', 'notices'] as const
  return Promise.all(tables.map((table) => read.selectFrom(table).selectAll().where('user_id', '=', ANNA.id).execute()))
}

/** Whatever Bruno has made is whole: a login with all that it needs, a rule of a class at a time. */
async function findsAllWhole({ db, vault }: House): Promise<void> {
  for (const { id, name } of await listAccountsOf(db.read, BRUNO.id)) {
    const { username, password } = await openCredentials(db.read, vault, id)
    assert.ok(username !== '' && password !== '' && name !== '')
  }
  for (const rule of await db.read
    .selectFrom('periodic_bookings')
    .selectAll()
    .where('user_id', '=', BRUNO.id)
    .execute()) {
    const owner = await db.read
      .selectFrom('accounts')
      .select('user_id')
      .where('id', '=', rule.account_id)
      .executeTakeFirst()
    assert.equal(owner?.user_id, BRUNO.id)
    assert.match(rule.time_slot, /^\d\d:\d\d$/)
    assert.notEqual(rule.name_key, '')
    assert.ok(rule.weekday >= 1 && rule.weekday <= 7)
  }
}

describe('conversations, whatever somebody does in them', () => {
  it('go on, keep out of what is others’, and leave nothing half made', { timeout: 200_000 }, async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    await fillTimetable(house.db, [
      slot({ date: MONDAY, start: '18:30', end: '19:25', course: 'Pilates', siteId: '1' }),
      slot({ date: MONDAY, start: '20:00', end: '21:00', siteId: '2' }),
    ])
    const [account] = await listAccountsOf(house.db.read, ANNA.id)
    assert.ok(account)
    const held = { date: MONDAY, start: '20:00', end: '21:00', location: 'L', course: 'C', cancellable: true }
    await house.db.write((tx) => recordBooking(tx, account, held, house.clock.now()))
    const of = { userId: ANNA.id, accountId: account.id, portal: 'polimisport', location: 'L', course: 'C' }
    await addRule(house.db, { ...of, weekday: 1, start: '20:00', end: '21:00', mode: 'ask' })
    const anna = await house.chat(ANNA)
    await anna.send('/recurring')
    await anna.see('C')
    await anna.send('/accounts')
    await anna.press('Polimisport')
    await anna.press('Change the password')
    await anna.see(/What is the password/)
    await quiet(house, anna)
    const foreign = (await buttonsOf(anna)).filter((data) => !EVERYBODYS.test(data))
    const before = { rows: await rowsOfAnna(house), chat: await anna.transcript() }
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')
    await quiet(house, bruno)

    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), async (deeds) => {
        const seen: Seen = []
        for (const one of deeds) await carryOut(house, bruno, foreign, seen, one)
        await quiet(house, bruno)
        await findsAllWhole(house)
        assert.deepEqual(await rowsOfAnna(house), before.rows)
        assert.equal(await anna.transcript(), before.chat)
        await bruno.seeNot(/qualcosa è andato storto/i)
      }),
      { numRuns: 30 },
    )

    assert.deepEqual(await house.control.violations(), [])
    await anna.send('/accounts')
    await anna.see(/✅ Polimisport/)
  })
})
