import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { pauseAccount } from '../../src/db/own-accounts.ts'
import { createPlan } from '../../src/db/plans.ts'
import { addAccounts, PORTAL, planOfHouse, press } from './plan-support.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen, TUESDAY } from './support.ts'

/** The screen before every question. */
async function begin(house: House, user: User, label: string): Promise<Chat> {
  const chat = await house.chat(user)
  await chat.send('/plan')
  await press(house, chat, label)
  return chat
}

/** Answers all questions up to the summary: three hours on Tuesday at X1, then Fitness, with these accounts. */
async function answerAll(house: House, chat: Chat, accounts: readonly string[]): Promise<void> {
  await press(house, chat, 'Tue 24 Nov', '13:00', '18:00', /^3 hours$/, 'X1', 'Fitness', 'Next')
  await press(house, chat, ...accounts, 'Next', '2 hours will do')
}

const plans = (house: House) => house.db.read.selectFrom('plans').select('id').execute()

describe('making a plan', () => {
  it('is a conversation in Italian, in one message', async () => {
    await using house = await openHouse({ user: BRUNO })
    const [own] = await addAccounts(house, BRUNO, ['Palestra'])
    const [annas] = await addAccounts(house, ANNA, ['X TU Delft'])
    const chat = await begin(house, BRUNO, 'Nuovo piano')
    assert.match((await screen(house, chat)).text, /Nuovo piano\n\nUn piano prenota più ore di fila[\s\S]*Che giorno\?/)

    await press(house, chat, 'Mar 24 nov')
    assert.match((await screen(house, chat)).text, /^Mar 24 nov: da che ora\?/)
    await press(house, chat, '13:00', '18:00', /^3 ore$/, 'X1', 'X3', '⚙️ A, B')
    await press(house, chat, '👥 2', /^1️⃣ A$/, /^A$/)
    assert.deepEqual((await screen(house, chat)).labels.slice(0, 3), ['2️⃣ A', '1️⃣ B', '👥 1'])
    await press(house, chat, 'Indietro', 'Fitness', 'Avanti')
    assert.match((await screen(house, chat)).text, /3 ore in un posto richiedono 3 account/)
    assert.deepEqual((await screen(house, chat)).labels.slice(0, 2), ['Palestra', '👤 Anna'])
    await press(house, chat, 'Anna', 'Palestra', 'Avanti', 'bastano 2')

    assert.deepEqual(await screen(house, chat), {
      text: [
        '🎯 Avvio questo piano?',
        '',
        '📅 Mar 24 nov, 13:00–18:00',
        '⏱ 3 ore di fila, o 2',
        '1️⃣ X1 (B, A): provano fino a 2 account',
        '2️⃣ X3 (A, B): provano fino a 2 account',
        '3️⃣ Fitness: provano fino a 2 account',
        '👥 👤 Anna, Palestra',
        '',
        '⏳ Prima apertura: X1, 13:00.',
        '⚠️ 2 account per 3 ore: non possono essere tutte nello stesso posto.',
        '🤝 Prima chiedo a Anna: non uso nessun account senza il sì di chi lo possiede.',
      ].join('\n'),
      labels: [
        '▶️ Avvia',
        '✏️ Giorno',
        '✏️ Orario',
        '✏️ Ore',
        '✏️ Posti',
        '✏️ Account',
        '✏️ Meno ore',
        '‹ Indietro',
        '✖️ Lascia stare',
      ],
    })
    await press(house, chat, 'Avvia')

    const { id: _, createdAt: _at, chatMessageId, ...plan } = await planOfHouse(house)
    assert.equal((await chat.last())?.id, chatMessageId)
    assert.deepEqual(plan, {
      userId: BRUNO.id,
      portal: 'delft-x',
      date: TUESDAY,
      hours: 3,
      least: 2,
      from: 13,
      to: 18,
      places: [
        { place: 'X1', options: ['X1 B', 'X1 A'], shared: false, maxAccounts: 2 },
        { place: 'X3', options: ['X3 A', 'X3 B'], shared: false, maxAccounts: 3 },
        { place: 'Fitness', options: [null], shared: true, maxAccounts: 3 },
      ],
      version: 1,
      state: 'active',
      outcome: null,
      endedAt: null,
      accounts: [
        {
          accountId: annas?.id,
          name: 'X TU Delft',
          ownerId: ANNA.id,
          ownerName: 'Anna',
          consent: 'asked',
          suspended: false,
          usable: false,
        },
        {
          accountId: own?.id,
          name: 'Palestra',
          ownerId: BRUNO.id,
          ownerName: 'Bruno',
          consent: 'accepted',
          suspended: false,
          usable: true,
        },
      ],
      tries: [],
    })
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 1)
  })

  it('shows the plan, and when each hour opens', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Anna', 'Second'])
    await press(house, chat, 'Start')

    assert.deepEqual(await screen(house, chat), {
      text: [
        '✅ Started. This message shows how it goes.',
        '',
        '🎯 Tue 24 Nov, 13:00–18:00',
        '⏱ 3 hours in a row, or 2',
        '📍 X1 (A, B) → Fitness',
        '👥 Anna ✅, Second ✅',
        '',
        '13:00 ⏳ opens 13:00',
        '14:00 ⏳ opens 14:00',
        '15:00 ⏳ opens 15:00',
        '16:00 ⏳ opens 16:00',
        '17:00 ⏳ opens 17:00',
      ].join('\n'),
      labels: ['✏️ Change', '⏹ Stop it', '‹ Plans'],
    })
    await chat.send('/plan')
    assert.match((await screen(house, chat)).text, /🎯 Tue 24 Nov, 13:00–18:00\n3 hours in a row, or 2\nWaiting/)
  })

  it('takes a day and hours that are written', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna'])
    const chat = await begin(house, ANNA, 'New plan')

    for (const wrong of ['yesterday', 'blue', '24/11/2031', '31/02']) {
      await chat.send(wrong)
      await chat.see(/I need a day from today on/)
      await quiet(house, chat)
    }
    await chat.send('tuesday')
    await chat.see(/Tue 24 Nov: from what time\?/)
    for (const wrong of ['13:30-15', '18-13', 'late', '7']) {
      await chat.send(wrong)
      await chat.see(/I need whole hours/)
      await quiet(house, chat)
    }
    await chat.send('20-24')
    await chat.see(/within 20:00–24:00/)
    await press(house, chat, /^2 hours$/, 'Fitness', 'X3', 'Next', 'Anna', 'Next', 'No, 2 hours or nothing', 'Start')

    const { date, from, to, hours, least } = await planOfHouse(house)
    assert.deepEqual({ date, from, to, hours, least }, { date: TUESDAY, from: 20, to: 24, hours: 2, least: 2 })
  })

  it('goes back to every question, and keeps what was said', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Second'])

    await press(house, chat, 'Back')
    assert.match((await screen(house, chat)).text, /will 2 do\?/)
    await press(house, chat, 'Back', /^Anna/, 'Back')
    assert.match((await screen(house, chat)).text, /1️⃣ X1 \(A, B\)\n2️⃣ Fitness/)
    await press(house, chat, 'Back', 'Back')
    assert.match((await screen(house, chat)).text, /Tue 24 Nov: from what time/)
    await press(house, chat, '16:00', 'Back', '13:00', '15:00')
    assert.match((await screen(house, chat)).text, /How many hours in a row, within 13:00–15:00/)
    await press(house, chat, /^1 hour$/, 'Next', 'Next')

    // One hour needs no fallback; the order of the accounts was left as it had been.
    const { text } = await screen(house, chat)
    assert.match(text, /Tue 24 Nov, 13:00–15:00\n⏱ 1 hour\n1️⃣ X1[\s\S]*👥 Second\n/)
  })

  it('changes each thing from the summary', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Anna'])

    await press(house, chat, '✏️ Day', 'Wed 25 Nov')
    await press(house, chat, '✏️ Time', '18:00', '20:00')
    await press(house, chat, '✏️ Accounts', 'Second', 'Next')
    await press(house, chat, '✏️ Places', 'X1', 'X1', 'Next')
    await press(house, chat, '✏️ Hours', 'Back')

    const { text } = await screen(house, chat)
    // Of three hours two are left in that time, and one less would do.
    assert.match(text, /📅 Wed 25 Nov, 18:00–20:00\n⏱ 2 hours in a row, or 1\n1️⃣ Fitness[^\n]*\n2️⃣ X1/)
    assert.match(text, /👥 Anna, Second\n/)
    assert.match(text, /⏳ Fitness is open already: I begin at once\./)
    assert.doesNotMatch(text, /⚠️/)
  })

  it('says when the accounts cannot suffice', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Anna'])
    assert.match((await screen(house, chat)).text, /⚠️ Too few for all hours: 1 account and 2 places give 2 at most\./)

    await press(house, chat, '✏️ Places', 'X1', 'Next')
    const { text, labels } = await screen(house, chat)
    assert.match(text, /❌ This cannot work: 1 account and 1 place give 1 hour at most\./)
    assert.ok(!labels.includes('▶️ Start'))

    await press(house, chat, '✏️ Places', 'X1', 'X3', 'Next')
    assert.match((await screen(house, chat)).text, /⚠️ 1 account for 3 hours: each hour has to be in another place\./)
  })

  it('leads to an account first, for somebody without any that plans can use', async () => {
    await using house = await openHouse()
    const chat = await begin(house, ANNA, 'New plan')
    assert.match((await screen(house, chat)).text, /You have no account here yet/)

    const [account] = await addAccounts(house, ANNA, ['Anna'])
    await pauseAccount(house.db, ANNA.id, account?.id ?? 0)
    await chat.send('/plan')
    await press(house, chat, 'New plan')
    assert.match((await screen(house, chat)).text, /You have no account here yet/)
  })

  it('goes on after a restart at every question', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const chat = await begin(house, ANNA, 'New plan')
    const restart = async () => {
      await house.bot.stop()
      await house.startBot()
    }
    for (const label of ['Tue 24 Nov', '13:00', '18:00', /^3 hours$/, 'X1', '⚙️ A, B', 'Back', 'Next', 'Second']) {
      await restart()
      await press(house, chat, label)
    }
    await restart()
    await press(house, chat, 'Anna', 'Next', '2 hours will do')
    await restart()
    await press(house, chat, 'Start')

    assert.equal((await plans(house)).length, 1)
    assert.match((await screen(house, chat)).text, /Started[\s\S]*Second ✅, Anna ✅/)
  })

  it('is left at any time, and nothing is written', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna'])
    const chat = await begin(house, ANNA, 'New plan')
    await press(house, chat, 'Tue 24 Nov', '13:00')
    const old = (await chat.buttons())[0]?.data ?? ''
    await press(house, chat, 'Never mind')
    assert.match((await screen(house, chat)).text, /never mind/)
    assert.match((await chat.pressData(old)) ?? '', /outdated/)

    await chat.send('/plan')
    await press(house, chat, 'New plan')
    await answerAll(house, chat, ['Anna'])
    const start = (await chat.buttons())[0]?.data ?? ''
    await chat.send('/cancel')
    await chat.see(/Left unanswered/)
    assert.match((await chat.pressData(start)) ?? '', /outdated/)
    assert.deepEqual(await plans(house), [])
  })

  it('makes one plan of two presses, and none that overlaps another', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Anna'])
    await quiet(house, chat)
    await chat.pressTwice('Start')
    await quiet(house, chat)
    assert.equal((await plans(house)).length, 1)

    house.clock.advance({ minutes: 1 })
    await chat.send('/plan')
    await press(house, chat, 'New plan')
    await answerAll(house, chat, ['Anna'])
    await press(house, chat, 'Start')
    assert.match((await screen(house, chat)).text, /❌ One of these accounts is in another plan for that day/)
    await press(house, chat, '✏️ Accounts', /Anna/, 'Second', 'Next', 'Start')
    assert.equal((await plans(house)).length, 2)
  })

  it('shows the plan that a process made which ended before it could say so', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna', 'Second'])
    const [theirs] = await addAccounts(house, BRUNO, ['Bruno'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Bruno'])
    const hall = { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 }
    const places = [hall, { place: 'Fitness', options: [null], shared: true, maxAccounts: 3 }]
    const wish = { portal: PORTAL, date: TUESDAY, hours: 3, least: 2, from: 13, to: 18, places }
    await createPlan(house.db, { ...wish, userId: ANNA.id, accountIds: [theirs?.id ?? 0] })
    await press(house, chat, 'Start')

    assert.match((await screen(house, chat)).text, /✅ Started/)
    assert.equal((await plans(house)).length, 1)
  })

  it('is too late once the hours have begun', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Anna'])
    const chat = await begin(house, ANNA, 'New plan')
    await press(house, chat, 'Today')
    assert.equal((await screen(house, chat)).labels[0], '11:00', 'it is ten')
    await press(house, chat, '11:00', '13:00', /^2 hours$/, 'X1', 'Fitness', 'Next', 'Anna', 'Next')
    house.clock.advance({ minutes: 30 })
    await press(house, chat, 'or nothing')
    house.clock.advance({ minutes: 31 })
    await press(house, chat, 'Start')

    assert.match((await screen(house, chat)).text, /❌ Too late: not enough hours are left in that time/)
    assert.deepEqual(await plans(house), [])
    await press(house, chat, '✏️ Time', '12:00', '14:00', 'Start')
    assert.equal((await plans(house)).length, 1)
  })

  it('offers no account of somebody who cannot be asked', async () => {
    await using house = await openHouse()
    await addAccounts(house, ANNA, ['Mine'])
    await addAccounts(house, { ...BRUNO, first_name: '' }, ['Never here'])
    await addAccounts(house, { ...BRUNO, id: 77, first_name: 'Gone' }, ['Blocks'])
    const blocked_at = house.clock.now().toString()
    await house.db.write((tx) => tx.updateTable('users').set({ blocked_at }).where('id', '=', 77).execute())
    const chat = await begin(house, ANNA, 'New plan')
    await press(house, chat, /^Tue/, '13:00', '17:00', '2 hours', 'X1', 'Next')

    const { text, labels } = await screen(house, chat)
    assert.match(text, /With which accounts/)
    assert.deepEqual(labels.slice(0, 2), ['Mine', '‹ Back'])
  })

  it('shows long names and signs as they are', async () => {
    const name = 'Zoë <b>&amp; "Q" 👩‍👩‍👧‍👦 of the very long account names that nobody can read'
    await using house = await openHouse()
    await addAccounts(house, ANNA, [name])
    await addAccounts(house, { ...BRUNO, first_name: '<i>Bruno & Söhne</i> 🏳️‍🌈 GmbH and many more words' }, ['A & <B>'])
    const chat = await begin(house, ANNA, 'New plan')
    await answerAll(house, chat, ['Zoë', '👤'])
    await press(house, chat, 'Start')

    const { text } = await screen(house, chat)
    assert.match(text, /👥 Zoë <b>&amp; "Q" 👩‍👩‍👧‍👦 of…? ?[^,]*…? ✅, A & <B> ❔/)
    assert.match(text, /Waiting for an answer from <i>Bruno & Söhne/)
  })
})
