import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Account } from '../../src/db/accounts.ts'
import {
  findBookingOf,
  findBookingOfSlot,
  listBookingsOf,
  recordBooking,
  removeBooking,
  replaceBookings,
} from '../../src/db/bookings.ts'
import type { PortalBooking } from '../../src/portals/contract.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const clock = testClock('2026-11-23T12:00:00Z')
let house: TestHouse
let mine: Account
let hers: Account
beforeEach(async () => {
  house = await openTestHouse(clock)
  mine = await house.addAccount(OWNER.id, { username: 'ada', password: 'pw' })
  hers = await house.addAccount(GUEST.id, { username: 'bruno', password: 'pw' })
})
afterEach(() => house.close())

const yoga: PortalBooking = {
  date: '2026-11-24',
  start: '18:00',
  end: '19:00',
  location: 'Giuriati - Corsi Platinum',
  course: 'YOGA',
  cancellable: true,
}
const fit: PortalBooking = { ...yoga, location: 'Giuriati - Fit Center', course: null, start: '07:00' }
const record = (booking: PortalBooking, account = mine) =>
  house.db.write((tx) => recordBooking(tx, account, booking, clock.now()))
const replace = (...bookings: PortalBooking[]) =>
  house.db.write((tx) => replaceBookings(tx, mine, bookings, clock.now()))
const list = (userId: number = OWNER.id, time = '00:00') =>
  listBookingsOf(house.db.read, userId, { date: '2026-11-24', time })

describe('a booking', () => {
  it('keeps its id when it is seen again, however it is written', async () => {
    const id = await record(yoga)

    const again = await record({ ...yoga, course: ' Yoga', cancellable: false })

    assert.equal(again, id)
    assert.equal((await findBookingOf(house.db.read, OWNER.id, id))?.cancellable, 0)
  })

  it('keeps its end when a list does not tell it', async () => {
    const id = await record(yoga)

    await record({ ...yoga, end: null })
    assert.equal((await findBookingOf(house.db.read, OWNER.id, id))?.end_time, '19:00')

    await record({ ...yoga, end: '19:30' })
    assert.equal((await findBookingOf(house.db.read, OWNER.id, id))?.end_time, '19:30')
  })

  it('does not exist for another user', async () => {
    const id = await record(yoga)

    assert.equal(await findBookingOf(house.db.read, GUEST.id, id), undefined)
    assert.deepEqual(await list(GUEST.id), [])
  })

  it('is found by its slot, for its own account', async () => {
    const id = await record(yoga)

    const found = await findBookingOfSlot(house.db.read, mine.id, { ...yoga, course: 'yoga' })

    assert.equal(found?.id, id)
    assert.equal(await findBookingOfSlot(house.db.read, hers.id, yoga), undefined)
    assert.equal(await findBookingOfSlot(house.db.read, mine.id, fit), undefined)
  })

  it('is listed until it begins, soonest first', async () => {
    await record({ ...yoga, date: '2026-11-25', start: '06:00' })
    await record(yoga)
    await record(fit)

    const starts = async (time: string) => (await list(OWNER.id, time)).map((row) => row.time_slot)

    assert.deepEqual(await starts('00:00'), ['07:00', '18:00', '06:00'])
    assert.deepEqual(await starts('07:00'), ['18:00', '06:00'])
  })

  it('is gone once it is removed', async () => {
    const id = await record(yoga)

    await house.db.write((tx) => removeBooking(tx, id))

    assert.deepEqual(await list(), [])
  })
})

describe('the bookings of an account', () => {
  it('become what the portal’s list shows', async () => {
    const id = await record(yoga)
    await record(fit)

    const { added, gone } = await replace(yoga, { ...fit, start: '08:00' })

    assert.equal(added, 1)
    assert.deepEqual(
      gone.map((row) => row.time_slot),
      ['07:00'],
    )
    const now = await list()
    assert.deepEqual(
      now.map((row) => row.time_slot),
      ['08:00', '18:00'],
    )
    assert.equal(now[1]?.id, id)
  })

  it('are none when the list shows none, and only of this account', async () => {
    await record(yoga)
    await record(yoga, hers)

    const { added, gone } = await replace()

    assert.deepEqual([added, gone.length], [0, 1])
    assert.equal((await list(GUEST.id)).length, 1)
  })

  it('stand once when the list shows one twice', async () => {
    const { added } = await replace(yoga, { ...yoga, course: 'Yoga ' })

    assert.equal(added, 1)
    assert.equal((await list()).length, 1)
  })

  it('say when they were last read', async () => {
    await replace()

    const row = await house.db.read
      .selectFrom('accounts')
      .select('synced_at')
      .where('id', '=', mine.id)
      .executeTakeFirst()
    assert.equal(row?.synced_at, '2026-11-23T12:00:00.000Z')
  })
})
