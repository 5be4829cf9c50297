import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { User } from '../../sim/telegram/model.ts'
import { listAccountsOf, suspendAccount } from '../../src/db/accounts.ts'
import { removeAccounts } from './quick/support.ts'
import { ANNA, BRUNO, fillTimetable, MONDAY, openHouse, screen, slot, TODAY, TOMORROW, TUESDAY } from './support.ts'

const SLOTS = [
  slot({ date: TODAY, start: '08:00', course: 'Pilates', siteId: '1' }),
  slot({ date: TOMORROW, start: '18:30', course: 'Yoga', siteId: '2' }),
  slot({ date: MONDAY, start: '18:00', course: 'Yoga', siteId: '3' }),
  slot({ date: MONDAY, start: '20:00', course: 'Agilità & <Mobilità>', siteId: '4' }),
  slot({ date: TUESDAY, start: '13:00', course: 'Pilates', siteId: '5' }),
  slot({ date: TUESDAY, start: '20:00', course: 'Pilates', siteId: '6' }),
  slot({ date: TUESDAY, start: '20:00', course: 'Pilates', siteId: '7', location: 'Bovisa - Corsi' }),
]

async function open(user: User = ANNA, accounts?: string[]) {
  const house = await openHouse({ user, ...(accounts ? { accounts } : {}) })
  await fillTimetable(house.db, SLOTS)
  const chat = await house.chat(user)
  const write = async (text: string) => {
    await chat.send(text)
    return screen(house, chat)
  }
  return { house, chat, write }
}

const queued = async (house: Awaited<ReturnType<typeof openHouse>>) =>
  (await house.db.read.selectFrom('booking_actions').select('id').execute()).length

describe('a class asked for in a text', () => {
  it('is shown with its button, and booked by a press only', async () => {
    const { house, chat, write } = await open()
    await using _ = house

    const { text, labels } = await write('Please book ioga mon 18')
    assert.match(text, /^Yoga\nMon 23 Nov, 18:00–19:30 · Giuriati/)
    assert.equal(labels[0], '✅ Book it')
    assert.equal(await queued(house), 0)
    assert.equal(await chat.press('Book it'), 'Queued as #1')
    assert.equal(await queued(house), 1)
    assert.match((await write('yoga monday 18:00')).text, /Already in the queue as #1/)
  })

  it('is understood in Italian', async () => {
    const { house, write } = await open(BRUNO)
    await using _ = house

    const { text, labels } = await write('Prenotami per favore lo yoga di domani sera')
    assert.match(text, /^Yoga\nDomani|^Yoga\ndomani, dom 22 nov, 18:30/)
    assert.equal(labels[0], '✅ Prenota')
    assert.match((await write('agilita lun')).text, /^Agilità & <Mobilità>\nlun 23 nov, 20:00/)
  })

  it('is chosen by a button where several are meant', async () => {
    const { house, chat, write } = await open()
    await using _ = house

    const asked = await write('pilates tue 20')
    assert.equal(asked.text, 'Which one do you mean?')
    assert.deepEqual(asked.labels, [
      'Pilates · Tue 24 Nov, 20:00 · Giuriati',
      'Pilates · Tue 24 Nov, 20:00 · Bovisa',
      'Other classes that day',
      '‹ Menu',
    ])
    await chat.press('Bovisa')
    assert.match((await screen(house, chat)).text, /^Pilates\nTue 24 Nov, 20:00–19:30 · Bovisa/)
    assert.equal((await write('tuesday')).labels.length, 5)
    await chat.press('Other classes')
    assert.match((await screen(house, chat)).text, /^Tue 24 Nov/)
  })

  it('says what was not found, and what comes nearest', async () => {
    const { house, chat, write } = await open()
    await using _ = house

    const noDay = await write('yoga wed')
    assert.equal(noDay.text, 'Yoga is not on the timetable for Wed 25 Nov.\n\nThis comes nearest:')
    assert.deepEqual(noDay.labels, ['Yoga · tomorrow, Sun 22 Nov, 18:30', 'Yoga · Mon 23 Nov, 18:00', '‹ Menu'])
    const noTime = await write('yoga mon 21:00')
    assert.match(noTime.text, /^Yoga does not begin at that time/)
    const noName = await write('<b>volleyball</b> mon 18')
    assert.match(noName.text, /^There is no class called “.*volleyball.*” on the timetable\.\n\nAt that time there is:/)
    assert.deepEqual(noName.labels.slice(0, 1), ['Yoga · Mon 23 Nov, 18:00'])
    const past = await write('pilates today 8')
    assert.match(past.text, /^Pilates has already begun/)
    await chat.press('Tue 24 Nov, 13:00')
    assert.match((await screen(house, chat)).text, /^Pilates\nTue 24 Nov, 13:00/)
    assert.match((await write('friday')).text, /^There are no classes on the timetable for Fri 27 Nov/)
  })

  for (const [user, example] of [
    [ANNA, 'yoga sun 18:30'],
    [BRUNO, 'yoga dom 18:30'],
  ] as const)
    it(`gives an example that works where nothing is understood, in ${user.language_code}`, async () => {
      const { house, write } = await open(user)
      await using _ = house

      for (const text of ['ciao', '🎾🎾', 'x'.repeat(4096), 'grazie!']) {
        const shown = await write(text)
        assert.ok(shown.text.includes(example), shown.text)
        assert.equal(shown.labels.length, 6)
      }
      assert.match((await write(example)).text, /^Yoga\n/)
      assert.match((await write('qwertyuiop')).text, new RegExp(example))
      assert.deepEqual(await house.control.violations(), [])
    })

  it('asks for which account, once the class is known', async () => {
    const { house, chat, write } = await open(ANNA, ['Anna', 'Mum'])
    await using _ = house
    const [anna] = await listAccountsOf(house.db.read, ANNA.id)
    assert.ok(anna)
    await house.db.write((tx) => suspendAccount(tx, anna, house.clock.now()))

    await chat.send('/start')
    await chat.see(/refused the login of Anna/)
    const asked = await write('yoga mon')
    assert.match(asked.text, /^Yoga\nMon 23 Nov, 18:00–19:30 · Giuriati\n\nFor which account\?/)
    assert.deepEqual(asked.labels, ['⚠️ Anna', 'Mum', '‹ Menu'])
    await chat.press('Anna')
    assert.ok(!(await screen(house, chat)).labels.includes('✅ Book it'))
    await write('pilates tue')
    await chat.press('13:00')
    await chat.press('Mum')
    assert.equal(await chat.press('Book it'), 'Queued as #1')
  })

  it('says what is missing without a timetable or an account', async () => {
    const { house, chat, write } = await open()
    await using _ = house
    await fillTimetable(house.db, [])

    const empty = await write('yoga mon 18')
    assert.match(empty.text, /no classes to show yet/)
    assert.ok(empty.labels.includes('🔄 Refresh the timetable'))
    assert.equal(await chat.pressData('quick:3'), 'This class is no longer on the timetable.')
    await removeAccounts(house, ANNA)
    assert.match((await write('yoga mon 18')).text, /no account/)
    assert.match((await chat.pressData('quick:3')) ?? '', /outdated/)
    assert.match((await chat.pressData('quick:x')) ?? '', /outdated/)
  })
})
