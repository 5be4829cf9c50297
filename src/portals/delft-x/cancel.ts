import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import { describe } from '../shared/slots.ts'
import { saying, wordsIn } from './answers.ts'
import { composeRemoval } from './booking.ts'
import type { Held } from './bookings.ts'
import { readHeld } from './list.ts'
import type { Visit } from './visit.ts'

type Wanted = Pick<PortalBooking, 'date' | 'start' | 'location' | 'course'>

/** Cancels a booking, and looks that the list no longer shows it (dossier 5). */
export async function cancel(visit: Visit, wanted: Wanted, beforeSubmit: () => Promise<void>): Promise<void> {
  await visit.step('choosing-slot')
  const { participationId } = await findHeld(visit, wanted)
  await visit.submitting(beforeSubmit)
  const doing = 'cancelling'
  const { status, text } = await visit.api.send(await composeRemoval(visit, participationId, doing), doing)
  const says = `cancelling ${describe(wanted)}: the portal answered ${status}`
  // 404: somebody else may have cancelled it; the list tells.
  if (status >= 300 && status !== 404) throw new PortalError('refused', says, saying(wordsIn(text)))
  await visit.step('verifying')
  if (await isGone(visit, participationId)) return
  if (status === 404)
    throw new PortalError('page-changed', says, { lookedFor: 'the participation that the list shows' })
  throw new PortalError('timeout', `${says}, and its list still shows it`)
}

async function findHeld(visit: Visit, wanted: Wanted): Promise<Held> {
  const found = (await readHeld(visit)).filter((held) => isBookingOf(held, wanted))
  const [held] = found
  if (held === undefined) throw new PortalError('slot-gone', `no booking ${describe(wanted)} on the list`)
  if (found.length > 1) {
    throw new PortalError('slot-gone', `${found.length} bookings ${describe(wanted)} cannot be told apart`)
  }
  if (!held.cancellable) throw new PortalError('too-late', `${describe(wanted)} has begun`)
  return held
}

/** The list may lag a moment behind. */
async function isGone(visit: Visit, participationId: number): Promise<boolean> {
  const look = async () => !(await readHeld(visit)).some((held) => held.participationId === participationId)
  for (const pauseMs of visit.limits.retryPausesMs) {
    if (await look()) return true
    await visit.wait(pauseMs)
  }
  return look()
}
