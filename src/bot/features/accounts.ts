import { Composer } from 'grammy'
import { type Account, listAccountsOf } from '../../db/accounts.ts'
import { pauseAccount, resumeAccount } from '../../db/own-accounts.ts'
import { refusedUntil } from '../../db/refused-logins.ts'
import { countBelongings, removeAccount } from '../../db/remove-account.ts'
import { findAccountOf } from '../accounts.ts'
import type { ButtonName } from '../buttons.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import type { Person } from '../people.ts'
import { askedBy, queueAndShow } from '../queue.ts'
import { accountScreen, accountsScreen, askRemoveScreen } from '../screens/accounts.ts'
import { startTalk, talk } from '../talk.ts'
import { addAccountScript } from '../talks/add-account.ts'
import { type ChangeArgs, changeAccountScript, type RenameArgs, renameAccountScript } from '../talks/change-account.ts'

const ADD = 'add-account'
const CHANGE = 'change-account'
const RENAME = 'rename-account'

/** A person's accounts: to see, add, check, change, suspend and remove them. */
export function accountsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  feature.use(talk(deps, ADD, addAccountScript(deps)))
  feature.use(talk(deps, CHANGE, changeAccountScript(deps)))
  feature.use(talk(deps, RENAME, renameAccountScript(deps)))

  onCommand(feature, deps, 'accounts', async ({ person }) => [{ show: await listOf(deps, person) }])
  onButton(feature, deps, 'accounts', async ({ person }) => ({ show: await listOf(deps, person) }))
  onButton(feature, deps, 'account-add', async (ctx) => start(ctx, ADD, {}))
  onAccountButton(feature, deps, 'account', async ({ person }, account) => ({
    show: accountScreen(db, person.words, account),
  }))
  onButton(feature, deps, 'account-change', async (ctx, data) => {
    const account = await findAccountOf(db, ctx.person, data.account)
    return (
      account && start<ChangeArgs>(ctx, CHANGE, { accountId: account.id, portal: account.portal, field: data.field })
    )
  })
  onAccountButton(feature, deps, 'account-rename', async (ctx, { id, name }) =>
    start<RenameArgs>(ctx, RENAME, { accountId: id, name }),
  )
  onAccountButton(feature, deps, 'account-suspend', async ({ person }, { id }) => {
    await pauseAccount(db, person.id, id)
    return showAgain(deps, person, id)
  })
  onAccountButton(feature, deps, 'account-use', async ({ person }, { id }) => {
    await resumeAccount(db, person.id, id)
    return showAgain(deps, person, id)
  })
  onAccountButton(feature, deps, 'check', async (ctx, account) =>
    refusedUntil(account, db.clock.now())
      ? { show: accountScreen(db, ctx.person.words, account) }
      : queueAndShow(deps, ctx, { ...askedBy(ctx, account), type: 'check' }),
  )
  onAccountButton(feature, deps, 'account-remove', async ({ person: { words } }, account) => ({
    show: askRemoveScreen(words, account, await countBelongings(db.read, account.id)),
  }))
  onAccountButton(feature, deps, 'account-remove-yes', async ({ person }, account) => remove(deps, person, account))
  return feature
}

/** Buttons that carry an account and nothing else. */
type AccountButton =
  | 'check'
  | Exclude<Extract<ButtonName, 'account' | `account-${string}`>, 'account-add' | 'account-change'>

/** A button about one account; of somebody else's, or one that is gone, it is outdated. */
function onAccountButton(
  feature: Composer<BotContext>,
  deps: Deps,
  name: AccountButton,
  handle: (ctx: BotContext, account: Account) => Promise<Reply | undefined>,
): void {
  onButton(feature, deps, name, async (ctx, data) => {
    const account = await findAccountOf(deps.db, ctx.person, data.account)
    return account && (await handle(ctx, account))
  })
}

async function start<A>(ctx: BotContext, name: string, args: A): Promise<Reply> {
  await startTalk(ctx, name, args)
  return {}
}

async function listOf({ db }: Deps, { id, words }: Person, news?: string) {
  return accountsScreen(db, words, await listAccountsOf(db.read, id), news)
}

async function showAgain({ db }: Deps, person: Person, accountId: number): Promise<Reply | undefined> {
  const account = await findAccountOf(db, person, accountId)
  return account && { show: accountScreen(db, person.words, account) }
}

async function remove(deps: Deps, person: Person, account: Account): Promise<Reply | undefined> {
  const { words } = person
  const outcome = await removeAccount(deps.db, person.id, account.id)
  switch (outcome) {
    case 'removed':
      return { show: await listOf(deps, person, words.html('account-removed', { account: account.name })) }
    case 'busy':
      return { show: accountScreen(deps.db, words, account, words.html('remove-busy')) }
    case 'unknown':
      return undefined
  }
}
