import { refusal } from '../rules.ts'
import type { Slot } from '../timetable.ts'
import type { World } from '../world.ts'

/** What the site answers to a booking or a cancellation. */
export type Answer = { status: 'OK' | 'ERROR'; message: string; url: string; canBookAgain: boolean }

const LIST = '/sportpolimi/Booking'

/** Books as the site would, faults included. */
export function bookByRequest(world: World, username: string, slot: Slot | undefined): Answer {
  const { refusals } = world.texts
  if (!slot) return refused(refusals.unknown)
  const occasion = { person: username }
  if (world.faults.take('full-in-between', occasion, ({ at }) => at === 'post')) world.site.fill(slot)
  const forced = world.faults.take('already-booked', occasion) ?? world.faults.take('limit-reached', occasion)
  if (forced) return refused(forced.message ?? refusals[forced.id])
  const reason = refusal(slot, world.circumstances(username, slot))
  if (reason !== undefined) return refused(refusals[reason])
  if (!world.faults.take('false-ok', occasion)) world.site.book(username, slot, world.now())
  const canBookAgain = world.faults.take('dialog-missing', occasion) === undefined
  return { status: 'OK', message: world.texts.booked, url: LIST, canBookAgain }
}

/** Cancels as the site would; what has begun is no longer on the list and cannot be cancelled. */
export function cancelByRequest(world: World, username: string, bookingId: string): Answer {
  const { refusals, dialogs } = world.texts
  const late = world.faults.take('late-cancel', { person: username })
  if (late) return refused(late.message ?? refusals['late-cancel'])
  const open = world.site.upcomingOf(username, world.now()).some(({ booking }) => booking.id === bookingId)
  if (!open || !world.site.cancel(username, bookingId)) return refused(refusals.unknown)
  return { status: 'OK', message: dialogs.cancelled, url: LIST, canBookAgain: false }
}

function refused(message: string): Answer {
  return { status: 'ERROR', message, url: '', canBookAgain: true }
}
