import { Composer } from 'grammy'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { type CancelAnswer, cancelAction } from '../../db/actions/cancel.ts'
import { setChatMessage } from '../../db/actions/enqueue.ts'
import { findActionOf } from '../../db/actions/read.ts'
import { findBookingOfSlot } from '../../db/bookings.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import type { Person } from '../people.ts'
import { actionCard } from '../screens/action.ts'
import { askCancelScreen } from '../screens/bookings.ts'
import { plainScreen } from '../screens/menu.ts'
import type { Words } from '../texts.ts'
import { readActionId } from './status.ts'

/** Taking back what is still open, by button or by /cancel 12; after that, cancelling the booking it made. */
export function cancelFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'take-back', async ({ person }, { action }) => {
    const answer = await cancelAction(db, action, person.id)
    if (answer === 'unknown') return undefined
    return { popup: answerText(person.words, answer), show: () => actionCard(db, person.words, person.id, action) }
  })
  onCommand(feature, deps, 'cancel', async ({ person }, argument) => [await cancel(deps, person, argument)])
  return feature
}

function answerText(words: Words, answer: Exclude<CancelAnswer, 'unknown'>): string {
  return words.text(`taken-${answer}`)
}

async function cancel(deps: Deps, person: Person, argument: string): Promise<Reply> {
  const { words } = person
  const id = readActionId(argument)
  if (id === undefined) return { show: plainScreen(words, words.html('cancel-usage')) }
  const action = await findActionOf(deps.db.read, person.id, id)
  if (!action) return { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
  return isOpen(action) ? takeBack(deps, person, action) : cancelWhatItMade(deps, person, action)
}

async function takeBack(
  { db, outbox }: Deps,
  { id: userId, words }: Person,
  { id, chatMessageId }: Action,
): Promise<Reply> {
  const answer = await cancelAction(db, id, userId)
  if (answer === 'unknown') return { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
  const card = () => actionCard(db, words, userId, id)
  if (chatMessageId !== null) void outbox.edit(userId, chatMessageId, card)
  return {
    show: async () => {
      const view = await card()
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
