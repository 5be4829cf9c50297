import { UserError } from '../../core/errors.ts'
import { getAccount } from '../../db/accounts.ts'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { type CancelAnswer, cancelAction } from '../../db/actions/cancel.ts'
import { enqueueAction } from '../../db/actions/enqueue.ts'
import type { NewAction } from '../../db/actions/new-action.ts'
import { findBookingOf } from '../../db/bookings.ts'
import type { Database } from '../../db/database.ts'
import { getPortal } from '../../portals/registry.ts'
import type { Answer } from '../answer.ts'
import { mustFind } from './show.ts'
import { whatOf } from './words.ts'

/** `queue retry`: asks for an ended action again, as a new one; what has ended is history. Throws why it makes no sense. */
export async function retry(db: Database, id: number): Promise<Answer> {
  const action = await mustFind(db, id)
  if (isOpen(action))
    throw new UserError(`#${id} has not ended: it is ${action.status}. See ./bookwright queue show ${id}.`)
  if (action.status === 'completed')
    throw new UserError(`#${id} was done (${whatOf(action)}). There is nothing to try again.`)
  const account = await getAccount(db.read, action.accountId)
  if (account.state === 'suspended' && action.type !== 'check')
    throw new UserError(
      account.suspended_by === 'user'
        ? `The user of ${account.name} has suspended it.`
        : `The site refused the password of ${account.name}. Correct it in the chat first, with /accounts.`,
    )
  const wanted = await sameAgain(db, action)
  const { id: newId, duplicate } = await enqueueAction(db, wanted)
  const line = duplicate ? `#${newId} is already in the queue for that.` : `Queued as #${newId}: ${whatOf(action)}.`
  return { lines: [line], json: { id: newId, duplicate } }
}

async function sameAgain(db: Database, action: Action): Promise<NewAction> {
  const { userId, accountId, portal } = action
  const asked = { userId, accountId, portal }
  switch (action.type) {
    case 'book':
      return { ...asked, type: 'book', slot: action.slot, deadline: startOf(db, action, action.slot) }
    case 'cancel': {
      const deadline = startOf(db, action, action.booking)
      if (userId === null || !(await findBookingOf(db.read, userId, action.bookingId)))
        throw new UserError(`The booking that #${action.id} was to cancel is gone.`)
      return { ...asked, type: 'cancel', bookingId: action.bookingId, booking: action.booking, deadline }
    }
    case 'refresh':
      if (action.slot)
        throw new UserError(
          `#${action.id} looked at a class for somebody whose chat showed it. Nobody waits for it any more.`,
        )
      return { ...asked, type: 'refresh' }
    case 'check':
    case 'sync':
      return { ...asked, type: action.type }
  }
}

/** When it starts; throws when it has. */
function startOf(db: Database, action: Action, { date, start }: { date: string; start: string }): Temporal.Instant {
  const { timeZone } = getPortal(action.portal)
  const instant = Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime(timeZone).toInstant()
  if (Temporal.Instant.compare(instant, db.clock.now()) <= 0)
    throw new UserError(`#${action.id} is past: it began on ${date} at ${start}.`)
  return instant
}

const WORDS: Record<CancelAnswer, (id: number) => string> = {
  cancelled: (id) => `#${id} is cancelled.`,
  requested: (id) => `A worker is at #${id} and has been asked to stop; see ./bookwright queue show ${id}.`,
  'too-late': (id) => `Too late: the request of #${id} may have reached the site. Its result will tell.`,
  ended: (id) => `#${id} has ended already.`,
  unknown: (id) => `There is no action #${id}.`,
}

/** `queue cancel`: takes an action back, at once or cooperatively. Throws when it is too late. */
export async function cancel(db: Database, id: number): Promise<Answer> {
  await mustFind(db, id)
  const answer = await cancelAction(db, id, 'anyone')
  const line = WORDS[answer](id)
  if (answer !== 'cancelled' && answer !== 'requested') throw new UserError(line)
  return { lines: [line], json: { id, answer } }
}
