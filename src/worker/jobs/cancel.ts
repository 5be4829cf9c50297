import type { CancelAction } from '../../db/actions/action.ts'
import { removeBooking } from '../../db/bookings.ts'
import { PortalError } from '../../portals/errors.ts'
import { isBookingOf } from '../../portals/match.ts'
import { type Done, ensureLoggedIn, isExpired, type Job, withLogin } from './job.ts'
import { reconcile, refuseUnsettled } from './reconcile.ts'

/** Cancels the booking on the portal. One that is not there any more is as good as cancelled. */
export async function cancel(job: Job<CancelAction>): Promise<Done> {
  await ensureLoggedIn(job.session)
  if (job.action.outcomeUnknown) {
    if (await isGone(job)) return cancelled(job)
    refuseUnsettled(job)
  }
  try {
    await submit(job)
  } catch (error) {
    if (!isExpired(error)) throw error
    await job.session.login()
    await submit(job)
  }
  return cancelled(job)
}

async function submit(job: Job<CancelAction>): Promise<void> {
  try {
    await job.session.cancel(job.action.booking, job.beforeSubmit)
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'slot-gone' && (await isGone(job))) return
    if (job.outcome.state === 'unknown' && (await reconcile(job, error, () => isGone(job)))) return
    throw error
  }
}

async function isGone(job: Job<CancelAction>): Promise<boolean> {
  await job.step('reconciling')
  const bookings = await withLogin(job, () => job.session.readBookings())
  job.outcome.state = 'none'
  return !bookings.some((booking) => isBookingOf(booking, job.action.booking))
}

function cancelled(job: Job<CancelAction>): Done {
  return { result: { kind: 'cancelled' }, effects: (tx) => removeBooking(tx, job.action.bookingId) }
}
