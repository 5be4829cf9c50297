import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { pauseAccount } from '../../src/db/own-accounts.ts'
import { addAccounts, makePlan, moveOn, opening, planOfHouse, press, work } from './plan-support.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen } from './support.ts'

/** Anna looks at her plan with an account of hers and one of Bruno's. */
async function looking(house: House): Promise<Chat> {
  const [own, second] = await addAccounts(house, ANNA, ['Anna', 'Second'])
  const [theirs] = await addAccounts(house, BRUNO, ['Bruno'])
  assert.ok(own && theirs && second)
  const chat = await house.chat(ANNA)
  const bruno = await house.chat(BRUNO)
  await bruno.send('/start')
  await quiet(house, bruno)
  await makePlan(house, { userId: ANNA.id, accountIds: [own.id, theirs.id] })
  await chat.send('/plan')
  await press(house, chat, /^🎯 Tue/)
  return chat
}

describe('changing a plan', () => {
  it('goes from the summary, thing by thing, and asks the others anew', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    const bruno = await house.chat(BRUNO)
    await bruno.see(/vorrebbe usare/)
    await press(house, bruno, 'Accetta')
    house.clock.advance({ minutes: 5 })

    await press(house, chat, 'Change')
    assert.match((await screen(house, chat)).text, /What shall change\?\n\n📅 Tue 24 Nov, 13:00–17:00/)
    assert.deepEqual((await screen(house, chat)).labels, [
      '💾 Save',
      '✏️ Time',
      '✏️ Hours',
      '✏️ Places',
      '✏️ Accounts',
      '✏️ Fewer hours',
      '✖️ Never mind',
    ])
    await press(house, chat, '✏️ Time', '17:00', '20:00', '✏️ Hours', /^3 hours$/)
    await press(house, chat, '✏️ Fewer hours', '2 hours will do', '✏️ Accounts', 'Second', 'Next', 'Save')

    const { text, labels } = await screen(house, chat)
    assert.match(text, /✅ Changed\.\n\n🎯 Tue 24 Nov, 17:00–20:00\n⏱ 3 hours in a row, or 2/)
    assert.match(text, /👥 Anna ✅, Bruno ❔, Second ✅/)
    assert.deepEqual(labels, ['✏️ Change', '⏹ Stop it', '‹ Plans'])
    await bruno.see(/17:00–20:00[\s\S]*Puoi cambiare idea/)
    // The message goes on showing it.
    await press(house, bruno, 'Accetta')
    await chat.see(/👥 Anna ✅, Bruno ✅, Second ✅/)
  })

  it('leaves everybody’s word and every account as they are when nothing is changed', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    const bruno = await house.chat(BRUNO)
    await bruno.see(/vorrebbe usare/)
    await press(house, bruno, 'Accetta')
    const [, theirs] = (await planOfHouse(house)).accounts
    await pauseAccount(house.db, BRUNO.id, theirs?.accountId ?? 0)
    await quiet(house, chat)
    const before = await planOfHouse(house)

    await press(house, chat, 'Change')
    assert.match((await screen(house, chat)).text, /👥 Anna, 👤 Bruno · Bruno/)
    await press(house, chat, 'Save')

    assert.match((await screen(house, chat)).text, /✅ Changed\.[\s\S]*👥 Anna ✅, Bruno ⚠️/)
    assert.deepEqual((await planOfHouse(house)).accounts, before.accounts)
    assert.deepEqual(before.accounts[1]?.consent, 'accepted')
  })

  it('changes nothing when it is left', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    const before = await planOfHouse(house)
    await press(house, chat, 'Change', '✏️ Time', '17:00', '20:00', 'Never mind')
    assert.match((await screen(house, chat)).text, /never mind/)
    assert.deepEqual(await planOfHouse(house), { ...before, chatMessageId: null })
  })

  it('is too late once it has begun, even with the summary open', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    house.clock.advance({ hours: 2, minutes: 50 })
    await press(house, chat, 'Change', '✏️ Time', '14:00', '17:00')
    await opening(house, 13)
    await press(house, chat, 'Save')
    await chat.see(/It has begun, and cannot be changed any more\.\n\n🎯 Tue 24 Nov, 13:00–17:00/)

    assert.equal((await planOfHouse(house)).from, 13)
    assert.match((await chat.pressData('plan-change:1')) ?? '', /It has begun/)
  })
})

describe('stopping a plan', () => {
  it('is asked about first, keeps what is booked, and offers to cancel it', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    await opening(house, 13)
    await work(house)
    await chat.see(/13:00 ✅ X1 A · Anna/)

    await press(house, chat, 'Stop it')
    assert.match(
      (await screen(house, chat)).text,
      /Really stop the plan for Tue 24 Nov, 13:00–17:00\?\nI try nothing more/,
    )
    await press(house, chat, 'No, go on')
    assert.equal((await planOfHouse(house)).state, 'active')
    await press(house, chat, 'Stop it')
    await quiet(house, chat)
    assert.equal(await chat.press('Yes, stop it'), 'Stopped: I try nothing more.')
    await chat.see(/Stopping: I wait for what is on its way/)
    await moveOn(house)

    const ended = await chat.see(/⏹ Stopped\n13:00 🔸 X1 A · Anna \(extra\)\n14:00 ➖ not tried, stopped/)
    assert.deepEqual(
      ended.buttons.map(({ label }) => label),
      ['❌ 13:00 X1 A · Anna', '🔁 Again, another day', '🔍 Details', '‹ Plans'],
    )
    await chat.see(/🎯 ↑ Tue 24 Nov: ⏹ Stopped/)
    assert.equal((await house.db.read.selectFrom('user_bookings').select('id').execute()).length, 1)
  })

  it('does no harm twice, or from an old message', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    await press(house, chat, 'Stop it')
    await quiet(house, chat)
    await chat.pressTwice('Yes, stop it')
    await moveOn(house)
    await chat.see(/⏹ Stopped/)
    await quiet(house, chat)

    assert.equal(await chat.pressData('plan-stop:1'), 'It had already ended.')
    await chat.pressData('plan-ask-stop:1')
    await chat.see(/⏹ Stopped/)
    assert.match((await chat.pressData('plan-stop:99')) ?? '', /outdated/)
    assert.match((await chat.pressData('plan-stop:x')) ?? '', /outdated/)
  })
})

describe('the same plan again', () => {
  it('asks for the day only', async () => {
    await using house = await openHouse()
    const chat = await looking(house)
    await press(house, chat, 'Stop it', 'Yes, stop it')
    await moveOn(house)
    await chat.see(/🎯 ↑/)

    await press(house, chat, 'Again, another day')
    await chat.see(/^Which day\?/)
    await press(house, chat, 'Wed 25 Nov')
    const summary = await chat.see(/Shall I start this plan\?/)
    assert.match(summary.text, /📅 Wed 25 Nov, 13:00–17:00\n⏱ 2 hours in a row[\s\S]*👥 Anna, 👤 Bruno · Bruno/)
    await press(house, chat, 'Start')

    const { date, from, to, hours, accounts } = await planOfHouse(house, 2)
    assert.deepEqual(
      { date, from, to, hours, accounts: accounts.map(({ name, consent }) => `${name} ${consent}`) },
      { date: '2026-11-25', from: 13, to: 17, hours: 2, accounts: ['Anna accepted', 'Bruno asked'] },
    )
  })
})
