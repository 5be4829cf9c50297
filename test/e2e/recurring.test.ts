import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findRuleOf } from '../../src/db/periodic-bookings.ts'
import { OWNER } from '../support/house.ts'
import { type LivingHouse, openLivingHouse } from '../support/living-house.ts'

/** Monday's yoga of the stand-in. */
const YOGA = { course: 'YOGA', weekday: 1, start: '18:00' } as const

async function living(start: string, test: (house: LivingHouse) => Promise<void>): Promise<void> {
  const house = await openLivingHouse(start)
  try {
    await house.enqueue({ type: 'refresh' })
    await house.quiet()
    await test(house)
  } finally {
    await house.close()
  }
}

/** How many messages of the bot show this at the moment. */
async function shown({ ada }: LivingHouse, text: string | RegExp): Promise<number> {
  const messages = await ada.messages()
  return messages.filter((message) => message.from === 'bot' && new RegExp(text).test(message.text)).length
}

/** The class at 18:00 of that day. */
async function classOf({ portal }: LivingHouse, date: string, name: string) {
  const slot = (await portal.slots(date)).find(({ time, skill }) => time === '18:00' && skill === name)
  assert.ok(slot)
  return slot
}

async function questions({ house: { db } }: LivingHouse): Promise<string[]> {
  const rows = await db.read.selectFrom('pending_confirmations').select(['date', 'state']).orderBy('date').execute()
  return rows.map(({ date, state }) => `${date} ${state}`)
}

describe('a recurring booking', () => {
  it('is asked about, confirmed, booked at the opening, and listed; ignored the week after, and skipped', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      await house.addRule({ ...YOGA, mode: 'ask' })
      await house.until('2026-11-27T22:59')
      assert.equal(await shown(house, 'Shall I book'), 0)

      await house.until('2026-11-27T23:01:30')
      const question = await ada.see('Shall I book YOGA?')
      assert.match(question.text, /Bookings open tomorrow, Sat 28 Nov, 00:00|Bookings open Sat 28 Nov, 00:00/)
      assert.match(question.text, /Answer by Sat 28 Nov, 00:00/)
      assert.equal(await ada.press('Confirm'), 'All right, I’ll book it.')
      await ada.see(/Opens Sat 28 Nov, 00:00: I’ll book it then/)
      assert.deepEqual(await house.onSite(), [])

      await house.until('2026-11-28T00:01')
      assert.deepEqual(await house.onSite(), ['2026-11-30 18:00 YOGA'])
      assert.equal((await ada.see('Booked: YOGA')).id, question.id)
      await ada.send('/bookings')
      await ada.see(/Mon 30 Nov, 18:00–18:55 YOGA/)

      await house.until('2026-12-05T00:02')
      await ada.see(/Skipped, as I had no answer in time: YOGA/)
      assert.deepEqual(await questions(house), ['2026-11-30 confirmed', '2026-12-07 expired'])
      assert.deepEqual(await house.onSite(), ['2026-11-30 18:00 YOGA'])

      await ada.press('Book it after all')
      await house.quiet()
      await ada.see(/Booked: YOGA[\s\S]*Mon 7 Dec/)
      assert.equal((await house.onSite()).length, 2)
    })
  })

  it('that is skipped, or pressed too late, is not booked', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      await house.addRule({ ...YOGA, mode: 'ask' })
      await house.until('2026-11-27T23:30')
      const { buttons } = await ada.see('Shall I book YOGA?')
      const confirm = buttons.find(({ label }) => label.includes('Confirm'))?.data ?? ''
      await ada.press('Skip')
      await ada.see('Skipped this time: YOGA')
      assert.equal(await ada.pressData(confirm), 'This was answered already.')

      await house.until('2026-12-05T00:02')
      const expired = await ada.see(/no answer in time/)
      const late = confirm.replace(/\d+/, '2')
      assert.match((await ada.pressData(late, { messageId: expired.id })) ?? '', /Too late/)

      assert.deepEqual(await house.onSite(), [])
    })
  })

  it('that books by itself does so week after week, and tells; also that it was full', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      await house.addRule({ ...YOGA, mode: 'automatic' })

      await house.until('2026-12-12T00:05')

      // The stand-in's third Monday is taken by others.
      assert.deepEqual(await house.onSite(), ['2026-11-30 18:00 YOGA', '2026-12-07 18:00 YOGA'])
      assert.equal(await shown(house, '^. Booked: YOGA'), 2)
      const full = await house.ada.see('Not booked: YOGA')
      assert.ok(full.buttons.some(({ label }) => label.includes('if a place frees up')))
      assert.equal(await shown(house, 'Shall I book'), 0)
    })
  })

  it('that asks after booking is cancelled on the site without an answer, and kept with one', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      await house.addRule({ ...YOGA, mode: 'book-then-ask' })
      await house.until('2026-11-30T12:55')
      assert.deepEqual(await house.onSite(), ['2026-11-30 18:00 YOGA'])
      assert.equal(await shown(house, 'Will you go to YOGA'), 0)

      await house.until('2026-11-30T13:02')
      await ada.see(/Will you go to YOGA\?[\s\S]*Answer by 17:00/)
      await house.until('2026-11-30T17:02')
      await ada.see('Cancelled: YOGA')
      assert.deepEqual(await house.onSite(), [])

      await house.until('2026-12-07T13:02')
      await ada.press('I’ll go')
      await ada.see('Your booking stands: YOGA')
      await house.until('2026-12-07T17:30')
      assert.deepEqual(await house.onSite(), ['2026-12-07 18:00 YOGA'])
    })
  })

  for (const [change, start, sunday] of [
    ['spring', '2027-03-24T11:00:00Z', '2027-03-28'],
    ['autumn', '2027-10-27T11:00:00Z', '2027-10-31'],
  ] as const) {
    it(`keeps to the clocks on the wall when they change in ${change}`, async () => {
      await living(start, async (house) => {
        const day = Temporal.PlainDate.from(sunday)
        const friday = day.subtract({ days: 2 })
        const monday = day.add({ days: 1 })
        await house.addRule({ ...YOGA, mode: 'ask' })
        await house.addRule({ course: 'YOGA', weekday: 2, start: '08:00', mode: 'automatic' })
        await house.until(`${friday}T22:59`)
        assert.equal(await shown(house, 'Shall I book'), 0)

        await house.until(`${friday}T23:02`)
        await house.ada.press('Confirm')
        await house.until(`${monday}T00:03`)

        // Tuesday opens on Sunday at 00:00, before the clocks change; Monday opened on Saturday.
        assert.deepEqual(await house.onSite(), [`${monday} 18:00 YOGA`, `${monday.add({ days: 1 })} 08:00 YOGA`])
      })
    })
  }

  it('that is not on the timetable is told of once, and goes on the week after', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const [slot] = (await house.portal.slots('2026-11-30')).filter(
        ({ time, skill }) => time === '18:00' && skill === 'YOGA',
      )
      assert.ok(slot)
      await house.portal.changeSlot({ do: 'remove', slotId: slot.id })
      await house.addRule({ ...YOGA, mode: 'automatic' })

      await house.until('2026-12-05T00:05')

      assert.equal(await shown(house, 'Not on the timetable this week: YOGA'), 1)
      assert.deepEqual(await house.onSite(), ['2026-12-07 18:00 YOGA'])
    })
  })

  it('that has moved by a quarter of an hour asks whether to follow', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const [slot] = (await house.portal.slots('2026-11-30')).filter(
        ({ time, skill }) => time === '18:00' && skill === 'YOGA',
      )
      assert.ok(slot)
      await house.portal.changeSlot({ do: 'change', slotId: slot.id, to: { time: '18:15' } })
      const rule = await house.addRule({ ...YOGA, mode: 'automatic' })
      await house.until('2026-11-27T23:02')
      await house.ada.see(/It has moved from 18:00 to 18:15/)

      await house.ada.press('Follow')
      await house.until('2026-11-28T00:02')

      assert.deepEqual(await house.onSite(), ['2026-11-30 18:15 YOGA'])
      assert.equal((await findRuleOf(house.house.db.read, OWNER.id, rule))?.time_slot, '18:15')
    })
  })
})

describe('a class that is not open yet, or full', () => {
  it('is booked when it opens, and not before', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      await ada.send('/book')
      await ada.press(/Mon 30 Nov/)
      await ada.press('›')
      await ada.press(/🔒 18:00 YOGA/)
      await ada.press(/Book it when it opens \(Sat 28 Nov, 00:00\)/)
      await ada.see(/Opens Sat 28 Nov, 00:00/)
      await house.until('2026-11-27T23:57')
      assert.deepEqual(await house.onSite(), [])
      assert.deepEqual(
        (await house.portal.requests()).filter(({ path }) => path.endsWith('/BookAppointment')),
        [],
      )

      await house.until('2026-11-28T00:01')

      assert.deepEqual(await house.onSite(), ['2026-11-30 18:00 YOGA'])
      await ada.see('Booked: YOGA')
    })
  })

  it('is watched while it is full, at a polite pace, and booked when a place frees up', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      const slot = await classOf(house, '2026-11-26', 'CROSS TRAINING')
      await house.portal.changeSlot({ do: 'fill', slotId: slot.id })
      await house.enqueue({ type: 'refresh' })
      await house.quiet()
      await ada.send('/book')
      await ada.press(/Thu 26 Nov/)
      await ada.press('›')
      await ada.press(/18:00 CROSS/)
      await ada.press('Book it if a place frees up')
      await house.quiet()
      await ada.see(/Last looked \d\d:\d\d: still full/)
      const before = (await house.portal.requests()).length

      await house.until('2026-11-25T13:00')
      const looks = (await house.portal.requests())
        .slice(before)
        .filter(({ path }) => path.endsWith('/GetActivitySchedule'))
      assert.ok(looks.length >= 12 && looks.length <= 30, `${looks.length} looks in an hour`)
      assert.deepEqual(
        await house.house.db.read.selectFrom('attempts').selectAll().where('action_id', '=', 3).execute(),
        [],
      )

      await house.portal.changeSlot({ do: 'change', slotId: slot.id, to: { capacity: slot.capacity + 1 } })
      await house.until('2026-11-25T13:10')

      assert.deepEqual(await house.onSite(), ['2026-11-26 18:00 CROSS TRAINING'])
      await ada.see('Booked: CROSS TRAINING')
    })
  })

  it('is watched only to tell, or no more, as one likes', async () => {
    await living('2026-11-25T11:00:00Z', async (house) => {
      const { ada } = house
      const slot = await classOf(house, '2026-11-26', 'CROSS TRAINING')
      await house.portal.changeSlot({ do: 'fill', slotId: slot.id })
      await house.enqueue({ type: 'refresh' })
      await house.quiet()
      const watch = async (label: string) => {
        await ada.send('/book')
        await ada.press(/Thu 26 Nov/)
        await ada.press('›')
        await ada.press(/18:00 CROSS/)
        await ada.press(label)
        await house.quiet()
      }
      await watch('Book it if a place frees up')
      await ada.press('Stop watching')
      await ada.see('Taken back: CROSS TRAINING')

      await watch('Just tell me')
      await house.portal.changeSlot({ do: 'change', slotId: slot.id, to: { capacity: slot.capacity + 1 } })
      await house.until('2026-11-25T12:10')
      await ada.see(/A place is free: CROSS TRAINING/)
      await ada.see(/A place is free ↑ CROSS TRAINING, tomorrow, Thu 26 Nov, 18:00/)
      assert.deepEqual(await house.onSite(), [])

      await ada.press('Book it')
      await house.quiet()
      assert.deepEqual(await house.onSite(), ['2026-11-26 18:00 CROSS TRAINING'])
    })
  })
})
