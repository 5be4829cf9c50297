import { Composer } from 'grammy'
import { removeAccount, resumeForUser, suspendForUser } from '../../db/account-changes.ts'
import { startAddTalk, startLoginTalk, startRenameTalk } from '../account-talks.ts'
import { findAccountOf } from '../accounts.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { askedBy, queueAndShow } from '../queue.ts'
import { accountScreen, accountsScreen, askRemoveScreen } from '../screens/accounts.ts'

/** The user's accounts: the list, one of them with all that can be done, and adding one. */
export function accountsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  const list = async ({ person: { id, words } }: BotContext) => ({ show: await accountsScreen(db, words, id) })
  onCommand(feature, deps, 'accounts', async (ctx) => [await list(ctx)])
  onButton(feature, deps, 'accounts', list)
  onButton(feature, deps, 'account', (ctx, { account }) => card(deps, ctx, account))
  onButton(feature, deps, 'account-ask-remove', async ({ person: { id, words } }, { account }) => {
    const view = await askRemoveScreen(db, words, id, account)
    return view && { show: view }
  })
  registerTalks(feature, deps)
  registerChanges(feature, deps)
  return feature
}

async function card({ db }: Deps, { person: { id, words } }: BotContext, account: number): Promise<Reply | undefined> {
  const view = await accountScreen(db, words, id, account)
  return view && { show: view }
}

function registerTalks(feature: Composer<BotContext>, deps: Deps): void {
  onButton(feature, deps, 'account-new', async (ctx) => {
    await startAddTalk(ctx)
    return {}
  })
  for (const [name, start] of [
    ['account-login', startLoginTalk],
    ['account-rename', startRenameTalk],
  ] as const) {
    onButton(feature, deps, name, async (ctx, data) => {
      if (!(await findAccountOf(deps.db, ctx.person, data.account))) return undefined
      await start(ctx, data.account)
      return {}
    })
  }
}

function registerChanges(feature: Composer<BotContext>, deps: Deps): void {
  const { db } = deps
  onButton(feature, deps, 'account-suspend', async (ctx, { account }) => {
    await suspendForUser(db, ctx.person.id, account)
    return card(deps, ctx, account)
  })
  onButton(feature, deps, 'account-resume', async (ctx, { account }) => {
    await resumeForUser(db, ctx.person.id, account)
    return card(deps, ctx, account)
  })
  onButton(feature, deps, 'account-remove', async ({ person: { id, words } }, { account }) => {
    const answer = await removeAccount(db, id, account)
    if (answer === 'unknown') return undefined
    if (answer === 'busy') return { popup: words.text('account-busy') }
    return { popup: words.text('account-removed'), show: await accountsScreen(db, words, id) }
  })
  onButton(feature, deps, 'check', async (ctx, data) => {
    const account = await findAccountOf(db, ctx.person, data.account)
    return account && queueAndShow(deps, ctx, { ...askedBy(ctx, account), type: 'check' })
  })
}
