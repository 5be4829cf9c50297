import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Account, listAccountsOf } from '../../src/db/accounts.ts'
import type { Database } from '../../src/db/database.ts'
import { addShot, type Ended, insertEnded } from '../support/ended.ts'
import { CARLA, openOwnedHouse } from './invitations.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen } from './support.ts'

async function accountOf(house: House, user: { id: number } = ANNA): Promise<Account> {
  const [account] = await listAccountsOf(house.db.read, user.id)
  assert.ok(account)
  return account
}

/** Bookings of every kind of end, some longer ago, a cancelling and two shots. */
async function live(db: Database, account: Account): Promise<void> {
  const times = [0.25, 1.2, 1.2, 1.5, 300]
  const failed: Ended['fails'][] = ['slot-full', 'slot-full', 'timeout', 'overlap', 'network', 'internal']
  await insertEnded(db, [
    ...times.map((seconds) => ({ account, seconds, attemptSeconds: seconds < 2 ? 0.2 : 12, daysAgo: 2 })),
    ...failed.map((fails) => ({ account, ...(fails ? { fails } : {}), daysAgo: 3 })),
    { account, status: 'expired', daysAgo: 4 },
    { account, status: 'cancelled', daysAgo: 4 },
    { account, type: 'cancel', daysAgo: 20 },
  ])
  await addShot(db, { account, lateMs: 4.25, answerMs: 31 })
  await addShot(db, { account, lateMs: 8, answerMs: 29, outcome: 'slot-full' })
  await addShot(db, { account, lateMs: 9, answerMs: 30, outcome: 'slot-full' })
}

const PERIODS = ['7 days', '• 30 days', '90 days']
const SHOTS = '🎯 At the opening: 33% (1 of 3)'

describe('/stats', () => {
  it('says plainly that there is nothing yet', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)

    await chat.send('/stats')

    const { text, labels } = await screen(house, chat)
    assert.equal(text, '📊 How well it goes\nin the last 30 days\n\nPolimisport\nNothing yet.')
    assert.deepEqual(labels, ['🔑 Polimisport', ...PERIODS, '‹ Menu'])
    await chat.press('🔑 Polimisport')
    await chat.see(/^📊 Polimisport\nin the last 30 days\n\nNothing yet\.$/)
  })

  it('offers the first account to whoever has none', async () => {
    await using house = await openHouse({ accounts: [] })
    const chat = await house.chat(ANNA)

    await chat.send('/stats')

    assert.deepEqual((await screen(house, chat)).labels, ['➕ Add an account', '‹ Menu'])
  })

  it('tells each portal in short', async () => {
    await using house = await openHouse()
    await live(house.db, await accountOf(house))
    const chat = await house.chat(ANNA)

    await chat.send('/stats')

    const { text, labels } = await screen(house, chat)
    assert.deepEqual(text.split('\n').slice(3), [
      'Polimisport',
      'Bookings: 45% (5 of 11)',
      '2 won by others · 1 refused · 3 went wrong',
      '⏱ Done in 1.2 s, 9 in 10 within 5 min',
      'Cancellations: 100% (1 of 1)',
      SHOTS,
    ])
    assert.deepEqual(labels, ['🔑 45% · Polimisport', ...PERIODS, '‹ Menu'])
    assert.deepEqual(await house.control.violations(), [])
  })

  it('leaves what the house reads for itself to the page of the account', async () => {
    await using house = await openHouse()
    await insertEnded(house.db, [{ account: await accountOf(house), type: 'sync' }])
    const chat = await house.chat(ANNA)

    await chat.send('/stats')

    assert.match((await screen(house, chat)).text, /Polimisport\nNo bookings yet\.$/)
    await chat.press('🔑 Polimisport')
    await chat.see(/Reading bookings: 100% \(1 of 1\)\n⏱ Done in 1 s, 9 in 10 within 1 s$/)
  })

  it('tells all about an account, in the days that are chosen, and leads back', async () => {
    await using house = await openHouse()
    await live(house.db, await accountOf(house))
    const chat = await house.chat(ANNA)
    await chat.send('/stats')

    await chat.press('🔑 45% · Polimisport')

    assert.deepEqual((await screen(house, chat)).text.split('\n'), [
      ...['📊 Polimisport', 'in the last 30 days', ''],
      'Bookings: 45% (5 of 11)',
      '2 won by others · 1 refused · 3 went wrong',
      '1 taken back · 1 ran out of time',
      '⏱ Done in 1.2 s, 9 in 10 within 5 min',
      '⚙️ Work: 0.2 s, 9 in 10 within 12 s',
      '• 2 × It is full: somebody was quicker.',
      '• 1 × A fault of mine; it has been written down.',
      '• 1 × The site could not be reached.',
      '',
      'Cancellations: 100% (1 of 1)',
      '⏱ Done in 1 s, 9 in 10 within 1 s',
      '',
      SHOTS,
      'Arrived at best 4.3 ms after it, usually 8 ms after it',
      'Answered in 29 ms at best, usually in 30 ms',
    ])
    await chat.press('7 days')
    await chat.see(/in the last 7 days/)
    const week = await screen(house, chat)
    assert.doesNotMatch(week.text, /Cancellations/)
    assert.deepEqual(week.labels, ['• 7 days', '30 days', '90 days', '‹ Back', '‹ Menu'])
    await chat.press('‹ Back')
    await chat.see(/^📊 How well it goes\nin the last 7 days/)
  })

  it('says so when requests arrived before the opening', async () => {
    await using house = await openHouse()
    await addShot(house.db, {
      ...{ account: await accountOf(house), lateMs: -3.04, answerMs: 20, outcome: 'not-open-yet' },
    })
    const chat = await house.chat(ANNA)
    await chat.send('/stats')
    await chat.press('🔑 Polimisport')

    await chat.see(/Arrived too early, usually 3 ms before it/)
  })

  it('shows the owner all accounts, by whose they are', async () => {
    await using house = await openOwnedHouse()
    const { olga, db } = house
    const [carlas] = await house.addUser(CARLA, ['Gym & co'])
    assert.ok(carlas)
    const carla = await house.chat(CARLA)
    await carla.send('/start')
    await insertEnded(db, [{ account: carlas }, { account: await accountOf(house), fails: 'timeout' }])

    await olga.send('/stats')

    const { text, labels } = await screen(house, olga)
    assert.match(text, /Bookings: 50% \(1 of 2\)/)
    assert.deepEqual(labels.slice(0, 2), [
      '🔑 0% · Polimisport · somebody who has not written yet',
      '🔑 100% · Gym & co (Polimisport) · Carla <3',
    ])
    await olga.press('🔑 100% · Gym & co (Polimisport) · Carla <3')
    await olga.see(/^📊 Gym & co \(Polimisport\) · Carla <3\n[\s\S]*Bookings: 100%/)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('shows members their own accounts only', async () => {
    await using house = await openHouse()
    const [brunos] = await house.addUser({ ...BRUNO, id: 8 }, ['Secret gym'])
    assert.ok(brunos)
    await insertEnded(house.db, [{ account: brunos }])
    const chat = await house.chat(ANNA)

    await chat.send('/stats')

    const { text, labels } = await screen(house, chat)
    assert.match(text, /Nothing yet/)
    assert.deepEqual(labels, ['🔑 Polimisport', ...PERIODS, '‹ Menu'])
    assert.match((await chat.pressData(`stats-of:30:${brunos.id}`)) ?? '', /outdated/)
    assert.match((await chat.pressData('stats-of:30:999')) ?? '', /outdated/)
    assert.match((await chat.pressData('stats:31:0')) ?? '', /outdated/)
    await quiet(house, chat)
    assert.doesNotMatch(await chat.transcript(), /Secret gym/)
  })

  it('goes in pages where there are many accounts', async () => {
    await using house = await openHouse({ accounts: Array.from({ length: 11 }, (_, n) => `Gym ${n + 1}`) })
    const chat = await house.chat(ANNA)
    await chat.send('/stats')
    await quiet(house, chat)

    await chat.press('›')
    await chat.see(/How well it goes/)

    assert.deepEqual((await screen(house, chat)).labels, [
      ...['🔑 Gym 9 (Polimisport)', '🔑 Gym 10 (Polimisport)', '🔑 Gym 11 (Polimisport)', '‹', '2/2'],
      ...[...PERIODS, '‹ Menu'],
    ])
  })

  it('speaks Italian', async () => {
    await using house = await openHouse({ user: BRUNO })
    await live(house.db, await accountOf(house, BRUNO))
    const chat = await house.chat(BRUNO)

    await chat.send('/stats')

    assert.equal(
      (await screen(house, chat)).text,
      [
        ...['📊 Come sta andando', 'negli ultimi 30 giorni', '', 'Polimisport'],
        'Prenotazioni: 45% (5 su 11)',
        '2 prese da altri · 1 rifiutata · 3 andate storte',
        '⏱ In 1,2 s, 9 su 10 entro 5 min',
        'Disdette: 100% (1 su 1)',
        '🎯 All’apertura: 33% (1 su 3)',
      ].join('\n'),
    )
    await chat.press('🔑 45% · Polimisport')
    await chat.see(/Arrivate al meglio 4,3 ms dopo, di solito 8 ms dopo\nRisposta al meglio in 29 ms/)
  })
})
