import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat, SeenMessage } from '../../sim/telegram/client.ts'
import { readTexts } from '../../src/bot/texts.ts'
import { collectWeek } from '../../src/bot/week/collect.ts'
import type { WeekEntry } from '../../src/bot/week/picture.ts'
import { type Account, listAccountsOf } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { beginOccurrence } from '../../src/db/confirmations.ts'
import { addRule, findRuleOf } from '../../src/db/periodic-bookings.ts'
import { pauseRule } from '../../src/db/rule-changes.ts'
import { ensureUser, findUser } from '../../src/db/users.ts'
import type { PortalBooking } from '../../src/portals/contract.ts'
import {
  ANNA,
  BRUNO,
  fillTimetable,
  type House,
  MONDAY,
  openHouse,
  quiet,
  STRANGER,
  slot,
  TODAY,
  TOMORROW,
  TUESDAY,
} from './support.ts'

const LOCATION = 'Giuriati - Corsi Platinum'
const NEXT_MONDAY = '2026-11-30'

async function book(house: House, account: Account, change: Partial<PortalBooking> = {}): Promise<void> {
  const booking = {
    date: MONDAY,
    start: '18:00',
    end: '19:00',
    location: LOCATION,
    course: 'Pilates',
    cancellable: true,
  }
  await house.db.write((tx) => recordBooking(tx, account, { ...booking, ...change }, house.clock.now()))
}

async function queue(
  house: House,
  account: Account,
  change: Partial<{ date: string; course: string; watch: 'tell' | 'book' }>,
) {
  const { date = TUESDAY, course = 'Zumba', watch } = change
  await enqueueAction(house.db, {
    type: 'book',
    userId: account.user_id,
    accountId: account.id,
    portal: account.portal,
    slot: { date, start: '19:30', end: '20:30', location: LOCATION, course, siteId: null },
    deadline: Temporal.Instant.from(`${date}T18:00:00Z`),
    ...(watch ? { watch } : {}),
  })
}

async function repeat(house: House, account: Account, weekday: number, course: string): Promise<number> {
  const of = { userId: account.user_id, accountId: account.id, portal: account.portal, location: LOCATION }
  const { id } = await addRule(house.db, { ...of, course, weekday, start: '18:00', end: '19:00', mode: 'ask' })
  return id
}

async function firstAccount(house: House, userId = ANNA.id): Promise<Account> {
  const [account] = await listAccountsOf(house.db.read, userId)
  assert.ok(account)
  return account
}

/** The entries of Anna's week, each as "date start kind name". */
async function entriesOf(house: House, week = 0): Promise<string[]> {
  const picture = await collectWeek(house.db, readTexts().en, ANNA.id, week)
  assert.ok(picture)
  const said = ({ date, start, kind, name }: WeekEntry) => `${date} ${start} ${kind} ${name}`
  return picture.days.flatMap((day) => day.entries.map(said))
}

/** The newest message, which has to be a picture. */
async function picture(house: House, chat: Chat): Promise<SeenMessage & { photo: NonNullable<SeenMessage['photo']> }> {
  await quiet(house, chat)
  const message = await chat.last()
  const photo = message?.photo
  assert.ok(message && photo, 'the newest message is no picture')
  return { ...message, photo }
}

describe('what a week holds', () => {
  it('is what all accounts hold, wait for and have recurring, and the places that are free', async () => {
    await using house = await openHouse({ accounts: ['Anna', 'Leo'] })
    const [anna, leo] = await listAccountsOf(house.db.read, ANNA.id)
    assert.ok(anna && leo)
    await book(house, anna)
    await book(house, leo, { date: TODAY, start: '20:00', course: 'Gag' })
    await queue(house, leo, {})
    await repeat(house, anna, 3, 'Spinning')
    await fillTimetable(house.db, [slot(), slot({ date: TODAY, start: '12:00', course: 'Boxe', spots: null })])

    assert.deepEqual(await entriesOf(house), [
      `${TODAY} 20:00 booked Gag`,
      `${TODAY} 12:00 free Boxe`,
      `${TOMORROW} 18:30 free Yoga`,
      `${MONDAY} 18:00 booked Pilates`,
      `${TUESDAY} 19:30 waiting Zumba`,
      '2026-11-25 18:00 recurring Spinning',
    ])
    const week = await collectWeek(house.db, readTexts().en, ANNA.id, 0)
    assert.equal(week?.days[2]?.entries[0]?.place, 'Anna · Giuriati')
    assert.deepEqual(
      week?.days.filter(({ isToday }) => isToday).map(({ date }) => date),
      [TODAY],
    )
  })

  it('shows nothing twice, and nothing that is over', async () => {
    await using house = await openHouse()
    const account = await firstAccount(house)
    await book(house, account)
    await book(house, account, { date: TODAY, start: '09:00', course: 'Over' })
    await queue(house, account, { date: MONDAY, course: 'Zumba' })
    await repeat(house, account, 1, 'Pilates')
    await fillTimetable(house.db, [
      slot({ date: MONDAY, start: '18:00', course: 'PILATES' }),
      slot({ date: MONDAY, start: '19:30', course: 'Zumba' }),
      slot({ date: TODAY, start: '09:30', course: 'Begun' }),
      slot({ date: TOMORROW, start: '09:30', course: 'Full', spots: 0 }),
    ])

    assert.deepEqual(await entriesOf(house), [`${MONDAY} 18:00 booked Pilates`, `${MONDAY} 19:30 waiting Zumba`])
    assert.deepEqual(await entriesOf(house, 1), [`${NEXT_MONDAY} 18:00 recurring Pilates`])
  })

  it('leaves out what is skipped, paused, or only looked at', async () => {
    await using house = await openHouse()
    const account = await firstAccount(house)
    const skipped = await findRuleOf(house.db.read, ANNA.id, await repeat(house, account, 1, 'Pilates'))
    assert.ok(skipped)
    await house.db.write((tx, now) => beginOccurrence(tx, skipped, { date: MONDAY, state: 'skipped' }, now, false))
    await pauseRule(house.db, ANNA.id, await repeat(house, account, 2, 'Spinning'), '2026-12-01')
    await pauseRule(house.db, ANNA.id, await repeat(house, account, 3, 'Gag'), null)
    await queue(house, account, { watch: 'tell' })

    assert.deepEqual(await entriesOf(house), [])
    assert.deepEqual(await entriesOf(house, 1), [
      `${NEXT_MONDAY} 18:00 recurring Pilates`,
      '2026-12-01 18:00 recurring Spinning',
    ])
  })

  it('says from when a day can be booked', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [
      slot({ date: '2026-11-25', state: 'disabled', spots: 0 }),
      slot({ date: '2026-11-25', start: '20:00', state: 'disabled', spots: 0 }),
    ])

    const week = await collectWeek(house.db, readTexts().it, ANNA.id, 0)

    assert.deepEqual(week?.days[4]?.entries, [])
    assert.equal(week?.days[4]?.note, '2 corsi, aprono lun 23 nov, 00:00')
    assert.equal(week?.days[3]?.note, null)
  })

  it('is nobody else’s', async () => {
    await using house = await openHouse()
    const [bruno] = await house.addUser(BRUNO)
    assert.ok(bruno)
    await book(house, bruno)
    await queue(house, bruno, {})
    await repeat(house, bruno, 3, 'Spinning')

    assert.deepEqual(await entriesOf(house), [])
  })
})

describe('/week', () => {
  it('sends the week as a picture, with what it holds as text', async () => {
    await using house = await openHouse()
    const account = await firstAccount(house)
    await book(house, account)
    await queue(house, account, {})
    await repeat(house, account, 3, 'Spinning <3 & "co" 🧘')
    const chat = await house.chat(ANNA)
    await chat.send('/week')

    const { text, photo, buttons } = await picture(house, chat)
    assert.equal(text, '📆 Your week, 21–27 November\n1 booked · 1 in the queue · 1 recurring')
    assert.deepEqual(
      buttons.map(({ label }) => label),
      ['Next week ▶', '🌗 Dark', '‹ Menu'],
    )
    const bytes = await chat.download(photo)
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG')
    assert.equal(bytes.readUInt32BE(16), 1080)
    assert.ok(bytes.readUInt32BE(20) > 900)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('turns to the next week and the other theme in place, and remembers the theme', async () => {
    await using house = await openHouse({ user: BRUNO })
    await repeat(house, await firstAccount(house, BRUNO.id), 3, 'Spinning')
    const chat = await house.chat(BRUNO)
    await chat.send('/week')
    const first = await picture(house, chat)
    const light = await chat.download(first.photo)
    assert.match(first.text, /La tua settimana, 21–27 novembre\n1 periodica/)

    await chat.press('Prossima settimana ▶')
    const second = await picture(house, chat)
    assert.equal(second.id, first.id)
    assert.match(second.text, /28 novembre – 4 dicembre/)
    await chat.press('◀ Questa settimana')
    await quiet(house, chat)
    await chat.press('🌗 Scuro')
    const third = await picture(house, chat)
    assert.equal(third.id, first.id)
    assert.equal(third.text, first.text)
    assert.notDeepEqual(await chat.download(third.photo), light)
    assert.equal((await findUser(house.db.read, BRUNO.id))?.week_theme, 'dark')

    await chat.send('/week')
    const fourth = await picture(house, chat)
    assert.notEqual(fourth.id, first.id)
    assert.ok(fourth.buttons.some(({ label }) => label === '🌗 Chiaro'))
    assert.deepEqual(await chat.download(fourth.photo), await chat.download(third.photo))
    assert.deepEqual(await house.control.violations(), [])
  })

  it('sends one picture to who presses twice, and a new one where the old is gone', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    await Promise.all([chat.pressData('week'), chat.pressData('week')])
    const { id } = await picture(house, chat)
    assert.equal((await chat.messages()).filter(({ photo }) => photo).length, 1)

    await chat.pressTwice('🌗 Dark')
    assert.equal((await picture(house, chat)).id, id)
    await chat.press('‹ Menu')
    await chat.see(/Hi Anna/)
    const pressed = chat.pressData('week-of:1', { messageId: id })
    await chat.delete(id)
    await pressed
    await picture(house, chat)
    assert.equal((await chat.messages()).filter(({ photo }) => photo).length, 1)
  })

  it('works after a restart, and calls garbled buttons outdated', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/week')
    const { id } = await picture(house, chat)
    await house.bot.stop()
    await house.startBot()

    await chat.press('Next week ▶')
    assert.equal((await picture(house, chat)).id, id)
    for (const data of ['week:1', 'week-of:', 'week-of:2', 'week-theme:0', 'week-theme:0:pink'])
      assert.match((await chat.pressData(data)) ?? '', /outdated/, data)
  })

  it('says so when it cannot be made, and tries again at the next time', async () => {
    await using house = await openHouse()
    const { id } = await firstAccount(house)
    const rename = (portal: string) =>
      house.db.write((tx) => tx.updateTable('accounts').set({ portal }).where('id', '=', id).execute())
    const chat = await house.chat(ANNA)
    await rename('a portal of a newer version')
    await chat.send('/week')
    await chat.see(/Something went wrong on my side/)
    await rename('polimisport')
    await chat.send('/week')

    await picture(house, chat)
  })

  it('tells who has no account how to get one, and strangers nothing', async () => {
    await using house = await openHouse()
    await ensureUser(house.db, BRUNO.id, 'member')
    const bruno = await house.chat(BRUNO)
    await bruno.send('/week')
    const stranger = await house.chat(STRANGER)
    await stranger.send('/week')

    await bruno.see(/account/)
    await quiet(house, stranger)
    assert.equal(await stranger.last(), undefined)
  })
})
