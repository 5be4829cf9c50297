import { Composer } from 'grammy'
import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { SlotRow } from '../../db/schema.ts'
import { findSlot } from '../../db/slots.ts'
import { onePerPortal } from '../accounts.ts'
import { localNow } from '../dates.ts'
import { type BotContext, type Deps, onButton, type Reply, say } from '../feature.ts'
import { listCandidates } from '../quick/candidates.ts'
import { exampleOf } from '../quick/example.ts'
import { matchWishes } from '../quick/match-wish.ts'
import { readWishes } from '../quick/read-wish.ts'
import { noAccountScreen } from '../screens/accounts.ts'
import { daysScreen } from '../screens/days.ts'
import { choiceScreen, notFoundScreen, slotAccountsScreen } from '../screens/quick.ts'
import { openSlotPage } from '../slot-pages.ts'

/** A class asked for in a text, "yoga mon 18": shows its card, where a press books it. */
export function quickFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  feature.on('message:text').filter(
    (ctx) => !ctx.message.text.startsWith('/'),
    async (ctx) => say(ctx, deps, await answerText(deps, ctx, ctx.message.text)),
  )
  onButton(feature, deps, 'quick', async (ctx, data) => {
    const { person } = ctx
    const accounts = await listAccountsOf(db.read, person.id)
    if (accounts.length === 0) return undefined
    const row = await findSlot(db.read, data.slot)
    if (!row || accounts.every(({ portal }) => portal !== row.portal)) return { popup: person.words.text('slot-gone') }
    return cardOf(deps, ctx, accounts, row)
  })
  return feature
}

async function answerText(deps: Deps, ctx: BotContext, text: string): Promise<Reply> {
  const { db } = deps
  const { person } = ctx
  const { words } = person
  const accounts = await listAccountsOf(db.read, person.id)
  const [first] = onePerPortal(accounts)
  if (!first) return { show: noAccountScreen(words) }
  const candidates = await listCandidates(db, accounts)
  if (candidates.every(({ past }) => past)) return { show: await daysScreen(db, words, first, 'book') }
  const now = db.clock.now()
  const today = Temporal.PlainDate.from(localNow(first.portal, now).date)
  const names = candidates.map(({ title }) => title)
  const found = matchWishes(readWishes(text, names, today), candidates)
  switch (found.kind) {
    case 'one':
      return cardOf(deps, ctx, accounts, found.slot.row)
    case 'some':
      return { show: choiceScreen(words, found.slots, accounts, now) }
    case 'none':
      return { show: notFoundScreen(words, found, accounts, exampleOf(words, candidates, today), { now, today }) }
  }
}

/** The card of the class, after the account where there are several. */
async function cardOf(deps: Deps, ctx: BotContext, all: readonly Account[], row: SlotRow): Promise<Reply> {
  const accounts = all.filter(({ portal }) => portal === row.portal)
  const [account, ...others] = accounts
  if (account && others.length === 0) return openSlotPage(deps, ctx, account, row)
  return { show: slotAccountsScreen(ctx.person.words, accounts, row, deps.db.clock.now()) }
}
