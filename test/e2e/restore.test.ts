import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { systemClock, toStamp } from '../../src/core/clock.ts'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { patience } from '../support/patience.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

const LONG_AGO = '2000-01-01T00:00:00.000Z'

describe('a booking that was open in the backup and made after it', () => {
  let house: WholeHouse
  let db: Database
  before(async () => {
    house = await openWholeHouse()
    // A code is good once: a new worker would have to wait for the next one.
    await house.portal.setFault({ id: 'otp-skipped' })
    await kill9(await house.startWorker())
    db = house.db
  })
  after(async () => {
    await db.close()
    await house.close()
  })

  it('is found at the site after the restore, and not sent a second time', async () => {
    const id = await house.enqueueBooking()
    const backup = join(house.folder, 'copy.db')
    await house.runScript('src/scripts/backup.ts', [backup])
    const first = await house.startWorker()
    assert.equal((await end(house.db, id)).status, 'completed')
    await kill9(first)
    await house.db.close()

    await house.runScript('src/scripts/restore.ts', [backup])
    db = await openDatabase({ url: `file:${house.databaseFile}`, clock: systemClock })
    await letHalfAMinutePass(db)
    const second = await house.startWorker()
    const action = await end(db, id)
    await kill9(second)

    assert.deepEqual(action.result, { kind: 'booked' })
    assert.equal((await db.read.selectFrom('user_bookings').select('id').execute()).length, 1)
    const { bookings } = await house.portal.state()
    assert.equal(bookings.length, 1)
    const submits = (await house.portal.requests()).filter(({ path }) => path.includes('BookAppointment'))
    assert.equal(submits.length, 1, 'the second worker has only looked')
  })
})

function end(db: Database, id: number) {
  return waitForEnd(db, id, patience())
}

/** As if the restore were so long ago that the site's list can be believed. */
async function letHalfAMinutePass(db: Database): Promise<void> {
  const run_at = toStamp(systemClock.now())
  await db.write((tx) => tx.updateTable('booking_actions').set({ run_at, submitted_at: LONG_AGO }).execute())
}
