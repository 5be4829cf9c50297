import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { FaultInput } from '../../sim/polimisport/faults.ts'
import { EXAMPLE_PERSON } from '../../sim/polimisport/server.ts'
import type { ActionErrorKind } from '../../src/db/actions/action.ts'
import type { BookingRow } from '../../src/db/schema.ts'
import { openPortalHouse, type PortalHouse, type Wanted } from '../support/portal-house.ts'

type Case = { name: string; faults: FaultInput[]; expect: 'cancelled' | ActionErrorKind }

const CASES: Case[] = [
  { name: 'cancels a booking', faults: [], expect: 'cancelled' },
  { name: 'says too late when the site refuses', faults: [{ id: 'late-cancel' }], expect: 'too-late' },
  {
    name: 'says too late when there is no button',
    faults: [{ id: 'late-cancel', variant: 'no-button' }],
    expect: 'too-late',
  },
  {
    name: 'reports a cancellation whose answer was lost as done',
    faults: [{ id: 'post-lost-answer', route: 'DeleteBooking' }],
    expect: 'cancelled',
  },
  {
    name: 'reports a cancellation whose answer was cut as done',
    faults: [{ id: 'post-lost-answer', route: 'DeleteBooking', answer: 'cut' }],
    expect: 'cancelled',
  },
  { name: 'logs in again once', faults: [{ id: 'session-expired-page' }], expect: 'cancelled' },
  { name: 'goes on after one error 503', faults: [{ id: 'http-503', mode: 'once' }], expect: 'cancelled' },
  { name: 'gets past the banner', faults: [{ id: 'banner', variant: 'every' }], expect: 'cancelled' },
  { name: 'reads cards worded otherwise', faults: [{ id: 'layout-text' }], expect: 'cancelled' },
]

describe('cancelling and syncing, through queue and worker', () => {
  let house: PortalHouse
  before(async () => {
    house = await openPortalHouse()
  })
  after(() => house.close())
  beforeEach(async () => {
    await house.portal.clearFaults()
    const { bookings } = await house.portal.state()
    for (const { username, slotId } of bookings) await house.portal.cancelByHand({ username, slotId })
    await house.run({ type: 'sync' })
  })
  const rows = () => house.house.db.read.selectFrom('user_bookings').selectAll().execute()
  const bookByHand = async (): Promise<{ row: BookingRow; cancel: Wanted }> => {
    const slot = await house.freeSlot()
    await house.portal.bookByHand({ username: EXAMPLE_PERSON.username, slotId: slot.id })
    await house.run({ type: 'sync' })
    const [row] = await rows()
    assert.ok(row)
    const booking = {
      date: row.date,
      start: row.time_slot,
      end: row.end_time,
      location: row.location,
      course: row.course_name,
    }
    return { row, cancel: { type: 'cancel', bookingId: row.id, booking } }
  }

  for (const { name, faults, expect } of CASES) {
    it(name, async () => {
      const { cancel } = await bookByHand()
      for (const fault of faults) await house.portal.setFault(fault)

      const action = await house.run(cancel)

      assert.equal(action.error?.kind ?? action.result?.kind, expect, JSON.stringify(action.error))
      if (expect === 'too-late') assert.ok(action.error?.portalSays || faults.some((it) => 'variant' in it))
      assert.equal((await house.onSite()).length, expect === 'cancelled' ? 0 : 1)
      assert.equal((await rows()).length, expect === 'cancelled' ? 0 : 1)
    })
  }

  it('takes a booking that is not there any more for cancelled', async () => {
    const { cancel } = await bookByHand()
    for (const { username, slotId } of (await house.portal.state()).bookings)
      await house.portal.cancelByHand({ username, slotId })

    const action = await house.run(cancel)

    assert.equal(action.result?.kind, 'cancelled', JSON.stringify(action.error))
    assert.deepEqual(await rows(), [])
  })

  it('adds what was booked by hand, and tells of what is gone', async () => {
    const { row } = await bookByHand()
    for (const { username, slotId } of (await house.portal.state()).bookings)
      await house.portal.cancelByHand({ username, slotId })

    const action = await house.run({ type: 'sync' })

    assert.deepEqual(action.result, { kind: 'synced', bookings: 0, added: 0, removed: 1 })
    const notices = await house.house.db.read.selectFrom('notices').select(['kind', 'data']).execute()
    assert.ok(notices.some(({ kind, data }) => kind === 'booking-gone' && data.includes(row.date)))
  })

  it('deletes nothing when the list cannot be read', async () => {
    await bookByHand()
    await house.portal.setFault({
      id: 'layout-structure',
      missing: ['event-repository', 'event-main-block', 'btn_nuovaprenotazione'],
    })

    const action = await house.run({ type: 'sync' })

    assert.equal(action.error?.kind, 'page-changed', JSON.stringify(action.result))
    assert.equal((await rows()).length, 1)
  })
})
