import { Composer } from 'grammy'
import { findBookingOf } from '../../db/bookings.ts'
import type { BookingRow } from '../../db/schema.ts'
import { findAccountOf } from '../accounts.ts'
import { startInstant } from '../dates.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { datedOf } from '../names.ts'
import { askedBy, cardOfSameUpdate, queueAndShow } from '../queue.ts'
import { askCancelScreen, bookingsScreen } from '../screens/bookings.ts'

/** My bookings: the list, reading it again, and cancelling, which asks once. */
export function bookingsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'bookings', async ({ person }) => [
    { show: await bookingsScreen(db, person.words, person.id, 0) },
  ])
  onButton(feature, deps, 'bookings', async ({ person }, { page }) => ({
    show: await bookingsScreen(db, person.words, person.id, page),
  }))
  onButton(feature, deps, 'sync', async (ctx, data) => {
    const account = await findAccountOf(db, ctx.person, data.account)
    if (!account) return undefined
    const asked = askedBy(ctx, account)
    return queueAndShow(deps, ctx, { ...asked, type: 'sync' })
  })
  onButton(feature, deps, 'ask-cancel', async (ctx, { booking }) => {
    const { person } = ctx
    const row = await findBookingOf(db.read, person.id, booking)
    if (!row) return bookingGone(deps, ctx)
    const refusal = refusalOf(deps, ctx, row)
    return refusal ?? { show: () => askCancelScreen(db, person.words, person.id, booking) }
  })
  onButton(feature, deps, 'cancel', async (ctx, { booking }) => {
    const { person } = ctx
    const row = await findBookingOf(db.read, person.id, booking)
    const account = row && (await findAccountOf(db, person, row.account_id))
    if (!row || !account) {
      const same = await cardOfSameUpdate(deps, ctx)
      return same ? { show: same } : bookingGone(deps, ctx)
    }
    const refusal = refusalOf(deps, ctx, row)
    if (refusal) return refusal
    const dated = datedOf(row)
    return queueAndShow(deps, ctx, {
      ...askedBy(ctx, account),
      type: 'cancel',
      bookingId: row.id,
      booking: dated,
      deadline: startInstant(row.portal, dated),
    })
  })
  return feature
}

function refusalOf({ db }: Deps, { person: { words } }: BotContext, row: BookingRow): Reply | undefined {
  if (Temporal.Instant.compare(startInstant(row.portal, datedOf(row)), db.clock.now()) <= 0)
    return { popup: words.text('cannot-past') }
  return row.cancellable === 1 ? undefined : { popup: words.text('not-cancellable') }
}

async function bookingGone({ db }: Deps, { person }: BotContext): Promise<Reply> {
  const { words, id } = person
  return { popup: words.text('booking-gone'), show: await bookingsScreen(db, words, id, 0) }
}
