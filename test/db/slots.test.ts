import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { findSlot, listDays, listSlotsOn, replaceTimetable, updateSlotSeen } from '../../src/db/slots.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const clock = testClock('2026-11-23T12:00:00Z')
let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse(clock)
})
afterEach(() => house.close())

const slot = (changes: Partial<TimetableSlot> = {}): TimetableSlot => ({
  date: '2026-11-24',
  start: '18:00',
  end: '19:00',
  location: 'Giuriati - Corsi Platinum',
  course: 'YOGA',
  siteId: 'A',
  instructor: 'Ada',
  spots: 3,
  state: 'available',
  ...changes,
})
const replace = (...slots: TimetableSlot[]) =>
  house.db.write((tx) => replaceTimetable(tx, 'polimisport', slots, clock.now()))
const onDay = (date = '2026-11-24') => listSlotsOn(house.db.read, 'polimisport', date)
/** Site id of each row. */
const siteIds = async () => Object.fromEntries((await onDay()).map((row) => [row.id, row.site_id]))

describe('the cached timetable', () => {
  it('is what the portal showed, by day, start and name', async () => {
    await replace(
      slot({ start: '19:00' }),
      slot({ course: 'Zumba' }),
      slot(),
      slot({ date: '2026-11-25', siteId: null }),
    )

    assert.deepEqual(
      (await onDay()).map((row) => `${row.time_slot} ${row.course_name}`),
      ['18:00 YOGA', '18:00 Zumba', '19:00 YOGA'],
    )
    assert.deepEqual(await listDays(house.db.read, 'polimisport', '2026-11-24'), [
      { date: '2026-11-24', slots: 3 },
      { date: '2026-11-25', slots: 1 },
    ])
    assert.deepEqual(await listDays(house.db.read, 'elsewhere', '2026-11-24'), [])
  })

  it('keeps the id of a slot seen again, with what is new of it', async () => {
    await replace(slot())
    const [before] = await onDay()

    await replace(slot({ start: '07:00' }), slot({ course: ' yoga', siteId: 'B', spots: 0, state: 'disabled' }))

    const after = await findSlot(house.db.read, before?.id ?? 0)
    assert.deepEqual([after?.time_slot, after?.site_id, after?.spots, after?.state], ['18:00', 'B', 0, 'disabled'])
  })

  it('forgets what the portal shows no more, but no other portal’s', async () => {
    await replace(slot(), slot({ start: '07:00' }))
    await house.db.write((tx) => replaceTimetable(tx, 'elsewhere', [slot()], clock.now()))

    await replace(slot())

    assert.equal((await onDay()).length, 1)
    assert.equal((await listSlotsOn(house.db.read, 'elsewhere', '2026-11-24')).length, 1)
    await replace()
    assert.deepEqual(await onDay(), [])
  })

  it('tells two slots alike apart by their site ids, in whatever order they come', async () => {
    await replace(slot({ siteId: 'A' }), slot({ siteId: 'B' }))
    const before = await siteIds()

    await replace(slot({ siteId: 'B' }), slot({ siteId: 'A' }))

    assert.deepEqual(await siteIds(), before)
  })

  it('does not give the row of the one that stays to a new one', async () => {
    await replace(slot({ siteId: 'B' }), slot({ siteId: 'A' }))
    const [b] = await onDay()

    await replace(slot({ siteId: 'C' }), slot({ siteId: 'B' }))

    assert.equal((await findSlot(house.db.read, b?.id ?? 0))?.site_id, 'B')
    assert.deepEqual(Object.values(await siteIds()).toSorted(), ['B', 'C'])
  })

  it('after any changes shows exactly the last, and moves no site id that stayed', async () => {
    const one = fc.record({ start: fc.constantFrom('18:00', '19:00'), siteId: fc.constantFrom('A', 'B', 'C', 'D') })
    const day = fc.uniqueArray(one, { selector: ({ siteId }) => siteId, maxLength: 4 })

    await fc.assert(
      fc.asyncProperty(day, day, async (first, second) => {
        await replace()
        await replace(...first.map(slot))
        const before = new Map((await onDay()).map((row) => [`${row.time_slot} ${row.site_id}`, row.id]))

        await replace(...second.map(slot))

        const after = new Map((await onDay()).map((row) => [`${row.time_slot} ${row.site_id}`, row.id]))
        assert.deepEqual([...after.keys()].toSorted(), second.map((s) => `${s.start} ${s.siteId}`).toSorted())
        for (const [key, id] of after) if (before.has(key)) assert.equal(id, before.get(key))
      }),
      { numRuns: 60 },
    )
  })

  it('takes a slot’s course for the same every week', async () => {
    await replace(slot(), slot({ date: '2026-12-01', siteId: 'B', instructor: 'Bruno' }), slot({ date: '2026-11-25' }))

    const courses = await house.db.read.selectFrom('courses').select(['weekday', 'instructor']).orderBy('id').execute()

    assert.deepEqual(courses, [
      { weekday: 2, instructor: 'Bruno' },
      { weekday: 3, instructor: 'Ada' },
    ])
  })

  it('notes what was just seen of one slot', async () => {
    await replace(slot(), slot({ start: '07:00' }))
    clock.move({ minutes: 1 })

    await house.db.write((tx) => updateSlotSeen(tx, 'polimisport', slot({ course: 'Yoga' }), { spots: 0 }, clock.now()))

    assert.deepEqual(
      (await onDay()).map((row) => [row.time_slot, row.spots, row.seen_at.slice(11, 16)]),
      [
        ['07:00', 3, '12:00'],
        ['18:00', 0, '12:01'],
      ],
    )
  })
})
