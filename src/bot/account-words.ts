import type { Account } from '../db/accounts.ts'
import { accountLabel } from './names.ts'
import { menuButton } from './screens/menu.ts'
import type { Words } from './texts.ts'
import { type Button, button, type View } from './view.ts'

type Suspended = Pick<Account, 'id' | 'name' | 'suspended_by'>

/** Why nothing is done for a suspended account, and what to do; HTML. */
export function suspendedHint(words: Words, { name, suspended_by }: Suspended): string {
  return words.html(suspended_by === 'user' ? 'suspended-by-you-hint' : 'suspended-hint', { account: name })
}

/** The same in a line, for something that waits for it; HTML. */
export function waitsForAccount(words: Words, { name, suspended_by }: Suspended): string {
  return words.html(suspended_by === 'user' ? 'wait-suspended-by-you' : 'wait-suspended', { account: name })
}

/** The same as a screen, with the way to put it right. */
export function suspendedScreen(words: Words, account: Suspended): View {
  return {
    text: suspendedHint(words, account),
    buttons: [[button(words.text('button-account'), 'account', { account: account.id })], [menuButton(words)]],
  }
}

/** There is no account yet: how to add one. */
export function noAccountScreen(words: Words): View {
  return { text: words.html('no-account'), buttons: [[addButton(words)], [menuButton(words)]] }
}

export function addButton(words: Words): Button {
  return button(words.text('button-account-new'), 'account-new', {})
}

/** The sign and name of an account with its state; HTML. */
export function accountTitle(words: Words, { name, portal, state, suspended_by }: Account): string {
  const account = accountLabel({ name, portal })
  if (state === 'suspended' && suspended_by === 'user') return words.html('account-suspended-by-you', { account })
  return words.html(`account-${state}`, { account })
}
