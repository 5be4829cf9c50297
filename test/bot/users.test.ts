import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Chat } from '../../sim/telegram/client.ts'
import { writeBotState } from '../../src/db/bot-state.ts'
import { beginOccurrence } from '../../src/db/confirmations.ts'
import type { Database } from '../../src/db/database.ts'
import { TABLES } from '../../src/db/move/tables.ts'
import { addRule, findRuleOf } from '../../src/db/periodic-bookings.ts'
import { saveSession } from '../../src/db/portal-sessions.ts'
import { findUser, listUsers } from '../../src/db/users.ts'
import { CARLA, DARIO, heard, invite, OLGA, openOwnedHouse } from './invitations.ts'
import { ANNA, fillTimetable, type House, quiet, screen, slot, TOMORROW } from './support.ts'
import { claim } from './worker.ts'

type Owned = Awaited<ReturnType<typeof openOwnedHouse>>

/** Carla is let in, adds an account, and leaves a row in every table that can hold something of hers. */
async function settleCarla(house: Owned): Promise<{ carla: Chat; evidence: string }> {
  const { db, vault } = house
  await fillTimetable(db, [slot(), slot({ start: '20:00', siteId: '2', course: 'Pilates' })])
  const carla = await house.chat(CARLA)
  await carla.send(await invite(house))
  await carla.see(/You are in/)
  const [account] = await house.addUser(CARLA)
  assert.ok(account)
  await saveSession(db, vault, account.id, '{"cookies":[]}')
  for (const start of ['1', '2']) await carla.pressData(`book-slot:${account.id}:${start}`)
  const work = await claim(db)
  await work.step('confirming')
  await work.booked()
  const evidence = join(house.folder, 'evidence', 'action-1-1')
  mkdirSync(evidence, { recursive: true })
  writeFileSync(join(evidence, 'page.png'), 'x')
  await db.write((tx) => tx.updateTable('attempts').set({ evidence: 'action-1-1' }).execute())
  const { id } = await addRule(db, {
    ...{ userId: CARLA.id, accountId: account.id, portal: 'polimisport', location: 'L', course: 'C' },
    ...{ weekday: 1, start: '18:00', end: null, mode: 'ask' },
  })
  const rule = await findRuleOf(db.read, CARLA.id, id)
  assert.ok(rule)
  await db.write((tx, now) => beginOccurrence(tx, rule, { date: TOMORROW, state: 'asked' }, now, true))
  await writeBotState(db, `conversation:${CARLA.id}`, { sealed: vault.seal('{}', `conversation:${CARLA.id}`) })
  await quiet(house, carla)
  return { carla, evidence }
}

/** The tables that still know this user, in any column. */
async function tablesThatKnow(db: Database, id: number): Promise<string[]> {
  const known: string[] = []
  for (const { name } of TABLES) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db.read)
    if (JSON.stringify(rows).includes(String(id))) known.push(name)
  }
  return known
}

async function countRows(db: Database, tables: readonly string[]): Promise<number> {
  let count = 0
  for (const name of tables) count += (await sql`select * from ${sql.table(name)}`.execute(db.read)).rows.length
  return count
}

/** These hold rows of nobody but Carla in these tests. */
const OF_CARLA = [
  'portal_sessions',
  'booking_actions',
  'action_steps',
  'attempts',
  'user_bookings',
  'periodic_bookings',
]

describe('the list of users', () => {
  it('shows who there is, since when, with how many accounts, and who has blocked the bot', async () => {
    await using house = await openOwnedHouse()
    await settleCarla(house)
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await quiet(house, anna)
    await anna.block()
    await quiet(house, house.olga)

    await house.olga.send('/users')
    const { text, labels } = await screen(house, house.olga)

    assert.match(text, /• Anna, since 21 Nov 2026, 1 account · 🔕 has blocked me/)
    assert.match(text, /• 👑 Olga, since 21 Nov 2026, no account/)
    assert.match(text, /• Carla <3, since 21 Nov 2026, 1 account$/)
    assert.deepEqual(labels, ['👤 Anna', '👤 Carla <3', '➕ Invite somebody', '‹ Menu'])
  })

  it('has pages, and copes with names of any kind', async () => {
    await using house = await openOwnedHouse()
    for (let n = 1; n <= 20; n++) {
      const user = { id: n, first_name: n === 20 ? '' : `<${n}>${'👨‍👩‍👧'.repeat(60)}`, language_code: 'it' }
      await house.addUser(user, [])
      await house.db.write((tx) =>
        tx.updateTable('users').set({ first_name: user.first_name }).where('id', '=', n).execute(),
      )
    }
    await house.olga.send('/users')
    await house.olga.press('›')
    await house.olga.press('›')
    const { text, labels } = await screen(house, house.olga)

    assert.match(text, /somebody who has not written yet/)
    assert.ok(labels.includes('3/3'))
    assert.deepEqual(await house.control.violations(), [])
  })
})

describe('removing a user', () => {
  it('says what it deletes, deletes it all, tells them, and no longer knows them', async () => {
    await using house = await openOwnedHouse()
    const { carla, evidence } = await settleCarla(house)
    const { olga, db } = house
    await olga.send('/users')
    await olga.press('👤 Carla')
    await olga.press('Remove')
    const asked = await screen(house, olga)
    assert.match(asked.text, /^🗑 Remove Carla <3\? This deletes for good:\n\n• the account, with its password\n/)
    assert.match(asked.text, /• one recurring booking\n• one request that still waits\n• the history and all settings/)
    assert.match(asked.text, /One booking on the site stays booked/)

    await olga.press('Yes, remove')

    assert.match((await screen(house, olga)).text, /^✅ Carla <3 is removed, with everything of theirs\./)
    assert.deepEqual(await tablesThatKnow(db, CARLA.id), [])
    assert.ok((await tablesThatKnow(db, ANNA.id)).includes('accounts'))
    assert.equal(await countRows(db, OF_CARLA), 0)
    assert.equal(existsSync(evidence), false)
    await carla.see(/The owner of this bot has removed you/)
    const before = await heard(carla)
    await carla.send('/start')
    void carla.pressData('settings', { timeoutMs: 1 }).catch(() => undefined)
    await olga.send('/help')
    await olga.see(/What I can do/)
    assert.deepEqual(await heard(carla), before)
    assert.deepEqual((await listUsers(db.read)).map(({ id }) => id).toSorted(), [ANNA.id, OLGA.id].toSorted())
  })

  it('can be thought better of, and pressed twice or late without harm', async () => {
    await using house = await openOwnedHouse()
    await settleCarla(house)
    const { olga } = house
    await olga.send('/users')
    await olga.press('👤 Carla')
    await olga.press('Remove')
    await olga.press('No, keep')
    assert.match((await screen(house, olga)).text, /• Carla <3/)
    await olga.press('Remove')
    await olga.pressTwice('Yes, remove')

    await olga.see(/Who uses me/)
    for (const name of ['user', 'ask-remove', 'remove'])
      assert.match((await olga.pressData(`${name}:${CARLA.id}`)) ?? '', /no longer here/, name)
    assert.ok(await findUser(house.db.read, ANNA.id))
  })

  it('waits while a worker is at something of theirs', async () => {
    await using house = await openOwnedHouse()
    const { carla } = await settleCarla(house)
    const { olga, db } = house
    const work = await claim(db)
    await olga.send('/users')

    assert.match((await olga.pressData(`remove:${CARLA.id}`)) ?? '', /Not now: a request of Carla <3 is on its way/)
    assert.match((await carla.pressData('leave-now')) ?? '', /Not now: a request of yours is on its way/)
    assert.ok(await findUser(db.read, CARLA.id))
    await work.fail('slot-full')
    await olga.pressData(`remove:${CARLA.id}`)

    assert.equal(await findUser(db.read, CARLA.id), undefined)
  })

  it('does not wait for what only reads', async () => {
    await using house = await openOwnedHouse()
    const { olga, db } = house
    const [account] = await house.addUser(CARLA)
    assert.ok(account)
    const carla = await house.chat(CARLA)
    await carla.send('/start')
    await quiet(house, carla)
    await carla.pressData(`sync:${account.id}`)
    const work = await claim(db)
    await olga.send('/users')
    await olga.pressData(`remove:${CARLA.id}`)

    assert.deepEqual(await tablesThatKnow(db, CARLA.id), [])
    await assert.rejects(
      work.end({ status: 'completed', result: { kind: 'synced', bookings: 0, added: 0, removed: 0 } }),
    )
    assert.deepEqual(await tablesThatKnow(db, CARLA.id), [])
  })

  it('waits while nobody knows what became of something that was sent', async () => {
    await using house = await openOwnedHouse()
    await settleCarla(house)
    const { olga, db } = house
    const sent = { submitted_at: '2026-11-21T09:00:00.000Z', outcome_unknown: 1 }
    await db.write((tx) => tx.updateTable('booking_actions').set(sent).where('status', '=', 'pending').execute())
    await olga.send('/users')

    assert.match((await olga.pressData(`remove:${CARLA.id}`)) ?? '', /Not now/)
  })

  it('leaves the owner where they are', async () => {
    await using house = await openOwnedHouse()
    const { olga, db } = house
    await olga.send('/users')
    await olga.see(/Who uses me/)

    assert.match((await olga.pressData(`remove:${OLGA.id}`)) ?? '', /The owner stays/)
    assert.match((await olga.pressData(`ask-remove:${OLGA.id}`)) ?? '', /no longer here/)
    await olga.send('/leave')
    assert.match((await screen(house, olga)).text, /without you nobody could look after me/)
    await olga.pressData('leave-sure')
    await olga.pressData('leave-now')
    await quiet(house, olga)

    assert.equal((await findUser(db.read, OLGA.id))?.role, 'owner')
    await olga.send('/start')
    await olga.pressData('settings')
    assert.ok(!(await screen(house, olga)).labels.includes('🗑 Delete my data'))
  })

  it('remembers nothing when they come back', async () => {
    await using house = await openOwnedHouse()
    const { olga, db } = house
    const dario = await house.chat(DARIO)
    await dario.send(await invite(house))
    await dario.see(/Sei dei nostri/)
    await olga.send('/users')
    await olga.pressData(`remove:${DARIO.id}`)
    await dario.see(/Chi gestisce questo bot ti ha rimosso/)
    await dario.send(await invite(house))
    await quiet(house, dario)

    assert.match((await heard(dario)).at(-1) ?? '', /Sei dei nostri/)
    // Written down again, though the bot had it in memory before.
    const language = await db.read
      .selectFrom('bot_state')
      .selectAll()
      .where('key', '=', `language:${DARIO.id}`)
      .execute()
    assert.equal(language.length, 1)
  })
})

describe('a conversation', () => {
  it('does not go on after its person was removed and let in again', async () => {
    await using house = await openOwnedHouse()
    const { olga, db } = house
    const carla = await house.chat(CARLA)
    await carla.send(await invite(house))
    await carla.press('Add my account')
    await quiet(house, carla)
    await olga.send('/users')
    await olga.pressData(`remove:${CARLA.id}`)
    await carla.see(/has removed you/)
    assert.deepEqual(await tablesThatKnow(db, CARLA.id), [])
    await carla.send(await invite(house))
    await quiet(house, carla)
    await carla.send('10777001')

    assert.match((await screen(house, carla)).text, /no account here yet/)
  })

  it('leaves nothing behind when its person leaves in the middle of it', async () => {
    await using house = await openOwnedHouse()
    const carla = await house.chat(CARLA)
    await carla.send(await invite(house))
    await carla.press('Add my account')
    await quiet(house, carla)
    await carla.pressData('leave-now')
    await carla.see(/all I had of you is deleted/)
    await quiet(house, carla)

    assert.deepEqual(await tablesThatKnow(house.db, CARLA.id), [])
  })
})

describe('leaving', () => {
  it('is asked twice, deletes everything, and tells the owner', async () => {
    await using house = await openOwnedHouse()
    const { carla } = await settleCarla(house)
    await carla.send('/start')
    await carla.press('Settings')
    await carla.press('Delete my data')
    await carla.see(/Delete your data and leave\? This deletes for good:\n\n• the account, with its password/)
    await carla.press('Delete my data')
    const sure = await screen(house, carla)
    assert.match(sure.text, /Really sure\?/)
    assert.deepEqual(sure.labels, ['No, I stay', '🗑 Yes, delete everything now'])
    assert.ok(await findUser(house.db.read, CARLA.id))

    await carla.press('Yes, delete everything now')

    await carla.see(/Done: all I had of you is deleted/)
    assert.equal(await findUser(house.db.read, CARLA.id), undefined)
    assert.equal(await countRows(house.db, OF_CARLA), 0)
    assert.deepEqual(await tablesThatKnow(house.db, CARLA.id), [])
    await house.olga.see(/Carla <3 has left and deleted all their data/)
    const before = await heard(carla)
    await carla.send('/start')
    await house.olga.send('/help')
    await house.olga.see(/What I can do/)
    assert.deepEqual(await heard(carla), before)
  })

  it('can be thought better of at both questions', async () => {
    await using house = await openOwnedHouse()
    const anna = await house.chat(ANNA)
    await anna.send('/leave')
    await anna.press('No, I stay')
    await anna.see(/Settings/)
    await anna.send('/leave')
    await anna.press('Delete my data')
    await anna.press('No, I stay')

    await anna.see(/Settings/)
    assert.ok(await findUser(house.db.read, ANNA.id))
  })
})

describe('what is somebody else’s', () => {
  it('is not shown to the owner either', async () => {
    await using house: House & { olga: Chat } = await openOwnedHouse()
    await settleCarla(house)
    const { olga } = house
    await olga.send('/status 1')
    await olga.see(/You have no request #1/)
    for (const data of ['action:1', 'take-back:2', 'bookings:0', 'ask-cancel:1', 'days:2', 'slot:2:1'])
      await olga.pressData(data)
    await quiet(house, olga)

    assert.doesNotMatch(await olga.transcript(), /Yoga|Pilates/)
  })
})
