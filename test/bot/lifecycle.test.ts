import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startBot } from '../../src/bot/bot.ts'
import { UserError } from '../../src/core/errors.ts'
import { createLog } from '../../src/core/log.ts'
import { ANNA, type House, openHouse, SECRET_PASSWORD } from './support.ts'

function parts({ db, vault, folder: dataDir }: House) {
  return { db, vault, dataDir, limits: { actionsPerHour: 60 }, log: createLog('test', 'silent') }
}

describe('the bot process', () => {
  it('says which token is refused', async () => {
    await using house = await openHouse()

    const bot = await startBot({ ...parts(house), token: '4242:wrong', apiRoot: house.telegram.url })

    await assert.rejects(
      bot.ended,
      (error) => error instanceof UserError && /does not accept the bot token/.test(error.message),
    )
    await assert.rejects(bot.ready)
    await bot.stop()
  })

  it('ends when another bot takes over, in one sentence', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.see('Hi')
    const first = house.bot

    await house.startBot()

    await assert.rejects(
      first.ended,
      (error) => error instanceof UserError && /Another bot is running/.test(error.message),
    )
    await first.stop()
    await chat.send('/help')
    await chat.see('What I can do')
  })

  it('keeps trying while Telegram is away', async () => {
    await using house = await openHouse()
    await house.bot.stop()
    await house.control.fail('getMe', { with: 'drop-before', times: 1 })
    await house.control.fail('getMe', { with: 500, times: 1 })

    await house.startBot()

    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.see('Hi')
  })

  it('stops at once even where Telegram was never reached', async () => {
    await using house = await openHouse()
    const bot = await startBot({ ...parts(house), token: '4242:demo', apiRoot: 'http://127.0.0.1:9' })

    await bot.stop()
    await bot.ended
  })

  it('goes on after an error in a handler, and apologises', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.see('Hi')
    await house.db.write((tx) => tx.schema.alterTable('slots').renameTo('slots_away').execute())

    assert.match((await chat.pressData('day:1:2026-11-22:0')) ?? '', /Something went wrong on my side/)
    await chat.send('/book')
    await chat.see(/Something went wrong on my side/)
    await house.db.write((tx) => tx.schema.alterTable('slots_away').renameTo('slots').execute())
    await chat.pressData('book')

    await chat.see(/no classes to show yet/)
  })

  it('says no secret, to Telegram or in the log', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    for (const data of ['settings', 'check:1', 'bookings:0', 'timetable']) await chat.pressData(data)

    const calls = JSON.stringify(await house.control.calls())
    assert.doesNotMatch(calls, new RegExp(`${SECRET_PASSWORD}|${ANNA.id}-Polimisport`))
  })
})
