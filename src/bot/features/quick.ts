import { Composer } from 'grammy'
import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { SlotRow } from '../../db/schema.ts'
import { findSlot } from '../../db/slots.ts'
import { onePerPortal } from '../accounts.ts'
import { localNow } from '../dates.ts'
import { type BotContext, type Deps, onButton, say } from '../feature.ts'
import type { Person } from '../people.ts'
import { listCandidates } from '../quick/candidates.ts'
import { exampleOf } from '../quick/example.ts'
import { matchWishes } from '../quick/match-wish.ts'
import { readWishes } from '../quick/read-wish.ts'
import { noAccountScreen } from '../screens/accounts.ts'
import { daysScreen } from '../screens/days.ts'
import { choiceScreen, notFoundScreen, slotAccountsScreen } from '../screens/quick.ts'
import { slotScreen } from '../screens/slot.ts'
import type { View } from '../view.ts'

/** A class asked for in a text, "yoga mon 18": shows its card, where a press books it. */
export function quickFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  feature.on('message:text').filter(
    (ctx) => !ctx.message.text.startsWith('/'),
    async (ctx) => say(ctx, deps, { show: await answerText(deps, ctx.person, ctx.message.text) }),
  )
  onButton(feature, deps, 'quick', async ({ person }, data) => {
    const accounts = await listAccountsOf(db.read, person.id)
    if (accounts.length === 0) return undefined
    const row = await findSlot(db.read, data.slot)
    if (!row || accounts.every(({ portal }) => portal !== row.portal)) return { popup: person.words.text('slot-gone') }
    return { show: await cardOf(deps, person, accounts, row) }
  })
  return feature
}

async function answerText(deps: Deps, person: Person, text: string): Promise<View> {
  const { db } = deps
  const { words } = person
  const accounts = await listAccountsOf(db.read, person.id)
  const [first] = onePerPortal(accounts)
  if (!first) return noAccountScreen(words)
  const candidates = await listCandidates(db, accounts)
  if (candidates.every(({ past }) => past)) return daysScreen(db, words, first, 'book')
  const now = db.clock.now()
  const today = Temporal.PlainDate.from(localNow(first.portal, now).date)
  const names = candidates.map(({ title }) => title)
  const found = matchWishes(readWishes(text, names, today), candidates)
  switch (found.kind) {
    case 'one':
      return cardOf(deps, person, accounts, found.slot.row)
    case 'some':
      return choiceScreen(words, found.slots, accounts, now)
    case 'none':
      return notFoundScreen(words, found, accounts, exampleOf(words, candidates, today), { now, today })
  }
}

/** The card of the class, after the account where there are several. */
async function cardOf({ db }: Deps, { words }: Person, all: readonly Account[], row: SlotRow): Promise<View> {
  const accounts = all.filter(({ portal }) => portal === row.portal)
  const [account, ...others] = accounts
  if (!account || others.length > 0) return slotAccountsScreen(words, accounts, row, db.clock.now())
  return slotScreen(db, words, account, row)
}
