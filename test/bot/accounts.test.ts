import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import pino from 'pino'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { activateAccount, listAccountsOf, openCredentials, suspendAccount } from '../../src/db/accounts.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { markSubmitted } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { insertNotice } from '../../src/db/notices.ts'
import { addRule } from '../../src/db/periodic-bookings.ts'
import { loadSession, saveSession } from '../../src/db/portal-sessions.ts'
import { removeAccount } from '../../src/db/remove-account.ts'
import { everythingKept } from '../support/kept.ts'
import { qrImage } from './qr-image.ts'
import { ANNA, BRUNO, fillTimetable, type House, openHouse, quiet, screen, slot, TOMORROW } from './support.ts'
import { claim } from './worker.ts'

const LOGIN = '10012345'
const PASSWORD = 'Correct <horse> & "battery" 9'
const SECRET = 'JBSWY3DPEHPK3PXP'
const ADDRESS = `otpauth://totp/Polimi:${LOGIN}?secret=${SECRET}&issuer=Polimi`
const LIMITS = new Map([['polimisport', 3]])

/** Goes as far as the question for the second factor. */
async function askedForSecret(house: House, user: User = ANNA): Promise<Chat> {
  const chat = await house.chat(user)
  const [add, password, secret] =
    user.language_code === 'it'
      ? (['Aggiungi un account', /password del tuo Codice Persona/, /codice da un’app/] as const)
      : (['Add an account', /password of your Codice Persona/, /code from an app/] as const)
  await chat.send('/accounts')
  await chat.press(add)
  await chat.press('Polimisport')
  await chat.see(/Codice Persona/)
  await chat.send(LOGIN)
  await chat.see(password)
  await chat.gone(await chat.send(PASSWORD))
  await chat.see(secret)
  return chat
}

const newest = async (house: House, user: User = ANNA) => {
  const account = (await listAccountsOf(house.db.read, user.id)).at(-1)
  assert.ok(account, 'there is no account')
  return account
}
const credentialsOf = async (house: House, user: User = ANNA) =>
  openCredentials(house.db.read, house.vault, (await newest(house, user)).id)

/** What the worker does when the site takes the login, or refuses it. */
async function check(house: House, outcome: 'works' | 'refused'): Promise<void> {
  const work = await claim(house.db)
  assert.equal(work.action.type, 'check')
  const { account } = work
  const now = house.clock.now()
  if (outcome === 'works')
    await work.end({
      status: 'completed',
      result: { kind: 'checked' },
      effects: (tx) => activateAccount(tx, account.id, now),
    })
  else
    await work.end({
      status: 'failed',
      error: { kind: 'bad-credentials', message: 'test' },
      effects: (tx) => suspendAccount(tx, account, now),
    })
}

const stateOf = async (house: House) => {
  const { state, suspended_by } = await newest(house)
  return [state, suspended_by]
}

describe('adding an account', () => {
  it('asks for which site, then for what that site goes by, and for no second factor that it has not', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('Add an account')
    assert.deepEqual((await screen(house, chat)).labels, ['Polimisport', 'X TU Delft', '✖️ Stop'])
    await chat.press('X TU Delft')
    await chat.see(/New account: X TU Delft\n\nWhat is your NetID\?/)
    await chat.send('avoorbeeld')
    await chat.see(/What is your password/)
    await chat.gone(await chat.send(PASSWORD))
    await chat.see(/Checking the login of X TU Delft/)

    assert.equal((await newest(house)).portal, 'delft-x')
    assert.deepEqual(await credentialsOf(house), { username: 'avoorbeeld', password: PASSWORD })
  })

  it('asks for the fields of the site, and tests the login at once', async () => {
    await using house = await openHouse({ accounts: [] })
    const chat = await house.chat(ANNA)
    await chat.send('/book')
    assert.deepEqual((await screen(house, chat)).labels, ['➕ Add an account', '‹ Menu'])
    await askedForSecret(house)

    await chat.gone(await chat.send(ADDRESS))

    await chat.see(/Checking the login of Polimisport[\s\S]*queued as #1/)
    assert.deepEqual(await credentialsOf(house), { username: LOGIN, password: PASSWORD, otpauth: ADDRESS })
    await check(house, 'works')
    await chat.see(/✅ The login of Polimisport works/)
    assert.deepEqual((await screen(house, chat)).labels, ['📅 Book my first class', '‹ Menu'])
  })

  it('works in Italian, and without a second factor', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO, [])
    const chat = await askedForSecret(house, BRUNO)

    await chat.press('Non c’è un secondo fattore')

    await chat.see(/Controllo l’accesso di Polimisport/)
    assert.deepEqual(await credentialsOf(house, BRUNO), { username: LOGIN, password: PASSWORD })
    await check(house, 'refused')
    await chat.see(/Il sito ha rifiutato/)
    await chat.press('Cambia la password')
    await chat.see(/Qual è la password/)
    await chat.gone(await chat.send('another one'))
    await chat.see(/Controllo l’accesso/)
    assert.equal((await credentialsOf(house, BRUNO)).password, 'another one')
  })

  it('says at once what cannot be right, and asks again', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await chat.press('Polimisport')
    for (const wrong of ['1234567', '123456789', 'anna@polimi.it', '10012345 x']) {
      await chat.send(wrong)
      await quiet(house, chat)
      assert.match((await screen(house, chat)).text, /should look like 10012345\.\n\n.*New account/)
    }
    await chat.send(LOGIN)
    await chat.see(/What is the password/)
    await chat.send('two\nlines')
    await chat.see(/should be one line/)
    await chat.send(PASSWORD)
    await chat.see(/code from an app/)
    for (const [wrong, says] of [
      ['123456', /code of the moment/],
      [SECRET.slice(1), /is no secret/],
      [`otpauth://hotp/x?secret=${SECRET}`, /of another kind/],
      ['otpauth-migration://offline?data=x', /exactly one account/],
    ] as const) {
      await chat.gone(await chat.send(wrong))
      await chat.see(says)
    }
    await chat.gone(await chat.send('jbsw y3dp ehpk 3pxp'))
    await chat.see(/Checking the login of Polimisport 2/)
    assert.equal((await credentialsOf(house)).otpauth, SECRET)
    assert.equal((await house.control.violations()).length, 0)
  })

  it('reads the secret from a photo or a picture of its QR code', async () => {
    await using house = await openHouse()
    const chat = await askedForSecret(house)
    const other = await qrImage('https://example.org')
    const dot = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )

    await chat.gone(await chat.sendPhoto(dot))
    await chat.see(/cannot make out a QR code/)
    await chat.gone(await chat.sendPhoto(other))
    await chat.see(/QR code is of something else/)
    await house.control.fail('getFile', { with: 400 })
    await chat.gone(await chat.sendPhoto(await qrImage(ADDRESS)))
    await chat.see(/could not get that picture/)
    await chat.gone(await chat.sendPhoto(await qrImage(ADDRESS), 'here it is'))
    await chat.see(/Checking the login/)
    assert.equal((await credentialsOf(house)).otpauth, ADDRESS)

    await chat.send('/accounts')
    await chat.press('🔑 Polimisport 2')
    await chat.press('Change the second factor')
    await chat.see(/code from an app/)
    const address = ADDRESS.replace(SECRET, 'KRSXG5CTMVRXEZLU')
    await chat.gone(await chat.sendDocument('qr.png', await qrImage(address)))
    await quiet(house, chat)
    assert.match((await screen(house, chat)).text, /Checking the login/)
    assert.equal((await credentialsOf(house)).otpauth, address)
  })

  it('says whose the login is already', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO, [])
    const chat = await askedForSecret(house)
    await chat.press('no second factor')
    await chat.see(/Checking/)

    await chat.send('/accounts')
    await chat.press('Add an account')
    await chat.press('Polimisport')
    await chat.send(LOGIN)
    await chat.see(/added this login already, as Polimisport 2/)
    await chat.press('🔑 Polimisport 2')
    await chat.see(/Polimisport 2 \(Polimisport\)/)
    const bruno = await house.chat(BRUNO)
    await bruno.send('/accounts')
    await bruno.press('Aggiungi')
    await bruno.press('Polimisport')
    await bruno.send(LOGIN)
    await bruno.see(/Qualcun altro qui ha già aggiunto/)
    assert.deepEqual(await listAccountsOf(house.db.read, BRUNO.id), [])
  })

  it('says so when somebody else was quicker', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO, [])
    const anna = await askedForSecret(house)
    const bruno = await askedForSecret(house, BRUNO)

    await anna.press('no second factor')
    await anna.see(/Checking/)
    await bruno.press('Non c’è')

    await bruno.see(/Qualcun altro qui ha già aggiunto/)
    assert.deepEqual(await listAccountsOf(house.db.read, BRUNO.id), [])
  })
})

describe('an account', () => {
  it('whose login is refused waits for another password, and its bookings with it', async () => {
    await using house = await openHouse({ accounts: [] })
    await fillTimetable(house.db, [slot()])
    const chat = await askedForSecret(house)
    await chat.press('no second factor')
    await chat.see(/Checking/)
    await check(house, 'refused')

    const card = await chat.see(/Login of Polimisport not confirmed/)
    assert.deepEqual(
      card.buttons.map(({ label }) => label),
      ['🔒 Change the password', '📱 Change the second factor', '🔑 Polimisport', '🔍 Why?', '‹ Menu'],
    )
    await chat.see(/I will not try again[\s\S]*Change what is wrong/)
    await chat.pressData('slot:1:1', { messageId: card.id })
    await chat.see(/The site refused the login of Polimisport/)
    await chat.press('🔑 Polimisport')
    const refused = await chat.see(/⚠️ Polimisport[\s\S]*I can check it again from 11:00/)
    assert.ok(!refused.buttons.some(({ label }) => label.includes('Check the login')))
    assert.deepEqual(await stateOf(house), ['suspended', 'portal'])
    await chat.pressData(`check:${(await newest(house)).id}`, { messageId: refused.id })
    await chat.see(/I can check it again from 11:00/)
    assert.equal(await claimNextAction(house.db, 'worker-1', LIMITS), undefined)

    const account = await newest(house)
    const held = { userId: ANNA.id, accountId: account.id, portal: 'polimisport' }
    await enqueueAction(house.db, { ...held, type: 'sync' })
    assert.equal(await claimNextAction(house.db, 'worker-1', LIMITS), undefined)
    await chat.send('/status 2')
    await chat.see(/It waits: the site refused/)

    await chat.send('/accounts')
    await chat.press('🔑 Polimisport')
    await chat.press('Change the password')
    await chat.see(/What is the password/)
    await chat.gone(await chat.send('better'))
    await chat.see(/Checking the login/)
    assert.deepEqual(await stateOf(house), ['active', null])
    assert.equal((await credentialsOf(house)).password, 'better')
  })

  it('is suspended and used again by its user, and by nobody else', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.see(/✅ Polimisport/)
    await chat.press('🔑 Polimisport')
    await chat.press('⏸ Suspend')
    await chat.see(/⏸ Polimisport[\s\S]*Suspended by you/)
    assert.deepEqual(await stateOf(house), ['suspended', 'user'])

    await chat.press('Check the login')
    await check(house, 'works')
    await chat.see(/The login of Polimisport works/)
    assert.deepEqual(await stateOf(house), ['suspended', 'user'])
    await chat.send('/refresh')
    await chat.see(/You have suspended Polimisport/)
    await chat.press('🔑 Polimisport')
    await chat.press('Use it again')
    await chat.see(/✅ Polimisport/)
    assert.deepEqual(await stateOf(house), ['active', null])
  })

  it('that both its user and the site have stopped needs both to go on', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('🔑 Polimisport')
    await chat.press('⏸ Suspend')
    await chat.press('Check the login')
    await check(house, 'refused')
    await chat.see(/not confirmed/)
    assert.deepEqual(await stateOf(house), ['suspended', 'both'])

    await chat.send('/accounts')
    await chat.press('🔑 Polimisport')
    await chat.see(/The site refused the login/)
    await chat.press('Change the password')
    await chat.see(/What is the password/)
    await chat.gone(await chat.send('better'))
    await chat.see(/Checking/)

    assert.deepEqual(await stateOf(house), ['suspended', 'user'])
  })

  it('gets another name, short and its own', async () => {
    await using house = await openHouse({ accounts: ['Polimisport', 'Work'] })
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('🔑 Work')
    await chat.press('Rename')
    await chat.see(/What shall Work be called/)
    await chat.send('x'.repeat(31))
    await chat.see(/at most 30 characters/)
    await chat.send('Polimisport')
    await chat.see(/another account of that name/)
    const name = `<b>${'👨‍👩‍👧'.repeat(5)}&`
    await chat.send(name)
    await chat.see(/Renamed/)

    assert.equal((await newest(house)).name, name)
    await chat.send('/accounts')
    await chat.press(name)
    await chat.press('Rename')
    await chat.press('Stop')
    await chat.see(/never mind/)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('is removed with all that belongs to it, after a question', async () => {
    await using house = await openHouse({ accounts: ['Polimisport', 'Work'] })
    const chat = await house.chat(ANNA)
    const { id } = await newest(house)
    const asked = { userId: ANNA.id, accountId: id, portal: 'polimisport' }
    await enqueueAction(house.db, { ...asked, type: 'sync' })
    await saveSession(house.db, house.vault, id, '{}')
    const account = await newest(house)
    const held = { date: TOMORROW, start: '20:00', end: '21:00', location: 'L', course: 'C', cancellable: true }
    await house.db.write((tx) => recordBooking(tx, account, held, house.clock.now()))
    await addRule(house.db, {
      ...asked,
      location: 'L',
      course: 'C',
      weekday: 1,
      start: '18:00',
      end: '19:00',
      mode: 'ask',
    })

    await chat.send('/accounts')
    await chat.press('🔑 Work')
    await chat.press('Remove')
    await chat.see(
      /Really remove Work \(Polimisport\)[\s\S]*1 recurring booking\n• 1 request in the queue[\s\S]*Bookings on the site stay/,
    )
    await chat.press('No, keep it')
    await chat.see(/✅ Work/)
    await chat.press('Remove')
    const [first, second] = await chat.pressTwice('Yes, remove it')

    await chat.see(/Work is removed/)
    assert.deepEqual([first, second].map((text) => /outdated/.test(text ?? '')).sort(), [false, true])
    assert.equal((await listAccountsOf(house.db.read, ANNA.id)).length, 1)
    assert.equal(await loadSession(house.db, house.vault, id), undefined)
    for (const table of ['booking_actions', 'user_bookings', 'periodic_bookings', 'portal_sessions'] as const)
      assert.deepEqual(await house.db.read.selectFrom(table).select('account_id').execute(), [], table)
    assert.match((await chat.pressData(`account:${id}`)) ?? '', /outdated/)
  })

  it('is not removed while something is on its way to the site', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot()])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.pressData('book-slot:1:1')
    await chat.see(/Booking Yoga/)
    const work = await claim(house.db)
    await markSubmitted(house.db, work.lease)
    await chat.send('/accounts')
    await chat.press('🔑 Polimisport')
    await chat.press('Remove')
    await chat.press('Yes, remove it')

    await chat.see(/on its way to the site[\s\S]*try again in a minute/)
    assert.equal((await listAccountsOf(house.db.read, ANNA.id)).length, 1)
    await work.booked()
    await chat.press('Remove')
    await chat.press('Yes, remove it')
    await chat.see(/Polimisport is removed/)
    await chat.see(/None yet/)
  })

  it('that is removed before its refusal was told holds up no other notice', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await quiet(house, chat)
    await house.bot.stop()
    const account = await newest(house)
    const gone = { date: TOMORROW, start: '18:30', location: 'Giuriati', course: 'Yoga', portal: 'polimisport' }
    await house.db.write(async (tx, now) => {
      await suspendAccount(tx, account, now)
      await insertNotice(tx, { userId: ANNA.id, notice: { kind: 'booking-gone', ...gone }, now })
    })
    assert.equal(await removeAccount(house.db, ANNA.id, account.id), 'removed')

    await house.startBot()

    await chat.see(/Yoga[\s\S]*no longer among your bookings/)
    await chat.seeNot(/refused the login/)
  })

  it('is nobody else’s business', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const before = await listAccountsOf(house.db.read, ANNA.id)
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')
    await bruno.idle()

    for (const name of [
      'account',
      'account-rename',
      'account-suspend',
      'account-use',
      'account-remove',
      'account-remove-yes',
    ])
      assert.match((await bruno.pressData(`${name}:1`)) ?? '', /non è più attuale/, name)
    for (const field of ['password', 'otpauth', 'username', ''])
      assert.match((await bruno.pressData(`account-change:1:${field}`)) ?? '', /non è più attuale/, field)

    await bruno.send('hello')
    await bruno.see(/Non ho ancora corsi da mostrare/)
    assert.deepEqual(await listAccountsOf(house.db.read, ANNA.id), before)
  })

  it('that is gone when its new password comes is said to be gone', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('🔑 Polimisport')
    await chat.press('Change the password')
    await chat.see(/What is the password/)
    await house.db.write((tx) => tx.deleteFrom('accounts').execute())

    await chat.gone(await chat.send(PASSWORD))

    await chat.see(/no longer exists/)
  })
})

describe('secrets', () => {
  it('are nowhere in clear: not in the database, not in the log, not with Telegram', async () => {
    const logged: string[] = []
    const sink = new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk))
        done()
      },
    })
    await using house = await openHouse({ accounts: [], log: pino({ level: 'trace' }, sink) })
    const chat = await askedForSecret(house)
    const kept: Buffer[] = await everythingKept(house)
    await house.control.fail('deleteMessage', { with: 400 })
    await chat.send(`otpauth://hotp/x?secret=${SECRET}`)
    await chat.see(/delete it yourself/)
    await chat.gone(await chat.send('WRONGSECRET'))
    await house.control.fail('editMessageText', { with: 500 })
    await chat.gone(await chat.sendPhoto(await qrImage(ADDRESS)))
    await chat.see(/Checking the login/)
    await quiet(house, chat)
    kept.push(...(await everythingKept(house)))

    const log = logged.join('')
    const said = JSON.stringify((await house.control.calls()).map(({ params }) => params))
    assert.match(log, /bot started/)
    assert.ok(Buffer.concat(kept).includes('conversation:'), 'what is no secret is found')
    assert.match(said, /Checking the login/)
    for (const secret of [PASSWORD, SECRET, 'WRONGSECRET']) {
      for (const bytes of kept) assert.equal(bytes.indexOf(secret), -1, `${secret} in the database`)
      assert.equal(log.includes(secret), false, `${secret} in the log`)
      assert.equal(said.includes(JSON.stringify(secret).slice(1, -1)), false, `${secret} said by the bot`)
    }
    for (const bytes of kept) assert.equal(bytes.indexOf(LOGIN), -1, 'the login in the database')
  })
})

describe('what is said where there is no account', () => {
  it('leads to adding one', async () => {
    await using house = await openHouse({ accounts: [] })
    const chat = await house.chat(ANNA)
    for (const command of ['/book', '/bookings', '/timetable', '/refresh', '/accounts']) {
      await chat.send(command)
      const { labels } = await screen(house, chat)
      assert.ok(labels.includes('➕ Add an account'), command)
    }
    await chat.press('Add an account')
    await chat.press('Polimisport')
    await chat.see(/Codice Persona/)
  })
})
