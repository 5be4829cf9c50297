import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { listAccountsOf } from '../../src/db/accounts.ts'
import { replaceBookings } from '../../src/db/bookings.ts'
import { insertNotice } from '../../src/db/notices.ts'
import { pauseAccount } from '../../src/db/own-accounts.ts'
import { stopPlan } from '../../src/db/plans.ts'
import { removeUser } from '../../src/db/remove-user.ts'
import { addAccounts, makePlan, moveOn, opening, PORTAL, planOfHouse, press, work } from './plan-support.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen, showing, TUESDAY } from './support.ts'

type Scene = { chat: Chat; planId: number; accountIds: number[] }

/** Anna looks at her plan of two accounts, two hours in a row at X1 or else at X3. */
async function watched(house: House): Promise<Scene> {
  const accounts = await addAccounts(house, ANNA, ['Anna', 'Second'])
  const accountIds = accounts.map(({ id }) => id)
  const chat = await house.chat(ANNA)
  const planId = await makePlan(house, { userId: ANNA.id, accountIds })
  await chat.send('/plan')
  await press(house, chat, /^🎯 Tue/)
  return { chat, planId, accountIds }
}

/** 13 is won, 14 lost, 15 and 16 won. */
async function playToTheEnd(house: House): Promise<void> {
  await opening(house, 13)
  await work(house)
  await opening(house, 14)
  for (const answer of ['slot-full', 'slot-full', 'limit-reached'] as const) await work(house, answer)
  await opening(house, 15)
  await work(house)
  await opening(house, 16)
  await work(house)
}

const lineOf = async (chat: Chat, hour: string) =>
  (await chat.last())?.text.split('\n').find((line) => line.startsWith(hour))

describe('a plan in the chat', () => {
  it('shows each hour as it goes: what is tried by whom, and what comes of it', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)

    await opening(house, 13)
    // The message has scrolled out of sight by now: it goes on in a new one.
    await chat.see(/13:00 🎯 X1 A · Anna/)
    await showing(chat, '13:00 🎯', 2)
    await quiet(house, chat)
    assert.equal((await chat.messages()).filter(({ text }) => text.includes('13:00 🎯')).length, 2)
    await work(house)
    await showing(chat, '13:00 ✅ X1 A · Anna', 2)

    await opening(house, 14)
    await work(house, 'slot-full')
    await showing(chat, '14:00 🎯 X1 B · Second', 2)
    await work(house, 'slot-full')
    await showing(chat, '14:00 🎯 X1 full → X3 A · ', 2)
    assert.deepEqual((await screen(house, chat)).labels, ['⏹ Stop it', '🔍 Details', '‹ Plans'])
    assert.equal(await lineOf(chat, '15:00'), '15:00 ⏳ opens 15:00')
  })

  it('tells how it ended: the hours in a row, why others were lost, and what is held beside', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    await playToTheEnd(house)

    const ping = await chat.see(/🎯 ↑ Tue 24 Nov: ✅ 2 hours booked: 15:00–17:00/)
    const result = await chat.see(/🔸 Also held/)
    assert.deepEqual(result.text.split('\n').slice(5), [
      '✅ 2 hours booked: 15:00–17:00',
      '13:00 🔸 X1 A · Anna (extra)',
      '14:00 🔴 X1 full → X3: limit reached',
      '15:00 ✅ X1 A · Second',
      '16:00 ✅ X3 A · Anna',
      '',
      '🔸 Also held, beside the hours in a row. Shall I cancel it?',
    ])
    assert.ok(ping.id > result.id)
    assert.deepEqual(
      result.buttons.map(({ label }) => label),
      ['❌ 13:00 X1 A · Anna', '🔁 Again, another day', '🔍 Details', '‹ Plans'],
    )
  })

  it('cancels what is held beside the run, once, when it is told to', async () => {
    await using house = await openHouse()
    const { chat, planId } = await watched(house)
    await playToTheEnd(house)
    await chat.see(/🎯 ↑/)
    await quiet(house, chat)

    assert.deepEqual(await chat.pressTwice('❌ 13:00 X1 A · Anna'), ['I cancel it.', 'I cancel it.'])
    await chat.see(/13:00 ↩️ X1 A · Anna: being cancelled/)
    await quiet(house, chat)
    const cancelled = await work(house)
    assert.equal(cancelled.type, 'cancel')
    await chat.see(/13:00 ↩️ X1 A · Anna: cancelled/)
    await chat.see(/✅ Cancelled: X1 A/)
    await quiet(house, chat)

    const actions = await house.db.read
      .selectFrom('booking_actions')
      .select('id')
      .where('action_type', '=', 'cancel')
      .execute()
    assert.equal(actions.length, 1)
    assert.equal(await chat.pressData(`plan-left:${planId}:1`), 'It is not booked any more.')
    // What is in the run is not offered, and not cancelled by whoever makes the button up.
    const kept = (await planOfHouse(house)).outcome?.run.map(({ tryId }) => tryId) ?? []
    for (const id of kept) assert.match((await chat.pressData(`plan-left:${planId}:${id}`)) ?? '', /outdated/)
  })

  it('tells the same the day after, and offers to cancel nothing that is over', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    await playToTheEnd(house)
    await chat.see(/🎯 ↑/)
    await quiet(house, chat)
    const before = await planOfHouse(house)
    house.clock.advance({ hours: 24 * 4 })
    // As a sync does that finds none of them: the site lists what is to come.
    for (const account of await listAccountsOf(house.db.read, ANNA.id))
      await house.db.write((tx, now) => replaceBookings(tx, account, [], now))
    assert.deepEqual(await house.db.read.selectFrom('user_bookings').select('id').execute(), [])

    await chat.send('/plan')
    await press(house, chat, /^✅ Tue/)
    const { text, labels } = await screen(house, chat)
    assert.deepEqual(text.split('\n').slice(5), [
      '✅ 2 hours booked: 15:00–17:00',
      '13:00 🔸 X1 A · Anna (extra)',
      '14:00 🔴 X1 full → X3: limit reached',
      '15:00 ✅ X1 A · Second',
      '16:00 ✅ X3 A · Anna',
    ])
    assert.deepEqual(labels, ['🔁 Again, another day', '🔍 Details', '‹ Plans'])
    await press(house, chat, 'Details')
    assert.doesNotMatch((await screen(house, chat)).text, /cancelled/)
    assert.deepEqual((await planOfHouse(house)).tries, before.tries)
  })

  it('keeps the message that was left for something else as it is, and tells the result all the same', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    await press(house, chat, '‹ Plans', '‹ Menu')
    assert.equal((await planOfHouse(house)).chatMessageId, null)
    await house.bot.stop()
    await house.startBot()

    await opening(house, 13)
    await chat.see(/13:00 🎯 X1 A · Anna/)
    await quiet(house, chat)
    const [menu] = (await chat.messages()).filter(({ from }) => from === 'bot')
    assert.match(menu?.text ?? '', /Hi Anna/)
  })

  it('goes on after a restart in the middle', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    await opening(house, 13)
    await chat.see(/13:00 🎯 X1 A · Anna/)
    await quiet(house, chat)
    await house.bot.stop()
    await work(house)

    await house.startBot()
    await chat.see(/13:00 ✅ X1 A · Anna/)
    await playOn(house)
    await chat.see(/🎯 ↑ .*2 hours booked: 13:00–15:00/)
    assert.equal((await chat.messages()).filter(({ text }) => text.includes('🎯 ↑')).length, 1)
  })

  it('comes in a new message when the old one was deleted', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    for (const { id, from } of await chat.messages()) if (from === 'bot') await chat.delete(id)
    await opening(house, 13)
    await work(house)
    await playOn(house)

    await chat.see(/2 hours booked: 13:00–15:00\n13:00 ✅ X1 A · Anna/)
  })

  it('has details of many tries on pages', async () => {
    await using house = await openHouse()
    const { chat } = await watched(house)
    for (const hour of [13, 14, 15]) {
      await opening(house, hour)
      for (let n = 0; n < 4; n++) await work(house, 'slot-full')
    }
    await chat.see(/🎯 ↑/)
    await press(house, chat, 'Details')
    const labels = (await chat.buttons()).map(({ label }) => label)
    assert.deepEqual(labels, ['1/2', '›', '‹ Back'])
    await press(house, chat, '›')
    const second = await chat.see(/15:00 X3 B · \w+: full/)
    await press(house, chat, 'Back')
    await chat.see(/❌ No 2 hours in a row could be had\n13:00 🔴 X1 full → X3 full/, { after: second })
  })

  it('has details of why nobody could try, though nothing was tried', async () => {
    await using house = await openHouse()
    const { planId, accountIds } = await watched(house)
    for (const id of accountIds) await pauseAccount(house.db, ANNA.id, id)
    await opening(house, 16)
    assert.equal((await planOfHouse(house, planId)).tries.length, 0)
    const chat = await house.chat(ANNA)
    await chat.see(/🎯 ↑/)
    await press(house, chat, 'Details')
    await chat.see(/\n13:00 X1: not accepted, or suspended: Anna, Second\n/)
  })

  it('tells the owners of the accounts it used how it ended', async () => {
    await using house = await openHouse()
    const [own] = await addAccounts(house, ANNA, ['Anna'])
    const [theirs] = await addAccounts(house, BRUNO, ['X TU Delft'])
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')
    await quiet(house, bruno)
    const planId = await makePlan(house, { userId: ANNA.id, accountIds: [theirs?.id ?? 0, own?.id ?? 0] })
    await press(house, bruno, 'Accetta')
    await opening(house, 13)
    await work(house)
    await playOn(house)

    const told = await bruno.see(/✅ 2 ore prenotate: 13:00–15:00\n13:00 ✅ X1 A · Bruno\n14:00 ✅ X1 A · Anna/)
    assert.match(told.text, /Un piano di Anna/)
    assert.deepEqual(
      told.buttons.map(({ label }) => label),
      ['🔍 Dettagli', '‹ Piani'],
    )
    assert.equal(planId, 1)
  })

  it('lets the owner of an account cancel what it holds beside, or tells them who has', async () => {
    await using house = await openHouse()
    const [own] = await addAccounts(house, ANNA, ['Anna'])
    const [theirs] = await addAccounts(house, BRUNO, ['X TU Delft'])
    const bruno = await house.chat(BRUNO)
    const anna = await house.chat(ANNA)
    for (const chat of [anna, bruno]) await chat.send('/start')
    await quiet(house, bruno)
    await makePlan(house, { userId: ANNA.id, accountIds: [theirs?.id ?? 0, own?.id ?? 0] })
    await press(house, bruno, 'Accetta')
    await opening(house, 13)
    await work(house)
    await stopPlan(house.db, ANNA.id, 1)
    await moveOn(house)

    const ended = await bruno.see(/⏹ Fermato\n13:00 🔸 X1 A · Bruno[\s\S]*Lo cancello\?/)
    assert.deepEqual(
      ended.buttons.map(({ label }) => label),
      ['❌ 13:00 X1 A · Bruno', '🔍 Dettagli', '‹ Piani'],
    )
    await anna.see(/⏹ Stopped[\s\S]*Shall I cancel it\?/)
    await quiet(house, anna)
    assert.equal(await anna.press('❌ 13:00 X1 A · Bruno'), 'I cancel it.')
    const told = await bruno.see(/ℹ️ A Anna non serve X1 A, mar 24 nov, 13:00, sul tuo account X TU Delft: lo cancello/)
    assert.deepEqual(
      told.buttons.map(({ label }) => label),
      ['🎯 Mostra il piano'],
    )
  })

  it('tells the owner of an account what it holds when who made the plan has left', async () => {
    await using house = await openHouse()
    const [theirs] = await addAccounts(house, BRUNO, ['Bruno'])
    const [own] = await addAccounts(house, ANNA, ['X TU Delft'])
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await quiet(house, anna)
    await makePlan(house, { userId: BRUNO.id, accountIds: [own?.id ?? 0, theirs?.id ?? 0] })
    await press(house, anna, 'Accept')
    await opening(house, 13)
    await work(house)
    assert.equal((await removeUser(house.db, BRUNO.id, 'owner')).outcome, 'removed')

    const told = await anna.see(/Bruno is no longer here, and their plan for tue 24 nov has ended/i)
    assert.match(told.text, /stays booked:\n13:00 X1 A · X TU Delft$/)
    assert.deepEqual(
      told.buttons.map(({ label }) => label),
      ['📋 My bookings'],
    )
  })

  it('tells of what was won after it had ended', async () => {
    await using house = await openHouse()
    const { chat, planId } = await watched(house)
    const slot = { portal: PORTAL, location: 'X1', course: 'X1 A', date: TUESDAY, start: '13:00' }
    const notice = { kind: 'plan-late', planId, tryId: 1, account: 'Anna', ...slot } as const
    await house.db.write((tx, now) => insertNotice(tx, { userId: ANNA.id, notice, now }), ['news'])

    const told = await chat.see(/X1 A, tue 24 nov, 13:00, is booked with the account Anna after all/i)
    assert.deepEqual(
      told.buttons.map(({ label }) => label),
      ['🎯 Show the plan'],
    )
  })

  it('leaves what somebody holds who has refused since to them', async () => {
    await using house = await openHouse()
    const [own] = await addAccounts(house, ANNA, ['Anna'])
    const [theirs] = await addAccounts(house, BRUNO, ['X TU Delft'])
    const bruno = await house.chat(BRUNO)
    const anna = await house.chat(ANNA)
    for (const chat of [anna, bruno]) await chat.send('/start')
    await quiet(house, bruno)
    await makePlan(house, { userId: ANNA.id, accountIds: [theirs?.id ?? 0, own?.id ?? 0] })
    await press(house, bruno, 'Accetta')
    await opening(house, 13)
    await work(house)
    await press(house, bruno, 'Rifiuta')
    await stopPlan(house.db, ANNA.id, 1)
    await moveOn(house)

    const ended = await anna.see(/🔸 13:00 X1 A · Bruno: its owner no longer agrees/)
    assert.doesNotMatch(ended.text, /Shall I cancel it/)
    assert.deepEqual(
      ended.buttons.map(({ label }) => label),
      ['🔁 Again, another day', '🔍 Details', '‹ Plans'],
    )
    await quiet(house, anna)
    assert.match((await anna.pressData('plan-left:1:1')) ?? '', /only they can cancel it/)
    assert.equal((await house.db.read.selectFrom('user_bookings').select('id').execute()).length, 1)
  })
})

/** 14 is won too. */
async function playOn(house: House): Promise<void> {
  await opening(house, 14)
  await work(house)
}
