import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { toStamp } from '../../src/core/clock.ts'
import { type Account, listAccountsOf } from '../../src/db/accounts.ts'
import type { ActionErrorKind, ActionResult } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen, TODAY } from './support.ts'

type Asked = { course: string; date?: string; account?: Account | undefined; fails?: ActionErrorKind; says?: string }

/** Asks for a booking, which is done, or fails; a minute passes. */
async function ask(house: House, { course, date = '2026-11-23', account, fails, says }: Asked): Promise<void> {
  const [first] = await listAccountsOf(house.db.read, ANNA.id)
  const whose = account ?? first
  assert.ok(whose)
  const slot = { date, start: '18:00', end: '19:00', location: 'Giuriati - Corsi Platinum', course, siteId: null }
  const { id } = await enqueueAction(house.db, {
    type: 'book',
    userId: whose.user_id,
    accountId: whose.id,
    portal: whose.portal,
    slot,
    deadline: house.clock.now().add({ hours: 200 }),
  })
  if (!fails) await house.db.write((tx, now) => recordBooking(tx, whose, { ...slot, cancellable: true }, now))
  await end(house, id, { kind: 'booked' }, fails, says)
}

/** Cancels a booking of the first account, or fails to. */
async function cancel(house: House, bookingId: number, course: string, fails?: ActionErrorKind): Promise<void> {
  const [account] = await listAccountsOf(house.db.read, ANNA.id)
  assert.ok(account)
  const booking = { date: '2026-11-23', start: '18:00', end: '19:00', location: 'Giuriati - Corsi Platinum', course }
  const asked = { userId: ANNA.id, accountId: account.id, portal: account.portal, bookingId, booking }
  const deadline = house.clock.now().add({ hours: 24 })
  const { id } = await enqueueAction(house.db, { ...asked, type: 'cancel', deadline })
  await end(house, id, { kind: 'cancelled' }, fails)
}

/** Ends an action without the notice, whose message would come between. */
async function end(
  house: House,
  id: number,
  result: ActionResult,
  fails?: ActionErrorKind,
  portalSays?: string,
): Promise<void> {
  const error = fails && JSON.stringify({ kind: fails, message: 'test', portalSays })
  const ending = error
    ? { status: 'failed' as const, error }
    : { status: 'completed' as const, result: JSON.stringify(result) }
  await house.db.write(async (tx, now) => {
    await tx
      .updateTable('booking_actions')
      .set({ ...ending, completed_at: toStamp(now) })
      .where('id', '=', id)
      .execute()
  })
  house.clock.advance({ minutes: 1 })
}

/** Something of everything: booked, cancelled, failed, taken back, and a class booked on the site itself. */
async function live(house: House): Promise<void> {
  const [account] = await listAccountsOf(house.db.read, ANNA.id)
  assert.ok(account)
  const elsewhere = { date: '2026-11-16', start: '18:00', end: null, location: 'Giuriati - Fit Center', course: null }
  await house.db.write(async (tx, now) => {
    await recordBooking(tx, account, { ...elsewhere, cancellable: false }, now)
    await recordBooking(tx, account, { ...elsewhere, date: TODAY, course: 'Not yet', cancellable: true }, now)
  })
  await ask(house, { course: 'Yoga' })
  await ask(house, { course: 'Pilates <3', fails: 'slot-full', says: 'Posti "esauriti"; riprova,\ndomani' })
  await cancel(house, 2, 'Yoga', 'portal-down')
  await cancel(house, 2, 'Yoga')
  await ask(house, { course: '=HYPERLINK("http://evil";"Yoga")', fails: 'worker-lost' })
}

async function linesOf(house: House, chat: Chat): Promise<string[]> {
  return (await screen(house, chat)).text
    .split('\n')
    .filter((line) => /^(✅|↩️|❌|⚠️|🟢) [^b]/u.test(line) && !/ · ↩️ /.test(line))
}

async function fileText(house: House, chat: Chat): Promise<{ name: string; caption: string; text: string }> {
  await quiet(house, chat)
  const message = (await chat.messages()).findLast(({ document }) => document)
  assert.ok(message?.document)
  const text = (await chat.download(message.document)).toString('utf8')
  return { name: message.document.name, caption: message.text, text }
}

const SITE_ITSELF = '✅ Fit Center, Mon 16 Nov, 18:00 · Giuriati'

describe('/history', () => {
  it('lists what was booked, cancelled and not done, newest first', async () => {
    await using house = await openHouse()
    await live(house)
    const chat = await house.chat(ANNA)

    await chat.send('/history')

    const { text, labels } = await screen(house, chat)
    assert.equal(
      text,
      [
        '🕘 History',
        '',
        '⚠️ =HYPERLINK("http://evil";"Yoga"), Mon 23 Nov, 18:00 · Giuriati',
        '↩️ Yoga, Mon 23 Nov, 18:00 · Giuriati',
        '❌ cancel Yoga, Mon 23 Nov, 18:00 · Giuriati',
        '❌ Pilates <3, Mon 23 Nov, 18:00 · Giuriati',
        '✅ Yoga, Mon 23 Nov, 18:00 · Giuriati',
        SITE_ITSELF,
        '',
        '✅ booked · ↩️ cancelled · ❌ not done · ⚠️ not sure',
      ].join('\n'),
    )
    assert.deepEqual(labels, [
      ...['• Everything', '✅ Booked', '↩️ Cancelled', '❌ Not done'],
      ...['📄 Excel (CSV)', '📄 JSON', '‹ Menu'],
    ])
    assert.deepEqual(await house.control.violations(), [])
  })

  it('filters, and explains what was not done', async () => {
    await using house = await openHouse()
    await live(house)
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')
    await chat.press('History')
    await chat.see(/^🕘/)

    await chat.press('✅ Booked')
    assert.deepEqual(await linesOf(house, chat), ['✅ Yoga, Mon 23 Nov, 18:00 · Giuriati', SITE_ITSELF])
    await chat.press('↩️ Cancelled')
    assert.deepEqual(await linesOf(house, chat), ['↩️ Yoga, Mon 23 Nov, 18:00 · Giuriati'])
    await chat.press('❌ Not done')
    assert.deepEqual(
      (await linesOf(house, chat)).map((line) => line.slice(0, 10)),
      ['⚠️ =HYPERL', '❌ cancel Y', '❌ Pilates '],
    )
    await chat.press('🔍 Pilates <3, Mon 23 Nov, 18:00')

    await chat.see(/❌ #2 Pilates <3[\s\S]*somebody was quicker/)
  })

  it('shows a class booked here once, though it is among the bookings too', async () => {
    await using house = await openHouse()
    await ask(house, { course: 'Yoga', date: TODAY })
    await ask(house, { course: 'Later', date: '2026-12-01' })
    house.clock.advance({ hours: 30 })
    const chat = await house.chat(ANNA)

    await chat.send('/history')

    assert.deepEqual(await linesOf(house, chat), [
      '✅ Later, Tue 1 Dec, 18:00 · Giuriati',
      '✅ Yoga, Sat 21 Nov, 18:00 · Giuriati',
    ])
  })

  it('separates accounts where there are several', async () => {
    await using house = await openHouse({ accounts: ['Mine', 'Partner & co'] })
    const [, partner] = await listAccountsOf(house.db.read, ANNA.id)
    await ask(house, { course: 'Yoga' })
    await ask(house, { course: 'Swim', account: partner })
    const chat = await house.chat(ANNA)
    await chat.send('/history')
    assert.deepEqual(await linesOf(house, chat), [
      '✅ Swim, Mon 23 Nov, 18:00 · Giuriati · Partner & co',
      '✅ Yoga, Mon 23 Nov, 18:00 · Giuriati · Mine',
    ])

    await chat.press('Partner & co')
    assert.deepEqual(await linesOf(house, chat), ['✅ Swim, Mon 23 Nov, 18:00 · Giuriati'])
    const { labels } = await screen(house, chat)
    assert.deepEqual(labels.slice(4, 7), ['All accounts', 'Mine', '• Partner & co'])
    await chat.press('❌ Not done')
    await chat.see(/Nothing here yet/)
    assert.ok((await screen(house, chat)).labels.includes('• Partner & co'), 'the account stays chosen')
  })

  it('goes in pages', async () => {
    await using house = await openHouse()
    for (let n = 1; n <= 23; n++) await ask(house, { course: `Class ${n}` })
    const chat = await house.chat(ANNA)
    await chat.send('/history')

    assert.equal((await linesOf(house, chat)).length, 10)
    await chat.press('›')
    await chat.press('›')
    assert.deepEqual(
      (await linesOf(house, chat)).map((line) => line.split(',')[0]),
      ['✅ Class 3', '✅ Class 2', '✅ Class 1'],
    )
    await chat.pressData('history:all:0:999')
    assert.equal((await linesOf(house, chat)).length, 3)
  })

  it('speaks Italian', async () => {
    await using house = await openHouse({ user: BRUNO })
    const [account] = await listAccountsOf(house.db.read, BRUNO.id)
    await ask(house, { course: 'Yoga', account })
    const chat = await house.chat(BRUNO)

    await chat.send('/history')
    await chat.see(/🕘 Cronologia\n\n✅ Yoga, lun 23 nov, 18:00 · Giuriati\n\n✅ prenotato/)
    await chat.press('Excel')

    const { text } = await fileText(house, chat)
    assert.equal(text.split('\r\n')[1]?.split(';').slice(0, 4).join(';'), '1;book;booked;Yoga')
  })
})

describe('the history as a file', () => {
  it('is a table that Excel reads, and takes no name for a formula', async () => {
    await using house = await openHouse()
    await live(house)
    for (const course of ['+39', '-1', '@sum', '\t=1']) await ask(house, { course })
    const chat = await house.chat(ANNA)
    await chat.send('/history')
    await chat.press('CSV')

    const { name, caption, text } = await fileText(house, chat)
    assert.equal(name, 'bookwright-history-2026-11-21.csv')
    assert.equal(caption, '🕘 Your history: 10 entries.')
    assert.ok(text.startsWith('\ufeffrequest,asked_for,outcome,name,'))
    const rows = text.trimEnd().split('\r\n')
    assert.equal(rows.length, 11)
    for (const guarded of ["'+39", "'-1", "'@sum", "'=1", `"'=HYPERLINK(""http://evil"";""Yoga"")"`])
      assert.equal(rows.filter((row) => row.includes(`,${guarded},`)).length, 1, guarded)
    assert.doesNotMatch(text, /(^|,)"?[=+@-]/m)
    assert.ok(
      rows.includes(
        '2,book,not-done,Pilates <3,Giuriati - Corsi Platinum,2026-11-23,18:00,19:00,Polimisport,Polimisport,' +
          '2026-11-21T09:01:00.000Z,2026-11-21T09:01:00.000Z,slot-full,It is full: somebody was quicker.,' +
          '"Posti ""esauriti""; riprova, domani"',
      ),
      text,
    )
    assert.ok(rows.includes(',,booked,Fit Center,Giuriati - Fit Center,2026-11-16,18:00,,Polimisport,Polimisport,,,,,'))
  })

  it('is JSON of the same entries, filtered as on the screen', async () => {
    await using house = await openHouse()
    await live(house)
    const chat = await house.chat(ANNA)
    await chat.send('/history')
    await chat.press('✅ Booked')
    await chat.see(/• ✅|Fit Center/)
    await chat.press('JSON')

    const { name, text } = await fileText(house, chat)
    assert.equal(name, 'bookwright-history-2026-11-21.json')
    const { entries, ...head } = JSON.parse(text)
    assert.deepEqual(head, { made_at: '2026-11-21T09:05:00.000Z', filter: 'booked', account: null, complete: true })
    assert.deepEqual(
      entries.map((entry: { name: string; outcome: string; request: number | null }) => [
        entry.name,
        entry.outcome,
        entry.request,
      ]),
      [
        ['Yoga', 'booked', 1],
        ['Fit Center', 'booked', null],
      ],
    )
    assert.deepEqual(entries[0], {
      request: 1,
      asked_for: 'book',
      outcome: 'booked',
      name: 'Yoga',
      location: 'Giuriati - Corsi Platinum',
      date: '2026-11-23',
      start: '18:00',
      end: '19:00',
      account: 'Polimisport',
      portal: 'Polimisport',
      asked_at: '2026-11-21T09:00:00.000Z',
      ended_at: '2026-11-21T09:00:00.000Z',
      reason: null,
      reason_text: null,
      site_says: null,
    })
  })

  it("is nobody else's", async () => {
    await using house = await openHouse()
    const [bruno] = await house.addUser(BRUNO)
    await live(house)
    const chat = await house.chat(BRUNO)

    await chat.send('/history')
    await chat.see(/Qui non c’è ancora niente/)
    for (const data of ['history:all:1:0', 'history-file:all:1:csv', 'history:mine:0:0', 'history-file:all:0:xls'])
      assert.match((await chat.pressData(data)) ?? '', /non è più attuale/, data)
    await chat.pressData('history-file:all:0:json')
    assert.deepEqual(JSON.parse((await fileText(house, chat)).text).entries, [])
    assert.equal(await chat.pressData(`history:all:${bruno?.id}:0`), undefined)
  })

  it('says where it was cut', async () => {
    await using house = await openHouse()
    await ask(house, { course: 'Yoga' })
    await copyAction(house, 2100)
    const chat = await house.chat(ANNA)

    await chat.send('/history')
    assert.doesNotMatch((await screen(house, chat)).text, /newest/)
    await chat.pressData('history:all:0:199')
    await chat.see(/These are the newest 2,000; older ones are left out/)
    await chat.press('JSON')
    const { caption, text } = await fileText(house, chat)
    assert.equal(caption, '🕘 Your history: 2,000 entries.\nThese are the newest 2,000; older ones are left out.')
    assert.equal(JSON.parse(text).complete, false)
  })
})

/** So many more of the newest action, at once. */
async function copyAction(house: House, count: number): Promise<void> {
  const { id: _, ...row } = await house.db.read.selectFrom('booking_actions').selectAll().executeTakeFirstOrThrow()
  await house.db.write(async (tx) => {
    for (let n = 0; n < count; n += 100)
      await tx
        .insertInto('booking_actions')
        .values(Array.from({ length: 100 }, (_, m) => ({ ...row, origin: `copy:${n + m}` })))
        .execute()
  })
}
