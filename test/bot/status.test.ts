import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { markSubmitted } from '../../src/db/actions/work.ts'
import { ANNA, fillTimetable, openHouse, quiet, screen, slot } from './support.ts'
import { claim } from './worker.ts'

describe('/status', () => {
  it('lists the last ten with their state', async () => {
    await using house = await openHouse()
    await fillTimetable(
      house.db,
      Array.from({ length: 12 }, (_, n) => slot({ start: `${10 + n}:00`, course: `Class ${n}`, siteId: `${n}` })),
    )
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    for (let n = 1; n <= 12; n++) await chat.pressData(`book-slot:1:${n}`)
    await chat.pressData('take-back:12')
    for (let n = 1; n <= 3; n++) {
      const work = await claim(house.db)
      if (n === 3) await work.fail('slot-full')
      else await work.booked()
    }
    await claim(house.db)
    await quiet(house, chat)

    await chat.send('/status')

    const { text } = await screen(house, chat)
    assert.deepEqual(text.split('\n').slice(2, 12), [
      '↩️ #12 Class 11, tomorrow, Sun 22 Nov, 21:00: taken back',
      ...[11, 10, 9, 8, 7, 6, 5].map(
        (id) => `⏳ #${id} Class ${id - 1}, tomorrow, Sun 22 Nov, ${9 + id}:00: in the queue`,
      ),
      '⏳ #4 Class 3, tomorrow, Sun 22 Nov, 13:00: in progress',
      '❌ #3 Class 2, tomorrow, Sun 22 Nov, 12:00: failed',
    ])
  })

  it('tells all about one: states with times, steps, tries, result', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot()])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    await chat.pressData('book-slot:1:1')
    const first = await claim(house.db)
    await first.step('logging-in')
    house.clock.advance({ seconds: 2 })
    await first.end({
      status: 'pending',
      runAt: house.clock.now().add({ seconds: 3 }),
      error: { kind: 'portal-down', message: 'HTTP 503' },
      outcomeUnknown: false,
      countsAsAttempt: true,
    })
    house.clock.advance({ seconds: 3 })
    const second = await claim(house.db)
    for (const step of ['session', 'choosing-slot', 'some-new-step', 'confirming', 'verifying']) await second.step(step)
    house.clock.advance({ milliseconds: 1500 })
    await second.booked()

    await chat.send('/status 1')

    const { text, labels } = await screen(house, chat)
    assert.equal(
      text,
      [
        '✅ #1 Yoga, tomorrow, Sun 22 Nov, 18:30',
        'Giuriati',
        'State: booked',
        '',
        '10:00:00 asked',
        '10:00:00 claimed, work has begun',
        '10:00:00 logging in',
        '10:00:02 to be tried again after 2 s',
        '10:00:05 claimed, work has begun',
        '10:00:05 looking for the last login',
        '10:00:05 choosing the slot',
        '10:00:05 confirming',
        '10:00:05 verifying on the site',
        '10:00:06 done after 1.5 s',
        '10:00:06 ended',
      ].join('\n'),
    )
    assert.deepEqual(labels, [
      '📆 Add to calendar',
      '❌ Cancel it',
      '🔄 Every week',
      '📋 My bookings',
      'Other classes that day',
      '‹ Menu',
    ])
  })

  it('says plainly when it is not known how it ended', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot()])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    await chat.pressData('book-slot:1:1')
    const work = await claim(house.db)
    assert.ok(await markSubmitted(house.db, work.lease))
    assert.match((await chat.pressData('take-back:1')) ?? '', /Too late/)
    await work.fail('timeout')

    await chat.see(
      /Not sure whether it is booked: Yoga[\s\S]*did not answer in time[\s\S]*My bookings before you try again/,
    )
    await chat.send('/status')
    await chat.see(/⚠️ #1 Yoga/)
  })

  it('helps when the number is missing, wrong or unknown', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)

    for (const text of ['/status abc', '/status -1', '/status 1.5', '/status 99999999999999999999', '/status 1 2']) {
      await chat.send(text)
      assert.match((await screen(house, chat)).text, /Write \/status alone/, text)
    }
    await chat.send('/status 12')
    assert.match((await screen(house, chat)).text, /You have no request #12/)
  })
})
