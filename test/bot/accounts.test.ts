import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import type { Chat } from '../../sim/telegram/client.ts'
import { listAccountsOf, openCredentials, suspendAccount } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { ensureUser } from '../../src/db/users.ts'
import { ENGINE } from '../support/engines.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen } from './support.ts'
import { claim } from './worker.ts'

const PASSWORD = 'Zebra-Quark-4711'
const SECRET = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU'
const OTPAUTH = `otpauth://totp/Polimi:10555666?secret=${SECRET}&issuer=Polimi`

async function qrCode(text: string): Promise<Uint8Array> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
    fireImmediately: true,
  })
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 6 })
  assert.ok(image)
  return new Uint8Array(await image.arrayBuffer())
}

/** Answers question after question; every answer to a secret one has to vanish. */
async function tell(house: House, chat: Chat, ...answers: string[]): Promise<number[]> {
  const ids: number[] = []
  for (const answer of answers) {
    await quiet(house, chat)
    ids.push(await chat.send(answer))
  }
  await quiet(house, chat)
  return ids
}

async function newcomer(house: House): Promise<Chat> {
  await ensureUser(house.db, BRUNO.id, 'member')
  return house.chat({ ...BRUNO, language_code: 'en' })
}

async function credentialsOf(house: House, userId: number) {
  const [account] = await listAccountsOf(house.db.read, userId)
  return account && (await openCredentials(house.db.read, house.vault, account.id))
}

describe('adding an account in the chat', () => {
  it('asks for one thing after another, deletes the secrets, and tries the login at once', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')

    const [username = 0, password = 0, otpauth = 0] = await tell(house, chat, '10555666', PASSWORD, OTPAUTH)

    assert.deepEqual(await credentialsOf(house, BRUNO.id), {
      username: '10555666',
      password: PASSWORD,
      otpauth: OTPAUTH,
    })
    await chat.gone(password)
    await chat.gone(otpauth)
    assert.ok((await chat.messages()).some(({ id }) => id === username))
    assert.match((await screen(house, chat)).text, /Checking the login of Polimisport/)
    const work = await claim(house.db)
    assert.equal(work.action.type, 'check')
    await work.end({ status: 'completed', result: { kind: 'checked' } })
    await chat.see('The login of Polimisport works')
    assert.ok((await screen(house, chat)).labels.includes('📅 Book my first class'))
  })

  it('says what is wrong with an answer, and asks again', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')

    await tell(house, chat, '12345')
    await chat.see('That does not look right')
    await tell(house, chat, '10555666', PASSWORD, '123456')

    await chat.see('not a code of six digits')
    await chat.press('I have no second factor')
    await quiet(house, chat)
    assert.deepEqual(await credentialsOf(house, BRUNO.id), { username: '10555666', password: PASSWORD })
  })

  it('reads the QR code in a photo, or says that it cannot', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666', PASSWORD)
    const empty = await qrCode(
      'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC',
    )
    await chat.sendPhoto(empty)
    await chat.see('export of Google Authenticator')

    const photo = await chat.sendPhoto(await qrCode(OTPAUTH))

    await chat.see('Checking the login')
    await chat.gone(photo)
    assert.equal((await credentialsOf(house, BRUNO.id))?.otpauth, OTPAUTH)
  })

  it('tells when a secret cannot be deleted', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666')
    await house.control.fail('deleteMessage', { with: 400, times: 1 })

    await tell(house, chat, PASSWORD)

    await chat.see('please delete it yourself')
  })

  it('refuses a login that somebody has, and one that the user has already', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666', PASSWORD)
    await chat.press('I have no second factor')
    await chat.see('Checking')
    const anna = await house.chat(ANNA)
    await anna.send('/accounts')
    await anna.press('Add an account')
    await tell(house, anna, '10555666', 'a guess')
    await anna.press('I have no second factor')
    await tell(house, anna, 'Second')
    await anna.see('Somebody else uses this login')

    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666', 'another')
    await chat.press('I have no second factor')
    await tell(house, chat, 'Second')

    await chat.see('You have this login here already, as Polimisport')
    assert.equal((await credentialsOf(house, BRUNO.id))?.password, PASSWORD)
  })

  it('goes on after a restart, and keeps nothing in clear', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666', PASSWORD)
    await house.bot.stop()
    if (ENGINE === 'SQLite') {
      const bytes = readdirSync(house.folder)
        .filter((name) => name.startsWith('bookwright.db'))
        .map((name) => readFileSync(join(house.folder, name)).toString('latin1'))
      assert.ok(bytes.length > 0)
      for (const text of bytes) assert.ok(!text.includes(PASSWORD))
    }

    await house.startBot()
    await tell(house, chat, SECRET)

    assert.deepEqual(await credentialsOf(house, BRUNO.id), {
      username: '10555666',
      password: PASSWORD,
      otpauth: SECRET,
    })
  })

  it('is left by a command, which is then carried out', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await tell(house, chat, '10555666')

    await chat.send('/help')
    await chat.see('What I can do')
    await tell(house, chat, 'hello there')

    assert.deepEqual(await listAccountsOf(house.db.read, BRUNO.id), [])
    assert.ok((await chat.messages()).some(({ text }) => text === 'hello there'))
  })
})

describe('an account in the chat', () => {
  it('gets another password, is used again, and what waited goes on', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    const [account] = await listAccountsOf(house.db.read, ANNA.id)
    assert.ok(account)
    await house.db.write((tx, now) => suspendAccount(tx, account, now))
    await chat.send('/accounts')
    await chat.press(/^Polimisport/)
    await chat.see('I do not try again until you change the password')

    await chat.press('Change the password')
    const [sent = 0] = await tell(house, chat, PASSWORD)
    await chat.gone(sent)
    await chat.press('Keep it as it is')

    await chat.see('Checking the login')
    const [after] = await listAccountsOf(house.db.read, ANNA.id)
    assert.equal(after?.state, 'active')
    assert.equal((await credentialsOf(house, ANNA.id))?.password, PASSWORD)
  })

  it('is suspended by its user, and used again only by them', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press(/^Polimisport/)
    await chat.press('Suspend')
    await chat.see('You have suspended Polimisport')

    await chat.press('Try the login')
    await chat.see('Checking the login')
    const work = await claim(house.db)
    await work.end({ status: 'completed', result: { kind: 'checked' } })

    const state = async () => (await listAccountsOf(house.db.read, ANNA.id))[0]?.state
    assert.equal(await state(), 'suspended')
    await chat.send('/accounts')
    await chat.press(/^Polimisport/)
    await chat.press('Use it again')
    await quiet(house, chat)
    assert.equal(await state(), 'active')
  })

  it('is renamed, and two do not have one name', async () => {
    await using house = await openHouse({ accounts: ['Mine', 'Mum'] })
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press(/^Mum/)
    await chat.press('Rename')
    await tell(house, chat, 'Mine')
    await chat.see('You have an account of that name already')

    await tell(house, chat, 'Mamma ❤️ <3')

    await chat.see('Mamma ❤️ <3')
    assert.deepEqual(
      (await listAccountsOf(house.db.read, ANNA.id)).map(({ name }) => name),
      ['Mine', 'Mamma ❤️ <3'],
    )
  })

  it('is removed after a question, with all that is its own, but not while something is on its way', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    const [account] = await listAccountsOf(house.db.read, ANNA.id)
    assert.ok(account)
    const { id } = await enqueueAction(house.db, {
      type: 'check',
      userId: ANNA.id,
      accountId: account.id,
      portal: 'polimisport',
    })
    const set = (submitted_at: string | null) =>
      house.db.write((tx) => tx.updateTable('booking_actions').set({ submitted_at }).where('id', '=', id).execute())
    await set('2026-11-21T09:00:00.000Z')
    await chat.send('/accounts')
    await chat.press(/^Polimisport/)
    await chat.press('Remove')
    assert.match((await chat.press('Yes, remove it')) ?? '', /on its way/)

    await set(null)
    await chat.press('Yes, remove it')

    await chat.see('You have no account here yet')
    assert.deepEqual(await listAccountsOf(house.db.read, ANNA.id), [])
    assert.deepEqual(await house.db.read.selectFrom('booking_actions').selectAll().execute(), [])
  })

  it('is nobody else’s business', async () => {
    await using house = await openHouse()
    const chat = await newcomer(house)
    await chat.send('/accounts')
    await chat.see('You have no account here yet')

    for (const name of [
      'account',
      'account-login',
      'account-rename',
      'account-suspend',
      'account-resume',
      'account-remove',
      'check',
    ])
      await chat.pressData(`${name}:1`)
    await quiet(house, chat)

    const [account] = await listAccountsOf(house.db.read, ANNA.id)
    assert.deepEqual([account?.state, account?.name], ['active', 'Polimisport'])
    await tell(house, chat, 'not a password')
    assert.ok((await chat.messages()).some(({ text }) => text === 'not a password'))
  })
})
