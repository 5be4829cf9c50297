import { Composer } from 'grammy'
import { claimAt } from '../../planner/ahead.ts'
import { getPortal } from '../../portals/registry.ts'
import { startInstant } from '../dates.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import { findSlotFor } from '../find-slot.ts'
import { datedOf } from '../names.ts'
import { askedBy, cardOfSameUpdate, queueAndShow } from '../queue.ts'
import { openSlotPage } from '../slot-pages.ts'
import { judgeSlot } from '../slot-state.ts'

/** Booking what is not open yet: it waits in the queue, and is done when the site opens it. */
export function aheadFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'book-ahead', async (ctx, data) => {
    const { person } = ctx
    const found = await findSlotFor(db, person, data)
    if (found === undefined) return undefined
    if (found === 'gone') return { popup: person.words.text('slot-gone') }
    const { account, row } = found
    const can = await judgeSlot(db, account, row)
    // It has opened meanwhile, or can no longer be booked at all: the card says which.
    if (can.can || can.why !== 'not-open-yet' || account.state === 'suspended') {
      const same = await cardOfSameUpdate(deps, ctx)
      return same ? { show: same } : await openSlotPage(deps, ctx, account, row)
    }
    const slot = { ...datedOf(row), siteId: row.site_id }
    return queueAndShow(deps, ctx, {
      ...askedBy(ctx, account),
      type: 'book',
      slot,
      deadline: startInstant(row.portal, slot),
      notBefore: claimAt(getPortal(row.portal).opening(slot)),
    })
  })
  return feature
}
