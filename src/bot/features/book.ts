import { Composer } from 'grammy'
import type { Account } from '../../db/accounts.ts'
import { findActionOf, findOpenBooking, listActionsOf } from '../../db/actions/read.ts'
import type { SlotRow } from '../../db/schema.ts'
import { isBookingOf } from '../../portals/match.ts'
import { findAccountOf, startScreen } from '../accounts.ts'
import { startInstant } from '../dates.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { findSlotFor } from '../find-slot.ts'
import { type Dated, datedOf, subjectOf } from '../names.ts'
import { askedBy, cardOfSameUpdate, queueAndShow } from '../queue.ts'
import { actionCard } from '../screens/action.ts'
import { dayScreen } from '../screens/day.ts'
import { daysScreen } from '../screens/days.ts'
import { openSlotPage } from '../slot-pages.ts'
import { bookabilityText, judgeSlot } from '../slot-state.ts'
import type { View } from '../view.ts'

/** A press that comes late comes after no more than so many others. */
const RECENT = 60

/** New booking: account, day, class, card, and the Book button. */
export function bookFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'book', async ({ person }) => [{ show: await startScreen(db, person, 'book') }])
  onButton(feature, deps, 'book', async ({ person }) => ({ show: await startScreen(db, person, 'book') }))
  onButton(feature, deps, 'days', async ({ person }, data) => {
    const account = await findAccountOf(db, person, data.account)
    return account && { show: await daysScreen(db, person.words, account, 'book') }
  })
  onButton(feature, deps, 'day', async ({ person }, data) => {
    const account = await findAccountOf(db, person, data.account)
    return account && { show: await dayScreen(db, person.words, account, data.date, data.page) }
  })
  onButton(feature, deps, 'slot', async (ctx, data) => {
    const found = await findSlotFor(db, ctx.person, data)
    if (found === undefined) return undefined
    if (found === 'gone') return { popup: ctx.person.words.text('slot-gone') }
    return openSlotPage(deps, ctx, found.account, found.row)
  })
  onButton(feature, deps, 'book-slot', async (ctx, data) => {
    const found = await findSlotFor(db, ctx.person, data)
    if (found === undefined) return undefined
    if (found === 'gone') return { popup: ctx.person.words.text('slot-gone') }
    return book(deps, ctx, found.account, found.row)
  })
  onButton(feature, deps, 'other-classes', async ({ person }, data) => {
    const action = await findActionOf(db.read, person.id, data.action)
    const subject = action && subjectOf(action)
    const account = action && (await findAccountOf(db, person, action.accountId))
    return subject && account && { show: await dayScreen(db, person.words, account, subject.date, 0) }
  })
  return feature
}

async function book(deps: Deps, ctx: BotContext, account: Account, row: SlotRow): Promise<Reply> {
  const { db } = deps
  const { person } = ctx
  const slot = { ...datedOf(row), siteId: row.site_id }
  const can = await judgeSlot(db, account, row)
  const allowed = can.can && account.state === 'active'
  // Already in the queue: asked for once more, it is shown.
  if (!allowed && !(await findOpenBooking(db.read, account.id, slot))) {
    const same = (await cardOfSameUpdate(deps, ctx)) ?? (await cardOfSamePress(deps, ctx, slot))
    if (same) return { show: same }
    const popup = can.can ? undefined : bookabilityText(person.words, row.portal, can, db.clock.now())
    return { ...(await openSlotPage(deps, ctx, account, row)), ...(popup === undefined ? {} : { popup }) }
  }
  return queueAndShow(deps, ctx, {
    ...askedBy(ctx, account),
    type: 'book',
    slot,
    deadline: startInstant(row.portal, slot),
  })
}

/** Of many presses the last may be served when the booking is done: its card stays where the button was. */
async function cardOfSamePress({ db }: Deps, ctx: BotContext, slot: Dated): Promise<View | undefined> {
  const { id: userId, words } = ctx.person
  const messageId = ctx.callbackQuery?.message?.message_id
  const recent = await listActionsOf(db.read, userId, RECENT)
  const same = recent.find(
    (action) =>
      action.type === 'book' &&
      action.chatMessageId === messageId &&
      isBookingOf({ ...slot, cancellable: true }, action.slot),
  )
  return same && actionCard(db, words, userId, same.id)
}
