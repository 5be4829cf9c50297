import { type BookAction, openingTold } from '../../db/actions/action.ts'
import { recordBooking } from '../../db/bookings.ts'
import { countPlaceTaken } from '../../db/slots.ts'
import { isNext, nextOpening } from '../../planner/ahead.ts'
import type { PortalBooking } from '../../portals/contract.ts'
import { PortalError } from '../../portals/errors.ts'
import { isBookingOf } from '../../portals/match.ts'
import { CannotArm, shoot } from '../shot/shoot.ts'
import { waitUntil } from '../wait-until.ts'
import { type Done, ensureLoggedIn, isExpired, type Job, withLogin } from './job.ts'
import { reconcile, refuseAgain, refuseUnsettled } from './reconcile.ts'
import { lookAtWatched } from './watch.ts'

/**
 * Books the slot, at most once. Where a former attempt may have reached the portal its list is asked first, and after
 * any trouble past the submit it is asked before anything is said.
 */
export async function book(job: Job<BookAction>): Promise<Done> {
  await ensureLoggedIn(job.session)
  if (job.action.outcomeUnknown) {
    const held = await findHeld(job)
    if (held) return booked(job, held)
    refuseUnsettled(job)
    refuseAgain(job)
  }
  refuseAfterDeadline(job)
  try {
    const shot = await bookAtOpening(job)
    if (shot) return booked(job, shot)
    if (job.action.watch !== null && !job.seen) {
      const seen = await lookAtWatched(job)
      if (job.action.watch === 'tell') return seen
    }
    return booked(job, await bookOnce(job))
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'already-booked') await noteHeld(job)
    throw error
  }
}

/** One login again is allowed, and one submit for each: the second only when the list shows that the first did nothing. */
async function bookOnce(job: Job<BookAction>): Promise<PortalBooking> {
  const send = () => job.session.book(job.action.slot, job.beforeSubmit)
  try {
    return await settled(job, send)
  } catch (error) {
    if (!isExpired(error)) throw error
    await job.session.login()
    return await settled(job, send)
  }
}

/** What `send` books; after trouble past the submit, what the portal's list shows. */
async function settled(job: Job<BookAction>, send: () => Promise<PortalBooking>): Promise<PortalBooking> {
  try {
    return await send()
  } catch (error) {
    if (job.outcome.state === 'none') throw error
    let held: PortalBooking | undefined
    await reconcile(job, error, async () => {
      held = await findHeld(job)
      return held !== undefined
    })
    if (held) return held
    throw error
  }
}

/** The booking of this slot in the portal's own list. After it answers, the outcome is known. */
async function findHeld(job: Job<BookAction>): Promise<PortalBooking | undefined> {
  await job.step('reconciling')
  const bookings = await withLogin(job, () => job.session.readBookings())
  job.outcome.state = 'none'
  return bookings.find((booking) => isBookingOf(booking, job.action.slot))
}

const LOOK_AGAIN = { milliseconds: 1_500 }

/**
 * An action claimed ahead of its opening is fired at that instant where the portal lets it be armed; otherwise it waits
 * here, logged in, as for an opening that only the portal knows. Undefined when it is yet to be booked. Farther ahead
 * the portal is to say what it thinks.
 */
async function bookAtOpening(job: Job<BookAction>): Promise<PortalBooking | undefined> {
  const { db, facts, action, session } = job
  const now = db.clock.now()
  const opening = nextOpening(facts, action.slot, now)
  if (!opening) {
    const told = openingTold(action)
    if (told && isNext(told, now)) await waitFor(job, told)
    return undefined
  }
  const arm = session.arm?.bind(session)
  if (arm && action.watch === null) {
    try {
      return await settled(job, () => shoot({ job, opening, arm, findHeld: () => findHeld(job) }))
    } catch (error) {
      if (!(error instanceof CannotArm)) throw error
      job.log.info({ reason: error.message }, 'not armed: it is booked once it has opened')
      await waitFor(job, opening)
      return error.wasFull ? await bookOnceFree(job) : undefined
    }
  }
  await waitFor(job, opening)
  return undefined
}

/** It was taken before its opening: one look at that instant, by our clock, may still show it so. */
async function bookOnceFree(job: Job<BookAction>): Promise<PortalBooking> {
  try {
    return await bookOnce(job)
  } catch (error) {
    if (!(error instanceof PortalError) || error.kind !== 'slot-full') throw error
    throw new PortalError('not-open-yet', error.message, { opensAt: job.db.clock.now().add(LOOK_AGAIN) })
  }
}

async function waitFor(job: Job<BookAction>, opening: Temporal.Instant): Promise<void> {
  await job.step('waiting-for-opening')
  job.standBy()
  await waitUntil(job.db.clock, opening, job.signal)
}

function refuseAfterDeadline(job: Job<BookAction>): void {
  const { deadline } = job.action
  if (deadline === null) return
  if (Temporal.Instant.compare(Temporal.Instant.from(deadline), job.db.clock.now()) > 0) return
  throw new PortalError('too-late', 'its deadline passed before it could be booked')
}

function booked(job: Job<BookAction>, booking: PortalBooking): Done {
  return {
    result: { kind: 'booked', ...(booking.unpaid && { unpaid: true }) },
    effects: async (tx, now) => {
      const id = await recordBooking(tx, job.account, { ...booking, end: booking.end ?? job.action.slot.end }, now)
      await tx.updateTable('booking_actions').set({ booking_id: id }).where('id', '=', job.action.id).execute()
      await countPlaceTaken(tx, job.action.portal, job.action.slot)
    },
  }
}

/** The user holds it already, perhaps booked by hand: from now on the house knows of it. */
async function noteHeld(job: Job<BookAction>): Promise<void> {
  const held = await findHeld(job)
  if (held) await job.db.write((tx, now) => recordBooking(tx, job.account, held, now))
}
