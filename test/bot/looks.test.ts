import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listActions } from '../../src/db/actions/overview.ts'
import { coolPortal } from '../../src/db/portal-states.ts'
import { shareLook } from '../../src/db/slot-looks.ts'
import { ANNA, BRUNO, fillTimetable, type House, openHouse, quiet, screen, slot } from './support.ts'
import { claim, type FakeWork } from './worker.ts'

const FULL = slot({ spots: 0 })

async function openWith(user = ANNA) {
  const house = await openHouse({ user })
  await fillTimetable(house.db, [FULL])
  const chat = await house.chat(user)
  await chat.send('/start')
  await chat.idle()
  return { house, chat }
}

const looksOf = async (house: House) =>
  (await listActions(house.db.read, { state: undefined, userId: undefined, limit: 50 })).filter(
    ({ type }) => type === 'refresh',
  )

/** What a worker does with a look: so many places are left. */
async function answer(house: House, work: FakeWork, spots: number): Promise<void> {
  assert.ok(work.action.type === 'refresh' && work.action.slot)
  const { slot } = work.action
  const seen = { state: 'available' as const, spots }
  await work.end({
    status: 'completed',
    result: { kind: 'looked' },
    effects: (tx, now) => shareLook(tx, { portal: 'polimisport', slot, seen, by: work.action.id }, now),
  })
  house.db.waker.poke('news')
}

/** What a worker notes when it goes to look. */
const sent = (house: House) =>
  house.db.write((tx, now) => tx.updateTable('slots').set({ asked_at: now.toString() }).execute())

describe('the page of a class', () => {
  it('says to the second when it was seen, and asks for nothing while that is fresh', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ seconds: 20 })

    await chat.pressData('slot:1:1')

    const { text, labels } = await screen(house, chat)
    assert.match(text, /It is full\.\nSeen 10:00:00 \(20 seconds ago\)\.$/)
    assert.ok(labels.includes('🔄 Look again'))
    assert.deepEqual(await looksOf(house), [])
    assert.match((await chat.press('Look again')) ?? '', /^Seen 20 seconds ago: that is as fresh as it gets/)
    assert.deepEqual(await looksOf(house), [])
  })

  it('is looked at anew when it is old, and shows what was seen in its place', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })

    await chat.pressData('slot:1:1')
    await chat.see(/Seen 10:00:00 \(2 minutes ago\)\.\n🔄 Looking at the site…/)
    const work = await claim(house.db)
    await answer(house, work, 3)

    await chat.see(/3 spots[\s\S]*You can book it now\.\nSeen 10:02:00 \(just now\)\.$/)
    await quiet(house, chat)
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 1, 'all of it in one message')
    assert.deepEqual(
      (await looksOf(house)).map(({ userId, status }) => [userId, status]),
      [[null, 'completed']],
    )
    assert.deepEqual(await house.control.violations(), [])
  })

  it('of two people who look at the same class costs one look, and both see what it showed', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    const [account] = await house.addUser(BRUNO)
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')
    await bruno.idle()
    house.clock.advance({ minutes: 2 })
    await chat.pressData('slot:1:1')
    await chat.see(/Looking at the site/)
    const work = await claim(house.db)
    await sent(house)

    await bruno.pressData(`slot:${account?.id}:1`)
    await bruno.see(/Visto: 10:00:00 \(2 minuti fa\)\.\n🔄 Guardo sul sito…/)
    await answer(house, work, 3)

    await bruno.see(/Visto: 10:02:00 \(proprio ora\)\.$/)
    await chat.see(/Seen 10:02:00 \(just now\)\.$/)
    assert.equal((await looksOf(house)).length, 1)
  })

  it('is looked at again when that is pressed, once in 45 seconds', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    await chat.pressData('slot:1:1')
    await quiet(house, chat)
    house.clock.advance({ seconds: 45 })

    await chat.press('Look again')
    await chat.press('Look again')
    await chat.see(/Looking at the site/)

    assert.equal((await looksOf(house)).length, 1)
    await answer(house, await claim(house.db), 0)
    await chat.see(/It is full\.\nSeen 10:00:45 \(just now\)\.$/)
  })

  it('says why it could not be looked at, with when it was last seen', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })
    await chat.pressData('slot:1:1')
    await chat.see(/Looking at the site/)
    const work = await claim(house.db)
    await sent(house)

    await work.fail('portal-down')

    const failed =
      /⚠️ I could not look at the site\. The site does not work at the moment\.\nSeen 10:00:00 \(2 minutes ago\)/
    await chat.see(failed)
    await chat.press('Look again')
    await chat.see(failed)
    assert.equal((await looksOf(house)).length, 1, 'it is left alone for a moment')
  })

  it('says that nobody was there to look', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })
    await chat.pressData('slot:1:1')
    await chat.see(/Looking at the site/)

    house.clock.advance({ seconds: 30 })

    await chat.see(/I could not look at the site\. There was nobody to do it in time\.\nSeen 10:00:00/)
  })

  it('asks nothing of a site that asked for quiet', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })
    await house.db.write((tx, now) => coolPortal(tx, 'polimisport', now.add({ minutes: 15 }), 'rate-limited'))

    await chat.pressData('slot:1:1')
    await chat.press('Look again')

    await chat.see(/Seen 10:00:00 \(2 minutes ago\)\.\n⏸ The site asked for quiet; going on at 10:17\./)
    assert.deepEqual(await looksOf(house), [])
  })

  it('is not looked at before it opens, nor for a login that is refused', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    await fillTimetable(house.db, [FULL, slot({ date: '2026-11-27', siteId: '2' })])
    house.clock.advance({ minutes: 2 })

    await chat.pressData('slot:1:2')
    await chat.see(/Not open yet/)
    await house.db.write((tx) => tx.updateTable('accounts').set({ state: 'suspended' }).execute())
    await chat.pressData('slot:1:1')

    const { labels } = await screen(house, chat)
    assert.ok(!labels.includes('🔄 Look again'), labels.join())
    assert.deepEqual(await looksOf(house), [])
  })

  it('does not come back over what is shown since', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })
    await chat.pressData('slot:1:1')
    await chat.see(/Looking at the site/)
    await chat.press('Back')

    await answer(house, await claim(house.db), 3)
    await quiet(house, chat)

    assert.match((await screen(house, chat)).text, /^Tomorrow, Sun 22 Nov/)
  })

  it('is kept up to date in a message of its own where the old one is gone', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    house.clock.advance({ minutes: 2 })

    await chat.pressData('slot:1:1', { messageId: 999_999 })
    await chat.see(/Looking at the site/)
    await answer(house, await claim(house.db), 3)

    await chat.see(/Seen 10:02:00 \(just now\)\.$/)
  })

  it('follows for a while what others see, asking for nothing itself', async () => {
    const { house, chat } = await openWith()
    await using _ = house
    await chat.pressData('slot:1:1')
    const share = (spots: number) =>
      house.db.write(
        (tx, now) =>
          shareLook(tx, { portal: 'polimisport', slot: FULL, seen: { state: 'available', spots }, by: 0 }, now),
        ['news'],
      )
    house.clock.advance({ minutes: 4 })
    await share(2)
    await chat.see(/2 spots[\s\S]*Seen 10:04:00 \(just now\)/)

    house.clock.advance({ minutes: 2 })
    await share(5)
    await quiet(house, chat)

    assert.match((await screen(house, chat)).text, /2 spots/)
    assert.deepEqual(await looksOf(house), [])
  })

  it('does not count against what one person may ask for in an hour', async () => {
    const house = await openHouse({ actionsPerHour: 1 })
    await using _ = house
    await fillTimetable(house.db, [slot()])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    house.clock.advance({ minutes: 2 })
    await chat.pressData('slot:1:1')
    await chat.see(/Looking at the site/)
    await answer(house, await claim(house.db), 3)
    await chat.see(/Seen 10:02:00/)

    assert.equal(await chat.press('Book it'), 'Queued as #2')
  })
})
