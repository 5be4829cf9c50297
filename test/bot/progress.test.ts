import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { releaseAction } from '../../src/db/actions/work.ts'
import { coolPortal } from '../../src/db/portal-states.ts'
import { ANNA, fillTimetable, openHouse, quiet, slot } from './support.ts'
import { claim } from './worker.ts'

async function openQueued() {
  const house = await openHouse()
  await fillTimetable(house.db, [slot()])
  const chat = await house.chat(ANNA)
  await chat.send('/start')
  await chat.idle()
  await chat.pressData('book-slot:1:1')
  return { house, chat }
}

describe('progress', () => {
  it('shows each step in its place, and the result last', async () => {
    const { house, chat } = await openQueued()
    await using _ = house
    const work = await claim(house.db)
    await chat.see(/✓ queued as #1\n✓ claimed, work has begun/)

    for (const step of ['logging-in', 'one-time-code', 'some-new-step', 'choosing-slot']) await work.step(step)
    await chat.see(/✓ logging in\n✓ entering the one-time code\n▸ choosing the slot…/)
    await work.step('confirming')
    await work.step('verifying')
    await work.booked()
    await chat.see(/Booked: Yoga/)

    await quiet(house, chat)
    const edits = (await house.control.calls({ method: 'editMessageText' })).map(({ params }) => String(params['text']))
    assert.match(edits.at(-1) ?? '', /Booked/)
    assert.equal(edits.filter((text) => text.includes('Booked')).length, 1)
    assert.ok(edits.length <= 5, `${edits.length} edits`)
  })

  it('tells about another try, and about the wait for the opening', async () => {
    const { house, chat } = await openQueued()
    await using _ = house
    const work = await claim(house.db)
    await work.end({
      status: 'pending',
      runAt: house.clock.now().add({ minutes: 3 }),
      error: { kind: 'network', message: 'ECONNRESET' },
      outcomeUnknown: false,
      countsAsAttempt: true,
    })
    await chat.see(/✓ queued as #1\nThe site could not be reached\. Trying again at 10:03\./)

    house.clock.advance({ minutes: 3 })
    const again = await claim(house.db)
    await again.end({
      status: 'pending',
      runAt: house.clock.now().add({ hours: 38 }),
      error: { kind: 'not-open-yet', message: 'opens later' },
      outcomeUnknown: false,
      countsAsAttempt: false,
    })

    await chat.see(/🔒 Opens Mon 23 Nov, 00:03: I’ll book it then\./)
    assert.equal(await chat.press('Take it back'), 'Taken back.')
  })

  it('shows an action handed back, and one that waits for a quiet portal', async () => {
    const { house, chat } = await openQueued()
    await using _ = house
    const work = await claim(house.db)
    await work.step('logging-in')
    await chat.see(/logging in…/)
    await house.db.write((tx) => coolPortal(tx, 'polimisport', house.clock.now().add({ minutes: 10 }), 'blocked'))
    await releaseAction(house.db, work.lease)
    house.db.waker.poke('news')

    await chat.see(/✓ queued as #1\n⏸ The site asked for quiet; going on at 10:10\./)
    assert.equal(await claimNextAction(house.db, 'w', new Map([['polimisport', 3]])), undefined)
  })

  it('goes on after a restart of the bot', async () => {
    const { house, chat } = await openQueued()
    await using _ = house
    const work = await claim(house.db)
    await house.bot.stop()
    await work.step('logging-in')

    await house.startBot()

    await chat.see(/▸ logging in…/)
  })
})
