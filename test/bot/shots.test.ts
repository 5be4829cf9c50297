import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { insertShot } from '../../src/db/shots.ts'
import { addAccounts, makePlan, opening, PORTAL, press, work } from './plan-support.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen, TUESDAY } from './support.ts'

/** Notes that an action was fired at its opening, which is now. */
async function shoot(house: House, action: number, account: number, outcome = 'booked'): Promise<void> {
  const opens = house.clock.now()
  const at = (milliseconds: number) => opens.add({ milliseconds }).toString({ fractionalSecondDigits: 3 })
  await insertShot(house.db, {
    action_id: action,
    attempt: 1,
    account_id: account,
    portal: PORTAL,
    opening: at(0),
    offset_ms: 1998,
    error_ms: 4.25,
    travel_ms: 20,
    armed_at: at(-3878),
    fired_at: at(-2006),
    answered_at: at(-1957),
    late_ms: 2.4,
    tries: 1,
    outcome,
  })
}

const TIMELINE = ['ready −1,880 · sent −8 ms', 'arrived +2.4 · answered +41 ms', 'clock +1,998 ± 4.3 ms · 1 request']

describe('a shot', () => {
  it('has its timeline in the details of its plan, and in /status', async () => {
    await using house = await openHouse()
    const [account] = await addAccounts(house, ANNA, ['Anna'])
    assert.ok(account)
    await makePlan(house, { userId: ANNA.id, accountIds: [account.id] })
    const chat = await house.chat(ANNA)
    await chat.send('/plan')
    await press(house, chat, /^🎯 Tue/)
    await opening(house, 13)
    const { id } = await work(house)
    await shoot(house, id, account.id)
    await chat.see(/13:00 ✅/)
    await press(house, chat, 'Details')

    assert.deepEqual((await screen(house, chat)).text.split('\n'), [
      '🔍 Tue 24 Nov, 13:00–17:00',
      '',
      '13:00 X1 A · Anna: booked (13:00:00)',
      ...TIMELINE,
    ])
    await chat.send('/status')
    const { text } = await screen(house, chat)
    assert.ok(text.endsWith(['🎯 Fired at the opening', '', '✅ 13:00:00 X1 A · Anna', ...TIMELINE].join('\n')), text)
  })

  it('has it in /status of its request, in Italian too, and nobody sees another person’s', async () => {
    await using house = await openHouse()
    const [account] = await addAccounts(house, BRUNO, ['Bruno'])
    assert.ok(account)
    const slot = { date: TUESDAY, start: '13:00', end: null, location: 'Fitness', course: null, siteId: null }
    const deadline = house.clock.now().add({ hours: 1 })
    const asked = { type: 'book' as const, userId: BRUNO.id, accountId: account.id, portal: PORTAL, origin: 'x' }
    const { id } = await enqueueAction(house.db, { ...asked, slot, deadline })
    await work(house, 'slot-full')
    await shoot(house, id, account.id, 'slot-full')
    const bruno = await house.chat(BRUNO)
    // The result is owed as a message of its own, which must not come after the answer.
    await quiet(house, bruno)
    await bruno.send(`/status ${id}`)
    assert.match(
      (await screen(house, bruno)).text,
      /🎯 Partita all’apertura, in ms:\npronta −1\.?880 · partita −8 ms\narrivata \+2,4 · risposta \+41 ms\norologio \+1\.?998 ± 4,3 ms · 1 richiesta/,
    )
    await bruno.send('/status')
    assert.match((await screen(house, bruno)).text, /🎯 Partite all’apertura\n\n❌ 10:00:00 Fitness · Bruno\npronta/)

    const anna = await house.chat(ANNA)
    await anna.send('/status')
    assert.doesNotMatch((await screen(house, anna)).text, /Fired/)
  })
})
