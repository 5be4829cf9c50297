import { Composer } from 'grammy'
import { exactAge } from '../dates.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import { findSlotFor } from '../find-slot.ts'
import { lookTurnOf } from '../slot-look.ts'
import { openSlotPage } from '../slot-pages.ts'

/** Looking at a slot again, when its page is before somebody who wants to know. */
export function lookFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'look', async (ctx, data) => {
    const { words } = ctx.person
    const found = await findSlotFor(db, ctx.person, data)
    if (found === undefined) return undefined
    if (found === 'gone') return { popup: words.text('slot-gone') }
    const { account, row } = found
    const now = db.clock.now()
    const isFresh = lookTurnOf(row, now).turn === 'take'
    const popup = isFresh ? words.text('look-fresh', { age: exactAge(words, row.seen_at, now) }) : undefined
    return { ...(await openSlotPage(deps, ctx, account, row, 'look')), ...(popup === undefined ? {} : { popup }) }
  })
  return feature
}
