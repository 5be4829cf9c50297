import type { Database } from '../../db/database.ts'
import { type Invite, listOpenInvites } from '../../db/invites.ts'
import { countBelongings } from '../../db/remove-user.ts'
import type { UserRow } from '../../db/schema.ts'
import { countAccounts, findUser, listUsers } from '../../db/users.ts'
import { buttonData } from '../buttons.ts'
import { datePhrase, HOME_PORTAL, localNow, momentPhrase } from '../dates.ts'
import { shorten } from '../html.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'
import { belongingsLines } from './belongings.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 8
const NAME_LENGTH = 40

/** What we call a user. */
export function userName(words: Words, { first_name }: Pick<UserRow, 'first_name'>): string {
  return shorten(first_name, NAME_LENGTH) || words.text('user-unnamed')
}

/** Who uses the bot, and the invitations that are open. `news` is what has just happened. */
export async function usersScreen(db: Database, words: Words, wanted: number, news?: string): Promise<View> {
  const now = db.clock.now()
  const accounts = await countAccounts(db.read)
  const invites = await listOpenInvites(db.read, now)
  const { items, page, pages } = pageOf(await listUsers(db.read), wanted, PAGE_SIZE)
  return {
    text: lines(
      news,
      news && '',
      words.html('users-title'),
      '',
      ...items.map((user) => userLine(words, user, accounts.get(user.id) ?? 0)),
      '',
      invites.length > 0 && words.html('users-invites', { n: invites.length }),
    ),
    buttons: [
      ...items
        .filter(({ role }) => role !== 'owner')
        .map((user) => [button(words.text('button-user', { name: userName(words, user) }), 'user', { user: user.id })]),
      pager(page, pages, (to) => buttonData('users', { page: to })),
      ...invites.slice(-PAGE_SIZE).map((invite) => [revokeButton(words, invite, now)]),
      [button(words.text('button-invite'), 'invite', {})],
      [menuButton(words)],
    ],
  }
}

function revokeButton(words: Words, { id, createdAt }: Invite, now: Temporal.Instant) {
  const made = momentPhrase(words, HOME_PORTAL, createdAt, now)
  return button(words.text('button-revoke-listed', { made }), 'revoke-listed', { invite: id })
}

function userLine(words: Words, user: UserRow, accounts: number): string {
  const about = { name: userName(words, user), since: datePhrase(words, user.created_at), accounts }
  const line = words.html(user.role === 'owner' ? 'user-line-owner' : 'user-line', about)
  return user.blocked_at === null ? line : `${line} ${words.html('user-blocked')}`
}

/** One of them; undefined when they are no longer there. */
export async function userScreen(db: Database, words: Words, userId: number): Promise<View | undefined> {
  const user = await findUser(db.read, userId)
  if (!user) return undefined
  const accounts = (await countAccounts(db.read)).get(userId) ?? 0
  return {
    text: userLine(words, user, accounts),
    buttons: [
      ...(user.role === 'owner' ? [] : [[button(words.text('button-remove'), 'ask-remove', { user: userId })]]),
      [button(words.text('button-back'), 'users', { page: 0 })],
    ],
  }
}

/** Asks before somebody is removed, and says what that deletes; undefined when they are no longer there. */
export async function askRemoveScreen(db: Database, words: Words, userId: number): Promise<View | undefined> {
  const user = await findUser(db.read, userId)
  if (!user || user.role === 'owner') return undefined
  const belongings = await countBelongings(db.read, userId, localNow(HOME_PORTAL, db.clock.now()).date)
  return {
    text: lines(
      words.html('ask-remove-user', { name: userName(words, user) }),
      '',
      ...belongingsLines(words, belongings),
      '',
      words.html('ask-remove-tells'),
    ),
    buttons: [
      [button(words.text('button-yes-remove-user'), 'remove', { user: userId })],
      [button(words.text('button-no-keep-user'), 'user', { user: userId })],
    ],
  }
}
