import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import type { Child } from '../../sim/demo-processes.ts'
import type { SeenMessage } from '../../sim/telegram/client.ts'
import { patience } from '../support/patience.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

describe('a bot killed in the middle of a booking', () => {
  let house: WholeHouse
  let bot: Child
  before(async () => {
    house = await openWholeHouse()
    await house.portal.setFault({ id: 'otp-skipped' })
    await house.startWorker()
    await house.runScript('src/scripts/refresh-courses.ts')
  })
  after(() => house.close())
  beforeEach(async () => {
    bot = await house.startBot()
  })
  afterEach(async () => {
    await kill9(bot)
    await house.control.clearFaults()
    await house.portal.clearFaults('hold')
    const { bookings } = await house.portal.state()
    for (const { username, slotId } of bookings) await house.portal.cancelByHand({ username, slotId })
    await house.db.write((tx) => tx.deleteFrom('user_bookings').execute())
  })

  const openCard = async (): Promise<SeenMessage> => {
    await house.ada.send('/book')
    await house.ada.press(/Tomorrow/)
    await house.ada.press(/🟢/)
    return house.ada.see(/You can book it now/)
  }
  /** Once the bot is back: exactly one booking on the site, one message that tells of it, one action. */
  const assertOnce = async (card: SeenMessage, actionsBefore: number) => {
    const result = await house.ada.see(/✅ Booked/, { after: card })
    assert.equal(result.id, card.id, 'the result stands where the button was pressed')
    await house.ada.idle()
    assert.equal((await house.portal.state()).bookings.length, 1)
    assert.equal(await countActions(house), actionsBefore + 1)
    const told = (await house.ada.messages()).filter(({ id, text }) => id >= card.id && /Booked/.test(text))
    assert.equal(told.length, 1)
  }

  it('takes the press that came while it was dead, once', async () => {
    const card = await openCard()
    const before = await countActions(house)
    await kill9(bot)
    const pressed = house.ada.press(/Book it/)

    bot = await house.startBot()

    await pressed
    await assertOnce(card, before)
  })

  it('answers a press whose answer was on its way', async () => {
    const card = await openCard()
    const before = await countActions(house)
    await house.control.fail('editMessageText', { with: 'hang', times: 1 })
    const pressed = house.ada.press(/Book it/)
    await waitForActions(house, before + 1)
    await kill9(bot)

    bot = await house.startBot()

    await pressed.catch(() => undefined)
    await assertOnce(card, before)
  })

  it('tells the result that came while it was dead', async () => {
    const card = await openCard()
    const before = await countActions(house)
    await house.portal.setFault({ id: 'hold', route: 'BookAppointment', mode: 'once' })
    await house.ada.press(/Book it/)
    await house.portal.waitFor({ path: 'BookAppointment', phase: 'held' })
    await kill9(bot)
    await house.portal.release()
    await waitForNotice(house)

    bot = await house.startBot()

    await assertOnce(card, before)
  })

  it('does not tell a result twice whose delivery was never confirmed', async () => {
    const card = await openCard()
    const before = await countActions(house)
    await house.portal.setFault({ id: 'hold', route: 'BookAppointment', mode: 'once' })
    await house.ada.press(/Book it/)
    await house.portal.waitFor({ path: 'BookAppointment', phase: 'held' })
    await house.ada.see(/confirming/, { after: card })
    await house.control.fail('editMessageText', { with: 'drop-after', times: 100 })
    await house.portal.release()
    await house.ada.see(/✅ Booked/, { after: card })
    await kill9(bot)
    await house.control.clearFaults()

    bot = await house.startBot()

    await assertOnce(card, before)
  })
})

async function countActions({ db }: WholeHouse): Promise<number> {
  return (await db.read.selectFrom('booking_actions').select('id').execute()).length
}

async function waitForActions(house: WholeHouse, count: number): Promise<void> {
  await until(house, async () => (await countActions(house)) >= count)
}

async function waitForNotice(house: WholeHouse): Promise<void> {
  await until(house, async () => {
    const owed = await house.db.read.selectFrom('notices').select('id').where('state', '=', 'pending').execute()
    return owed.length > 0
  })
}

/** Waits for news of the house until `sign` holds. */
async function until({ db }: WholeHouse, sign: () => Promise<boolean>): Promise<void> {
  const limit = patience()
  while (!(await sign())) {
    limit.throwIfAborted()
    const news = Promise.withResolvers<void>()
    const stop = await db.waker.listen('news', news.resolve)
    const stopWork = await db.waker.listen('work', news.resolve)
    if (!(await sign())) await news.promise
    stop()
    stopWork()
  }
}
