import { Composer } from 'grammy'
import type { Account } from '../../db/accounts.ts'
import type { BookAction } from '../../db/actions/action.ts'
import { isOpen } from '../../db/actions/action.ts'
import { findActionOf } from '../../db/actions/read.ts'
import type { WatchKind } from '../../db/schema.ts'
import { findAccountOf } from '../accounts.ts'
import { startInstant } from '../dates.ts'
import { type BotContext, type Deps, onButton, type Reply, showAction } from '../feature.ts'
import { findSlotFor } from '../find-slot.ts'
import { datedOf } from '../names.ts'
import { askedBy, queueAndShow } from '../queue.ts'
import { suspendedScreen } from '../screens/accounts.ts'

/** Full slots: waiting for a place, to book it or to be told; and booking the place that was told of. */
export function watchFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'watch', async (ctx, data) => {
    const found = await findSlotFor(deps.db, ctx.person, data)
    if (found === undefined) return undefined
    if (found === 'gone') return { popup: ctx.person.words.text('slot-gone') }
    const { account, row } = found
    return queue(deps, ctx, account, { ...datedOf(row), siteId: row.site_id }, data.how)
  })
  onButton(feature, deps, 'watch-again', async (ctx, data) => {
    const found = await findBooking(deps, ctx, data.action)
    if (!found) return undefined
    const { action, account } = found
    if (isOpen(action)) return { show: showAction(ctx, deps, action.id) }
    return queue(deps, ctx, account, action.slot, data.how)
  })
  onButton(feature, deps, 'book-free', async (ctx, data) => {
    const found = await findBooking(deps, ctx, data.action)
    if (!found) return undefined
    const { action, account } = found
    if (isOpen(action)) return { show: showAction(ctx, deps, action.id) }
    return queue(deps, ctx, account, action.slot, undefined)
  })
  return feature
}

async function findBooking(
  { db }: Deps,
  { person }: BotContext,
  id: number,
): Promise<{ action: BookAction; account: Account } | undefined> {
  const action = await findActionOf(db.read, person.id, id)
  const account = action && (await findAccountOf(db, person, action.accountId))
  return action?.type === 'book' && account ? { action, account } : undefined
}

async function queue(
  deps: Deps,
  ctx: BotContext,
  account: Account,
  slot: BookAction['slot'],
  watch: WatchKind | undefined,
): Promise<Reply> {
  const { words } = ctx.person
  const deadline = startInstant(account.portal, slot)
  if (Temporal.Instant.compare(deadline, deps.db.clock.now()) <= 0) return { popup: words.text('cannot-past') }
  if (account.state === 'suspended') return { show: suspendedScreen(words, account) }
  const asked = { ...askedBy(ctx, account), type: 'book' as const, slot, deadline }
  return queueAndShow(deps, ctx, watch === undefined ? asked : { ...asked, watch })
}
