import type { PlainAction } from '../../db/actions/action.ts'
import { replaceBookings } from '../../db/bookings.ts'
import type { Tx } from '../../db/database.ts'
import { insertNotice } from '../../db/notices.ts'
import type { BookingRow } from '../../db/schema.ts'
import { type Done, ensureLoggedIn, type Job, withLogin } from './job.ts'

/**
 * Makes the account's bookings what the portal's list shows, and tells the user of each future one that is gone
 * though nobody asked us. The list is read whole or not at all: an unreadable page deletes nothing.
 */
export async function sync(job: Job<PlainAction>): Promise<Done> {
  await ensureLoggedIn(job.session)
  await job.step('reading-bookings')
  const bookings = await withLogin(job, () => job.session.readBookings())
  const counts = { bookings: bookings.length, added: 0, removed: 0 }
  const result = { kind: 'synced' as const, ...counts }
  return {
    result,
    effects: async (tx, now) => {
      const { added, gone } = await replaceBookings(tx, job.account, bookings, now)
      const future = gone.filter((row) => isFuture(row, job.facts.timeZone, now))
      result.added = added
      result.removed = future.length
      for (const row of future) await noticeGone(tx, row, now)
    },
  }
}

function isFuture(row: BookingRow, timeZone: string, now: Temporal.Instant): boolean {
  const start = Temporal.PlainDateTime.from(`${row.date}T${row.time_slot}`).toZonedDateTime(timeZone)
  return Temporal.Instant.compare(start.toInstant(), now) > 0
}

async function noticeGone(tx: Tx, row: BookingRow, now: Temporal.Instant): Promise<void> {
  await insertNotice(tx, {
    userId: row.user_id,
    notice: {
      kind: 'booking-gone',
      portal: row.portal,
      location: row.location,
      course: row.course_name,
      date: row.date,
      start: row.time_slot,
    },
    now,
  })
}
