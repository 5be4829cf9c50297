import type { Account } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { refusedUntil } from '../../db/refused-logins.ts'
import { findPortal } from '../../portals/registry.ts'
import { agePhrase, momentPhrase } from '../dates.ts'
import { accountLabel } from '../names.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

/** All accounts of a person. */
export function accountsScreen(db: Database, words: Words, accounts: readonly Account[], news?: string): View {
  const now = db.clock.now()
  return {
    text: lines(
      news,
      news && '',
      words.html('accounts-title'),
      '',
      ...(accounts.length === 0
        ? [words.html('accounts-none')]
        : accounts.flatMap((one) => [stateLines(words, one, now), ''])),
    ),
    buttons: [...accounts.map((account) => [accountButton(words, account)]), [addButton(words)], [menuButton(words)]],
  }
}

/** One account with what can be done. */
export function accountScreen(db: Database, words: Words, account: Account, news?: string): View {
  const { id } = account
  const by = suspenderOf(account)
  const now = db.clock.now()
  const refused = refusedUntil(account, now)
  return {
    text: lines(
      news,
      news && '',
      stateLines(words, account, now),
      by && '',
      refused
        ? words.html('check-later', { time: momentPhrase(words, account.portal, refused, now) })
        : by && words.html(`advice-${by}`),
    ),
    buttons: [
      ...(by === 'user' ? [[button(words.text('button-use-again'), 'account-use', { account: id })]] : []),
      ...(refused ? [] : [[button(words.text('button-check-login'), 'check', { account: id })]]),
      ...changeButtons(words, account),
      [button(words.text('button-rename'), 'account-rename', { account: id })],
      ...(by === undefined ? [[button(words.text('button-suspend'), 'account-suspend', { account: id })]] : []),
      [button(words.text('button-remove'), 'account-remove', { account: id })],
      [accountsButton(words), menuButton(words)],
    ],
  }
}

/** Asks whether to remove an account, and says what goes with it. */
export function askRemoveScreen(
  words: Words,
  account: Account,
  { rules, queued }: { rules: number; queued: number },
): View {
  return {
    text: lines(
      words.html('ask-remove', { account: accountLabel(account) }),
      '',
      words.html('remove-goes'),
      words.html('remove-login'),
      rules > 0 && words.html('remove-rules', { n: rules }),
      queued > 0 && words.html('remove-queue', { n: queued }),
      '',
      words.html('remove-stays'),
    ),
    buttons: [
      [button(words.text('button-yes-remove'), 'account-remove-yes', { account: account.id })],
      [button(words.text('button-no-remove'), 'account', { account: account.id })],
    ],
  }
}

/** For whoever has no account yet: the way to one. */
export function noAccountScreen(words: Words): View {
  return { text: words.html('no-account'), buttons: [[addButton(words)], [menuButton(words)]] }
}

/** Why nothing is done for an account, and the way to mend it. */
export function suspendedScreen(words: Words, account: Account): View {
  return { text: suspendedHint(words, account), buttons: [[accountButton(words, account)], [menuButton(words)]] }
}

/** Why nothing is done for a suspended account, as HTML. */
export function suspendedHint(words: Words, account: Account): string {
  const key = suspenderOf(account) === 'user' ? 'suspended-hint-user' : 'suspended-hint'
  return words.html(key, { account: account.name })
}

/** Why something waits for a suspended account, in a line; HTML. */
export function waitsForAccount(words: Words, account: Account): string {
  const key = suspenderOf(account) === 'user' ? 'wait-suspended-user' : 'wait-suspended'
  return words.html(key, { account: account.name })
}

/** Who suspended it, as far as it matters: what the portal refused is mended first. */
export function suspenderOf({ state, suspended_by }: Account): 'portal' | 'user' | undefined {
  if (state === 'active') return undefined
  return suspended_by === 'user' ? 'user' : 'portal'
}

export function addButton(words: Words): Button {
  return button(words.text('button-add-account'), 'account-add', {})
}

export function accountsButton(words: Words): Button {
  return button(words.text('button-accounts'), 'accounts', {})
}

export function accountButton(words: Words, { id, name }: Pick<Account, 'id' | 'name'>): Button {
  return button(words.text('button-account', { account: name }), 'account', { account: id })
}

/** The credentials of an account that can be changed, each with a button. */
export function changeButtons(words: Words, { id, portal }: Pick<Account, 'id' | 'portal'>): Button[][] {
  const fields = findPortal(portal)?.credentialFields ?? []
  return fields.flatMap(({ name }) =>
    name === 'username'
      ? []
      : [[button(words.text(`button-change-${name}`), 'account-change', { account: id, field: name })]],
  )
}

const SIGNS = { active: '✅', portal: '⚠️', user: '⏸' } as const

function stateLines(words: Words, account: Account, now: Temporal.Instant): string {
  const state = suspenderOf(account) ?? 'active'
  const { synced_at } = account
  return lines(
    `${SIGNS[state]} ${words.html('account-line', { account: accountLabel(account) })}`,
    words.html(`account-is-${state}`),
    synced_at === null
      ? words.html('account-never-synced')
      : words.html('account-synced', { age: agePhrase(words, synced_at, now) }),
  )
}
