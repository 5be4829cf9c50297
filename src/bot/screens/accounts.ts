import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { accountTitle, addButton, noAccountScreen, suspendedHint } from '../account-words.ts'
import { agePhrase } from '../dates.ts'
import { accountLabel } from '../names.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

/** The user's accounts, with how each is. `news` is what has just happened. */
export async function accountsScreen(db: Database, words: Words, userId: number, news?: string): Promise<View> {
  const accounts = await listAccountsOf(db.read, userId)
  if (accounts.length === 0) {
    const view = noAccountScreen(words)
    return { ...view, text: lines(news, news && '', view.text) }
  }
  return {
    text: lines(
      news,
      news && '',
      words.html('accounts-title'),
      '',
      ...accounts.map((account) => `${accountTitle(words, account)}. ${syncedLine(db, words, account)}`),
    ),
    buttons: [
      ...accounts.map((account) => [button(accountLabel(account), 'account', { account: account.id })]),
      [addButton(words)],
      [menuButton(words)],
    ],
  }
}

/** One account with all that can be done; undefined when it is not the user's. `news` is what has just happened. */
export async function accountScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
  news?: string,
): Promise<View | undefined> {
  const account = (await listAccountsOf(db.read, userId)).find((one) => one.id === id)
  if (!account) return undefined
  const isPaused = account.state === 'suspended' && account.suspended_by === 'user'
  const data = { account: id }
  return {
    text: lines(
      news,
      news && '',
      accountTitle(words, account),
      syncedLine(db, words, account),
      account.state === 'suspended' && `\n${suspendedHint(words, account)}`,
    ),
    buttons: [
      [button(words.text('button-check'), 'check', data)],
      [button(words.text('button-account-login'), 'account-login', data)],
      [
        button(words.text('button-account-rename'), 'account-rename', data),
        ...(isPaused ? [button(words.text('button-account-resume'), 'account-resume', data)] : []),
        ...(account.state === 'active' ? [button(words.text('button-account-suspend'), 'account-suspend', data)] : []),
      ],
      [button(words.text('button-account-remove'), 'account-ask-remove', data)],
      [button(words.text('button-back'), 'accounts', {}), menuButton(words)],
    ],
  }
}

/** Asks once before an account is removed. */
export async function askRemoveScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
): Promise<View | undefined> {
  const account = (await listAccountsOf(db.read, userId)).find((one) => one.id === id)
  if (!account) return undefined
  return {
    text: words.html('ask-remove-account', { account: accountLabel(account) }),
    buttons: [
      [button(words.text('button-yes-remove'), 'account-remove', { account: id })],
      [button(words.text('button-no-keep'), 'account', { account: id })],
    ],
  }
}

function syncedLine(db: Database, words: Words, { synced_at }: Account): string {
  return synced_at === null
    ? words.html('account-never-synced')
    : words.html('account-synced', { age: agePhrase(words, synced_at, db.clock.now()) })
}
