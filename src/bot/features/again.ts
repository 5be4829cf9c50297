import { Composer } from 'grammy'
import type { Account } from '../../db/accounts.ts'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { findActionOf } from '../../db/actions/read.ts'
import { findBookingOf } from '../../db/bookings.ts'
import { findAccountOf } from '../accounts.ts'
import { startInstant } from '../dates.ts'
import { type BotContext, type Deps, onButton, type Reply, showAction } from '../feature.ts'
import { subjectOf } from '../names.ts'
import { askedBy, queueAndShow } from '../queue.ts'
import { suspendedScreen } from '../screens/accounts.ts'

/** Try again: queues what failed once more. */
export function againFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'again', async (ctx, data) => {
    const { person } = ctx
    const action = await findActionOf(deps.db.read, person.id, data.action)
    const account = action && (await findAccountOf(deps.db, person, action.accountId))
    if (!action || !account) return undefined
    if (isOpen(action)) return { show: showAction(ctx, deps, action.id) }
    return (await refusalOf(deps, ctx, action, account)) ?? again(deps, ctx, action, account)
  })
  return feature
}

async function refusalOf(
  { db }: Deps,
  { person: { id, words } }: BotContext,
  action: Action,
  account: Account,
): Promise<Reply | undefined> {
  if (account.state === 'suspended' && action.type !== 'check') return { show: suspendedScreen(words, account) }
  const subject = subjectOf(action)
  if (subject && Temporal.Instant.compare(startInstant(action.portal, subject), db.clock.now()) <= 0)
    return { popup: words.text('cannot-past') }
  if (action.type === 'cancel' && !(await findBookingOf(db.read, id, action.bookingId)))
    return { popup: words.text('booking-gone') }
  return undefined
}

async function again(deps: Deps, ctx: BotContext, action: Action, account: Account): Promise<Reply> {
  const asked = askedBy(ctx, account)
  switch (action.type) {
    case 'book':
      return queueAndShow(deps, ctx, {
        ...asked,
        type: 'book',
        slot: action.slot,
        deadline: startInstant(action.portal, action.slot),
      })
    case 'cancel':
      return queueAndShow(deps, ctx, {
        ...asked,
        type: 'cancel',
        bookingId: action.bookingId,
        booking: action.booking,
        deadline: startInstant(action.portal, action.booking),
      })
    case 'check':
    case 'refresh':
    case 'sync':
      return queueAndShow(deps, ctx, { ...asked, type: action.type })
  }
}
