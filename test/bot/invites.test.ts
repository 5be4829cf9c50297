import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { listOpenInvites } from '../../src/db/invites.ts'
import { findUser } from '../../src/db/users.ts'
import { CARLA, DARIO, heard, invite, OLGA, openOwnedHouse } from './invitations.ts'
import { ANNA, BRUNO, quiet, STRANGER, screen } from './support.ts'

describe('an invitation', () => {
  it('is a link to share or to revoke, with its end in words', async () => {
    await using house = await openOwnedHouse()
    await house.olga.send('/invite')
    const { text } = await screen(house, house.olga)

    assert.match(text, /^🎟 An invitation for one person\n\nhttps:\/\/t\.me\/bookwright_bot\?start=[\w-]{22}\n\n/)
    assert.match(text, /holds for three days, until Tue 24 Nov, 10:00\.$/)
    const [share, revoke] = await house.olga.buttons()
    const url = URL.parse(share?.url ?? '')
    assert.equal(url?.origin, 'https://t.me')
    assert.match(url?.searchParams.get('url') ?? '', /^https:\/\/t\.me\/bookwright_bot\?start=[\w-]{22}$/)
    assert.equal(revoke?.label, '🚫 Revoke')
    assert.deepEqual(await house.control.violations(), [])
  })

  it('lets in who opens it first, shows them the first steps, and tells the owner who came', async () => {
    await using house = await openOwnedHouse()
    const link = await invite(house)
    const carla = await house.chat(CARLA)
    const dario = await house.chat(DARIO)

    await carla.send(link)
    await dario.send(link)
    await quiet(house, dario)

    const welcome = await screen(house, carla)
    assert.match(welcome.text, /^🎉 You are in!\n\n👋 Hi Carla <3!/)
    assert.deepEqual(welcome.labels, ['➕ Add my account'])
    assert.deepEqual(await heard(dario), [])
    const user = await findUser(house.db.read, CARLA.id)
    assert.deepEqual([user?.role, user?.first_name, user?.invited_by], ['member', 'Carla <3', OLGA.id])
    await house.olga.see(/Carla <3 has opened your invitation and is in/)
    assert.deepEqual(await listOpenInvites(house.db.read, house.clock.now()), [])
  })

  it('is kept as a keyed hash only', async () => {
    await using house = await openOwnedHouse()
    const code = (await invite(house)).slice('/start '.length)

    const rows = await house.db.read.selectFrom('invites').selectAll().execute()

    assert.equal(rows.length, 1)
    assert.equal(rows[0]?.code_hash, house.vault.hash(`invite:${code}`))
    assert.ok(!JSON.stringify(rows).includes(code))
  })

  it('greets in the language of who comes', async () => {
    await using house = await openOwnedHouse()
    const dario = await house.chat(DARIO)
    await dario.send(await invite(house))

    await dario.see(/Sei dei nostri!\n\n👋 Ciao Dario!/)
  })

  it('holds for three days from when it was opened, not from when the bot got to know', async () => {
    await using house = await openOwnedHouse()
    const [first, second] = [await invite(house), await invite(house)]
    const carla = await house.chat(CARLA)
    const dario = await house.chat(DARIO)

    await house.control.advanceClock({ hours: 71, minutes: 59 })
    await house.bot.stop()
    await carla.send(first)
    await house.control.advanceClock({ minutes: 10 })
    house.clock.advance({ hours: 73 })
    await dario.send(second)
    await house.startBot()

    await carla.see(/You are in/)
    await quiet(house, dario)
    assert.deepEqual(await heard(dario), [])
    assert.equal(await findUser(house.db.read, DARIO.id), undefined)
  })

  it('can be revoked, where it was made or in the list', async () => {
    await using house = await openOwnedHouse()
    const { olga } = house
    const first = await invite(house)
    await olga.press('Revoke')
    assert.match((await screen(house, olga)).text, /Revoked/)
    const second = await invite(house)
    await olga.send('/users')
    await olga.see(/One invitation is open/)
    assert.match((await olga.press('Revoke the invitation of 10:00')) ?? '', /Revoked/)
    const carla = await house.chat(CARLA)
    await carla.send(first)
    await carla.send(second)
    await quiet(house, carla)

    assert.deepEqual(await heard(carla), [])
    assert.match((await olga.pressData('revoke-listed:2')) ?? '', /no longer open/)
    assert.doesNotMatch((await screen(house, olga)).text, /invitation/)
  })

  it('cannot be revoked once it was used', async () => {
    await using house = await openOwnedHouse()
    const link = await invite(house)
    const carla = await house.chat(CARLA)
    await carla.send(link)
    await carla.see(/You are in/)

    await house.olga.press('Revoke')

    await house.olga.see(/no longer open/)
    await carla.send('/start')
    await carla.see(/Hi Carla/)
  })

  it('is not used up by somebody who is in already', async () => {
    await using house = await openOwnedHouse()
    const link = await invite(house)
    const anna = await house.chat(ANNA)
    await anna.send(link)
    const { text, labels } = await screen(house, anna)
    assert.match(text, /^You are already in: you need no link\.\n\n👋 Hi Anna!/)
    assert.ok(labels.includes('📅 New booking'))
    const carla = await house.chat(CARLA)
    await carla.send(link)

    await carla.see(/You are in!/)
  })

  it('does no harm when its update comes again', async () => {
    await using house = await openOwnedHouse()
    const link = await invite(house)
    const carla = await house.chat(CARLA)
    await carla.send(link)
    await carla.see(/You are in!/)
    await house.control.repeatUpdate()

    await carla.see(/You are already in/)
    await quiet(house, house.olga)
    assert.equal((await heard(house.olga)).filter((text) => /Carla/.test(text)).length, 1)
  })

  it('is for the owner to make: to members all of it is unknown', async () => {
    await using house = await openOwnedHouse()
    await invite(house)
    const anna = await house.chat(ANNA)
    for (const command of ['/invite', '/users']) {
      await anna.send(command)
      assert.match((await screen(house, anna)).text, /do not know that command/)
    }
    for (const data of ['invite', 'users:0', `user:${OLGA.id}`, `ask-remove:${BRUNO.id}`, `remove:${ANNA.id}`])
      assert.match((await anna.pressData(data)) ?? '', /outdated/, data)
    for (const data of ['revoke:1', 'revoke-listed:1']) assert.match((await anna.pressData(data)) ?? '', /outdated/)

    assert.equal((await listOpenInvites(house.db.read, house.clock.now())).length, 1)
    const commands = async (user: typeof ANNA) =>
      (await (await house.chat(user)).view()).commands.map(({ command }) => command)
    await house.olga.send('/start')
    await quiet(house, house.olga)
    assert.deepEqual((await commands(OLGA)).slice(-2), ['invite', 'users'])
    assert.ok(!(await commands(ANNA)).includes('invite'))
    assert.ok(!(await commands({ ...STRANGER })).includes('users'))
  })
})

const wrongCode = fc.stringMatching(/^[\w-]{22}$/)
const attempt = fc.oneof(
  wrongCode.map((code) => `/start ${code}`),
  fc.constantFrom('/start', '/invite', '/users', '/leave', '/start@bookwright_bot', 'users:0', 'leave-now', 'revoke:1'),
  fc.constantFrom('talk:abc1:yes', 'accounts', `remove:${ANNA.id}`, 'invite'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
)

describe('a stranger', () => {
  it('never gets an answer to any text or press, not even with codes that were good once', async () => {
    await using house = await openOwnedHouse()
    const used = await invite(house)
    const carla = await house.chat(CARLA)
    await carla.send(used)
    await carla.see(/You are in/)
    const revoked = await invite(house)
    await house.olga.press('Revoke')
    const expired = await invite(house)
    await house.control.advanceClock({ hours: 73 })
    house.clock.advance({ hours: 73 })
    const stranger = await house.chat(STRANGER)
    const dead = fc.constantFrom(used, revoked, expired, `${expired} `, expired.replace('/start ', ''))

    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(attempt, dead), { maxLength: 8 }), async (tries) => {
        for (const text of tries) {
          if (text.trim() === '') continue
          await stranger.send(text)
          const press = stranger.pressData(text.slice(0, 40), { messageId: 1, timeoutMs: 1 })
          await assert.rejects(press, /waited in vain/)
        }
      }),
      { numRuns: 25 },
    )
    // An answer to somebody known comes after all that.
    await house.olga.send('/help')
    await house.olga.see(/What I can do/)
    await house.bot.idle()

    assert.deepEqual(await heard(stranger), [])
    const toStranger = (await house.control.calls()).filter(({ params }) => params['chat_id'] === STRANGER.id)
    assert.deepEqual(toStranger, [])
    assert.equal((await house.control.calls({ method: 'answerCallbackQuery' })).length, 1, 'only the Revoke of Olga')
    assert.equal(await findUser(house.db.read, STRANGER.id), undefined)
  })
})
