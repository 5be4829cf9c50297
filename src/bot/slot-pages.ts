import { type Account, findAccount } from '../db/accounts.ts'
import type { SlotRow } from '../db/schema.ts'
import { findSlot } from '../db/slots.ts'
import type { BotContext, Deps, Reply } from './feature.ts'
import type { SlotPage } from './followers.ts'
import { slotScreen } from './screens/slot.ts'
import { askForLook, type LookState, lookStateOf } from './slot-look.ts'
import type { Words } from './texts.ts'
import type { View } from './view.ts'
import { type Watch, watchNews } from './watch.ts'

/** A page that nobody has pressed a button of for so long is believed to be looked at no more. */
const OPEN_FOR = { minutes: 5 }

type PageDeps = Pick<Deps, 'db' | 'followers'>

/**
 * Shows the slot's page where the press came from, or in a new message, and keeps it up to date there. What it shows
 * is looked at anew when it is old, or when that is `wanted`.
 */
export async function openSlotPage(
  deps: PageDeps,
  ctx: BotContext,
  account: Account,
  row: SlotRow,
  wanted?: 'look',
): Promise<Reply> {
  const { db, followers } = deps
  const { id: userId, words } = ctx.person
  const until = db.clock.now().add(OPEN_FOR)
  const lookId = await askForLook(db, account, row, wanted === 'look')
  if (lookId !== undefined) followers.noteLook(row.id, lookId, until)
  const shown = textOf(row, await lookStateAt(deps, row))
  const follow = (messageId: number) =>
    followers.followSlot({ userId, messageId, accountId: account.id, slotId: row.id, until, shown })
  const messageId = ctx.callbackQuery?.message?.message_id
  if (messageId !== undefined) follow(messageId)
  return {
    show: () => pageOf(deps, words, account.id, row.id),
    sent: async (messageId) => follow(messageId),
  }
}

/** Keeps the pages of slots up to date: when anybody has looked at the slot, or could not. */
export async function startSlotPages(deps: Deps): Promise<Watch> {
  const { db, log, followers, people, outbox } = deps

  async function look(): Promise<void> {
    for (const page of followers.pages(db.clock.now())) await showIfChanged(page)
  }

  async function showIfChanged(page: SlotPage): Promise<void> {
    const { userId, messageId, accountId, slotId } = page
    const row = await findSlot(db.read, slotId)
    const text = row && textOf(row, await lookStateAt(deps, row))
    const person = text === undefined || text === page.shown ? undefined : await people.find(userId)
    // Whoever has pressed a button meanwhile sees what that shows.
    if (!person || text === undefined || !followers.stands(page)) return
    page.shown = text
    void outbox.edit(userId, messageId, () => pageOf(deps, person.words, accountId, slotId))
  }

  return await watchNews(db, log, look)
}

/** The page as it is now; undefined when the account or the slot is gone. */
async function pageOf(deps: PageDeps, words: Words, accountId: number, slotId: number): Promise<View | undefined> {
  const { db } = deps
  const account = await findAccount(db.read, accountId)
  const row = await findSlot(db.read, slotId)
  return account && row && slotScreen(db, words, account, row, await lookStateAt(deps, row))
}

function lookStateAt({ db, followers }: PageDeps, row: SlotRow): Promise<LookState> {
  return lookStateOf(db, row, followers.lookAt(row.id, db.clock.now()))
}

/** What the page shows, as one text. */
function textOf(row: SlotRow, look: LookState): string {
  return JSON.stringify([row.seen_at, row.state, row.spots, look])
}
