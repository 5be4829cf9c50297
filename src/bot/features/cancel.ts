import { Composer } from 'grammy'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { cancelAction } from '../../db/actions/cancel.ts'
import { setChatMessage } from '../../db/actions/enqueue.ts'
import { findActionOf } from '../../db/actions/read.ts'
import { findBookingOfSlot } from '../../db/bookings.ts'
import {
  type BotContext,
  type Deps,
  onButton,
  onCommand,
  type Reply,
  showAction,
  showWhereverSeen,
} from '../feature.ts'
import type { Person } from '../people.ts'
import { actionCard } from '../screens/action.ts'
import { askCancelScreen } from '../screens/bookings.ts'
import { plainScreen } from '../screens/menu.ts'
import { readActionId } from './status.ts'

/** Taking back what is still open, by button or by /cancel 12; after that, cancelling the booking it made. */
export function cancelFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'take-back', async (ctx, data) => {
    const { person } = ctx
    const answer = await cancelAction(deps.db, data.action, person.id)
    const action = await findActionOf(deps.db.read, person.id, data.action)
    if (answer === 'unknown' || !action) return undefined
    const show = showAction(ctx, deps, action.id)
    showWhereverSeen(deps, person, action)
    return { popup: person.words.text(`taken-${answer}`), show }
  })
  onCommand(feature, deps, 'cancel', async ({ person }, argument) => [await cancel(deps, person, argument)])
  return feature
}

async function cancel(deps: Deps, person: Person, argument: string): Promise<Reply> {
  const { words } = person
  const id = readActionId(argument)
  if (id === undefined) return { show: plainScreen(words, words.html('cancel-usage')) }
  const action = await findActionOf(deps.db.read, person.id, id)
  if (!action) return { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
  return isOpen(action) ? takeBack(deps, person, action) : cancelWhatItMade(deps, person, action)
}

async function takeBack(deps: Deps, person: Person, action: Action): Promise<Reply> {
  const { db } = deps
  const { id: userId, words } = person
  const { id } = action
  const answer = await cancelAction(db, id, userId)
  if (answer === 'unknown') return { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
  const card = () => actionCard(db, words, userId, id)
  showWhereverSeen(deps, person, action)
  return {
    show: async () => {
      const view = await card()
      // The card itself says that it was taken back; whatever else came of it is said before.
      if (answer === 'cancelled') return view
      return view && { ...view, text: `${words.html(`taken-${answer}`)}\n\n${view.text}` }
    },
    sent: (messageId) => setChatMessage(db, id, messageId),
  }
}

/** Asks whether to cancel the booking that a finished action made, if it still stands. */
async function cancelWhatItMade({ db }: Deps, { id: userId, words }: Person, action: Action): Promise<Reply> {
  const booking =
    action.type === 'book' && action.status === 'completed'
      ? await findBookingOfSlot(db.read, action.accountId, action.slot)
      : undefined
  const ask = booking && (await askCancelScreen(db, words, userId, booking.id))
  return { show: ask ?? plainScreen(words, words.html('cancel-nothing', { id: String(action.id) })) }
}
