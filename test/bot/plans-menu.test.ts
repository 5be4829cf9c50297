import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { patience } from '../support/patience.ts'
import { addAccounts, makePlan, press } from './plan-support.ts'
import { ANNA, BRUNO, openHouse, quiet, screen } from './support.ts'

describe('the way to plans', () => {
  it('is shown only where somebody in the house has an account that plans can use', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    assert.ok(!(await screen(house, chat)).labels.some((label) => label.includes('Plans')))
    await chat.send('/help')
    assert.doesNotMatch((await screen(house, chat)).text, /\/plan/)
    assert.ok(!(await chat.view()).commands.some(({ command }) => command === 'plan'))

    await addAccounts(house, BRUNO, ['Bruno'])
    await house.bot.stop()
    await house.startBot()
    await chat.send('/start')
    assert.deepEqual((await screen(house, chat)).labels.slice(0, 3), ['📅 New booking', '📋 My bookings', '🎯 Plans'])
    await chat.send('/help')
    const { text } = await screen(house, chat)
    assert.match(text, /Several hours in a row\?\n\/plan/)
    assert.ok(text.split('\n').length <= 25, 'it fits a phone')
    await chat.send('/nonsense')
    assert.match((await screen(house, chat)).text, /do not know that command[\s\S]*\/plan/)
    assert.ok((await chat.view()).commands.some(({ command }) => command === 'plan'))
  })

  it('is among the commands as soon as the first such account is added in the chat', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await press(house, chat, 'Add an account', 'X TU Delft')
    await chat.send('avoorbeeld')
    await chat.see(/password/)
    await chat.send('correct-horse-battery')
    await chat.see(/Checking the login of X TU Delft/)
    await quiet(house, chat)

    const limit = patience()
    while (!(await chat.view()).commands.some(({ command }) => command === 'plan')) limit.throwIfAborted()
  })

  it('fits a phone, in both languages', async () => {
    await using house = await openHouse()
    await addAccounts(house, BRUNO, ['Bruno'])
    for (const user of [ANNA, BRUNO]) {
      const chat = await house.chat(user)
      await chat.send('/start')
      await quiet(house, chat)
      const rows = Map.groupBy(await chat.buttons(), ({ row }) => row)
      assert.ok(rows.size <= 4)
      for (const row of rows.values()) assert.ok(row.length <= 2)
      await press(house, chat, '🎯', '‹ Menu')
    }
  })

  it('has pages for many plans, newest first', async () => {
    await using house = await openHouse()
    const accounts = await addAccounts(house, ANNA, ['Anna'])
    const accountIds = accounts.map(({ id }) => id)
    for (let day = 1; day <= 8; day++)
      await makePlan(house, { userId: ANNA.id, accountIds, date: `2026-12-0${day}`, hours: 1, least: 1 })
    const chat = await house.chat(ANNA)
    await chat.send('/plan')

    const { labels } = await screen(house, chat)
    assert.deepEqual(labels.slice(0, 2), ['🎯 Tue 8 Dec, 13:00–17:00', '🎯 Mon 7 Dec, 13:00–17:00'])
    assert.deepEqual(labels.slice(6), ['1/2', '›', '➕ New plan', '‹ Menu'])
    await press(house, chat, '›')
    assert.match((await screen(house, chat)).text, /Tue 1 Dec, 13:00–17:00\n1 hour\nWaiting for the first opening/)
  })
})
