import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { suspendAccount } from '../../src/db/accounts.ts'
import { type ActionErrorKind, actionErrorSchema } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { insertNotice, type Notice } from '../../src/db/notices.ts'
import { findUser } from '../../src/db/users.ts'
import { patience, until } from '../support/patience.ts'
import { ANNA, BRUNO, fillTimetable, type House, openHouse, quiet, screen, slot, TOMORROW } from './support.ts'
import { claim } from './worker.ts'

/** Anna has pressed Book, and a worker is at it. */
async function openBooking(user = ANNA) {
  const house = await openHouse({ user })
  await fillTimetable(house.db, [slot()])
  const chat = await house.chat(user)
  await chat.send('/start')
  await chat.idle()
  await chat.pressData('book-slot:1:1')
  return { house, chat, work: await claim(house.db) }
}

async function owe(house: House, userId: number, notice: Notice): Promise<void> {
  await house.db.write((tx) => insertNotice(tx, { userId, notice, now: house.clock.now() }))
  house.db.waker.poke('news')
}

async function statesOf(house: House): Promise<string[]> {
  const rows = await house.db.read.selectFrom('notices').select('state').orderBy('id').execute()
  return rows.map(({ state }) => state)
}

/** Waits until no notice is owed any more. */
async function allSettled(house: House): Promise<void> {
  await until(async () => !(await statesOf(house)).includes('pending'))
}

/** Waits until a message was tried and the notice put off. */
async function refusedOnce(house: House): Promise<void> {
  const notice = house.db.read.selectFrom('notices').select('attempts')
  await until(async () => (await notice.executeTakeFirstOrThrow()).attempts > 0)
}

/** Waits until Telegram has refused a message. */
async function refusedOnWire({ control }: House): Promise<void> {
  const isRefused = async () => (await control.calls({ method: 'sendMessage' })).some(({ status }) => status === 429)
  await until(isRefused)
}

const gone = (course: string): Notice => ({
  kind: 'booking-gone',
  portal: 'polimisport',
  location: 'Giuriati - Corsi Platinum',
  course,
  date: TOMORROW,
  start: '18:30',
})

/** The steps of an action may show its result before the notice of it is delivered, into the same message. */
async function allDelivered(house: House, chat: Chat): Promise<void> {
  const limit = patience()
  for (;;) {
    const owed = await house.db.read.selectFrom('notices').select('id').where('state', '=', 'pending').execute()
    await quiet(house, chat)
    if (owed.length === 0) return
    limit.throwIfAborted()
  }
}

describe('results', () => {
  const kinds = actionErrorSchema.shape.kind.options
  const hopeless: ActionErrorKind[] = ['slot-full', 'already-booked', 'slot-gone', 'too-late', 'bad-credentials']

  for (const user of [ANNA, BRUNO])
    it(`has a sentence and the right buttons for every error in ${user.language_code}`, async () => {
      const house = await openHouse({ user })
      await using _ = house
      await fillTimetable(house.db, [slot()])
      const chat = await house.chat(user)
      await chat.send('/start')
      await chat.idle()
      const sentences = new Set<string>()
      for (const kind of kinds) {
        await chat.pressData('book-slot:1:1')
        const work = await claim(house.db)
        await work.fail(kind, { portalSays: `Site: <${kind}>` })
        await chat.see(`Site: <${kind}>`)
        await allDelivered(house, chat)
        const { text, labels } = await screen(house, chat)
        assert.ok(text.includes(`Site: <${kind}>`), `${kind}: ${text}`)
        sentences.add(text.split('\n')[3] ?? '')
        assert.equal(
          labels.some((label) => label.startsWith('🔁')),
          !hopeless.includes(kind),
          kind,
        )
        assert.ok(labels.includes(user === ANNA ? 'Other classes that day' : 'Altri corsi di quel giorno'))
        assert.match(text, kind === 'worker-lost' ? /^⚠️/ : /^❌/)
      }
      assert.equal(sentences.size, kinds.length, [...sentences].join('\n'))
      assert.deepEqual(await house.control.violations(), [])
    })

  it('offers to try again, and does', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    await work.fail('portal-down')
    await chat.see(/does not work at the moment/)

    assert.equal(await chat.press('Try again'), 'Queued as #2')
    await (await claim(house.db)).booked()
    await chat.see(/Booked: Yoga/)
    await chat.press('Other classes that day')

    await chat.see(/^Tomorrow, Sun 22 Nov/)
  })

  it('tell of a place on the waiting list, and of one that stays', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    await work.fail('slot-full', { waitingPlace: 'kept' })
    await chat.see(/put you on its waiting list instead, and I could not take you off/)
    const { kind, ...about } = gone('Yoga')
    assert.equal(kind, 'booking-gone')
    await owe(house, ANNA.id, { ...about, kind: 'waiting-place', actionId: 1, account: 'ada' } as Notice)
    await chat.see(/Yoga.*is full, and the site has put your account ada \(Polimisport\) on its waiting list/)
  })

  it('pings when the result comes late, and only then', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    house.clock.advance({ seconds: 25 })

    await work.booked()

    const ping = await chat.see('✅ ↑ Yoga, tomorrow, Sun 22 Nov, 18:30')
    assert.match(ping.replyTo?.text ?? '', /Booked: Yoga/)
    await chat.press('Cancel it')
    await chat.press('Yes, cancel it')
    const cancelling = await claim(house.db)
    await cancelling.end({ status: 'completed', result: { kind: 'cancelled' } })
    await chat.see(/Cancelled: Yoga/)
    await quiet(house, chat)
    assert.equal((await chat.messages()).filter(({ text }) => text.includes('↑')).length, 1)
  })

  it('comes as a new message when the old one was deleted', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    const card = await chat.see(/claimed/)
    await chat.delete(card.id)

    await work.booked()

    const result = await chat.see(/Booked: Yoga/)
    assert.notEqual(result.id, card.id)
    await allSettled(house)
    assert.deepEqual(await statesOf(house), ['sent'])
  })

  it('comes as a message of its own when its message is about another request by now', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    await fillTimetable(house.db, [slot(), slot({ start: '20:00', course: 'Pilates', siteId: '2' })])
    const asked = await chat.see(/Booking Yoga/)
    const { id: pilates } = await house.db.read
      .selectFrom('slots')
      .select('id')
      .where('site_id', '=', '2')
      .executeTakeFirstOrThrow()
    await chat.pressData(`book-slot:1:${pilates}`, { messageId: asked.id })
    await chat.see(/Booking Pilates/)

    await work.booked()

    const result = await chat.see(/Booked: Yoga/)
    assert.notEqual(result.id, asked.id)
    await quiet(house, chat)
    assert.match((await chat.messages()).find(({ id }) => id === asked.id)?.text ?? '', /Booking Pilates/)
  })

  it('comes as a message of its own when its message asks something by now', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    const asked = await chat.see(/Booking Yoga/)
    await chat.pressData('account-change:1:password', { messageId: asked.id })
    await chat.see(/What is the password/)
    await quiet(house, chat)

    await work.booked()

    const result = await chat.see(/Booked: Yoga/)
    assert.notEqual(result.id, asked.id)
    await quiet(house, chat)
    assert.match((await chat.messages()).find(({ id }) => id === asked.id)?.text ?? '', /What is the password/)
    await chat.gone(await chat.send('another one'))
    await chat.see(/Checking the login/)
  })

  it('comes as a message where there is none to edit', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await enqueueAction(house.db, { type: 'sync', userId: ANNA.id, accountId: 1, portal: 'polimisport' })
    const work = await claim(house.db)

    await work.end({ status: 'completed', result: { kind: 'synced', bookings: 0, added: 0, removed: 2 } })

    await chat.see(/Up to date: 2 gone\./)
  })

  for (const fault of [429, 500, 'drop-before', 'drop-after'] as const)
    it(`shows it once whatever happens to the edit: ${fault}`, async () => {
      const { house, chat, work } = await openBooking()
      await using _ = house
      await chat.see(/claimed/)
      await quiet(house, chat)
      await house.control.fail('editMessageText', { with: fault, retryAfter: 1 })

      await work.booked()

      await chat.see(/Booked: Yoga/)
      await allSettled(house)
      assert.equal((await chat.messages()).filter(({ text }) => text.includes('Booked: Yoga')).length, 1)
      assert.deepEqual(await statesOf(house), ['sent'])
    })

  it('is delivered once by a bot that comes back', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    await chat.see(/claimed/)
    await house.bot.stop()
    await work.booked()
    assert.deepEqual(await statesOf(house), ['pending'])

    await house.startBot()
    await chat.see(/Booked: Yoga/)
    await allSettled(house)
    await house.bot.stop()
    await house.startBot()
    await chat.send('/status')
    await chat.see(/#1 Yoga/)

    assert.equal((await chat.messages()).filter(({ text }) => text.includes('Booked: Yoga')).length, 1)
    assert.deepEqual(await statesOf(house), ['sent'])
  })

  it('is the same again when the bot died between the edit and the note of it', async () => {
    const { house, chat, work } = await openBooking()
    await using _ = house
    await work.booked()
    await chat.see(/Booked: Yoga/)
    await allSettled(house)
    await house.db.write((tx) => tx.updateTable('notices').set({ state: 'pending' }).execute())
    house.db.waker.poke('news')

    await allSettled(house)

    assert.equal((await chat.messages()).length, 2)
  })
})

describe('notices', () => {
  it('tell everything there is to tell, in each language', async () => {
    await using house = await openHouse()
    const [account] = await house.addUser(BRUNO)
    assert.ok(account)
    for (const user of [ANNA, BRUNO]) {
      const chat = await house.chat(user)
      await chat.send('/start')
      await chat.see(/Hi|Ciao/)
      await owe(house, user.id, gone('Yoga <3'))
      for (const trouble of ['page-changed', 'rate-limited', 'blocked'] as const)
        await owe(house, user.id, {
          kind: 'portal-trouble',
          portal: 'polimisport',
          trouble,
          actionId: 12,
          lookedFor: '#calendar <table>',
          evidence: 'evidence/12-1',
        })
    }
    await house.db.write((tx) => suspendAccount(tx, account, house.clock.now()))
    const anna = await house.chat(ANNA)
    const bruno = await house.chat(BRUNO)

    await anna.see('Yoga <3, tomorrow, Sun 22 Nov, 18:30, is no longer among your bookings on Polimisport')
    await anna.see(
      /looks different from what I know \(#12\)\.\nLooked for and not found: #calendar <table>\nKept: evidence/,
    )
    await bruno.see('Il sito ha rifiutato l’accesso di Polimisport')
    await allSettled(house)

    assert.deepEqual(await house.control.violations(), [])
    assert.equal((await bruno.messages()).filter(({ from }) => from === 'bot').length, 6)
  })

  it('come in order, and one user does not hold up another', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const anna = await house.chat(ANNA)
    const bruno = await house.chat({ ...BRUNO, language_code: 'en' })
    await anna.send('/start')
    await bruno.send('/start')
    await anna.see('Hi')
    await bruno.see('Hi')
    await house.control.fail('sendMessage', { with: 429, retryAfter: 4 })

    await owe(house, ANNA.id, gone('One'))
    await refusedOnWire(house)
    for (const course of ['Two', 'Three']) await owe(house, ANNA.id, gone(course))
    await owe(house, BRUNO.id, gone('For Bruno'))

    await bruno.see('For Bruno')
    assert.doesNotMatch(await anna.transcript(), /Three/, 'Bruno did not wait for Anna')
    await anna.see('Three')
    const told = (await anna.messages()).flatMap(({ text }) => /One|Two|Three/.exec(text)?.[0] ?? [])
    assert.deepEqual(told, ['One', 'Two', 'Three'])
  })

  it('are dropped for who blocked the bot, and go on for the others', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const anna = await house.chat(ANNA)
    const bruno = await house.chat(BRUNO)
    await anna.send('/start')
    await bruno.send('/start')
    await anna.see('Hi')
    await bruno.see('Ciao')
    await anna.block()

    await owe(house, ANNA.id, gone('One'))
    await owe(house, ANNA.id, gone('Two'))
    await owe(house, BRUNO.id, gone('Yoga'))

    await bruno.see('Yoga')
    await allSettled(house)
    assert.deepEqual(await statesOf(house), ['dropped', 'dropped', 'sent'])
    assert.notEqual((await findUser(house.db.read, ANNA.id))?.blocked_at, null)
  })

  it('wait for a user who has not written yet', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await owe(house, ANNA.id, gone('Yoga'))
    await refusedOnce(house)
    await chat.send('/start')
    await chat.see('Hi')
    house.clock.advance({ minutes: 10 })

    await chat.see('Yoga, tomorrow')
  })

  it('are not sent again when only the note of it could not be written', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.see('Hi')
    const { write } = house.db
    await write((tx) => insertNotice(tx, { userId: ANNA.id, notice: gone('Yoga'), now: house.clock.now() }))
    let failures = 3
    house.db.write = async (work, poke) => {
      failures -= 1
      if (failures >= 0) throw new Error('the database is locked')
      return await write(work, poke)
    }
    house.db.waker.poke('news')
    await chat.see('Yoga, tomorrow')

    await allSettled(house)

    assert.ok(failures < 0, 'the note was written at the first try')
    const told = (await chat.messages()).filter(({ text }) => text.includes('Yoga'))
    assert.equal(told.length, 1)
  })

  it('are repeated until Telegram has them, and a refusal does not hold up the next', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.see('Hi')
    await house.control.fail('sendMessage', { with: 500, times: 2 })
    await owe(house, ANNA.id, gone('Lost twice'))
    const ticking = setInterval(() => house.clock.advance({ seconds: 10 }), 20)

    await chat.see('Lost twice')
    await allSettled(house)
    await house.control.fail('sendMessage', { with: 400, times: 3 })
    await owe(house, ANNA.id, gone('Refused'))
    await owe(house, ANNA.id, gone('Next'))
    await chat.see('Next')
    clearInterval(ticking)

    await allSettled(house)
    assert.deepEqual(await statesOf(house), ['sent', 'dropped', 'sent'])
  })
})
