import { Composer } from 'grammy'
import type { Credentials } from '../core/credentials.ts'
import { addAccount, changeSecrets, renameAccount } from '../db/account-changes.ts'
import { type Account, listAccountsOf } from '../db/accounts.ts'
import { enqueueAction, setChatMessage } from '../db/actions/enqueue.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { getPortal, portals } from '../portals/registry.ts'
import { askField } from './ask-secrets.ts'
import type { BotContext, Deps } from './feature.ts'
import { shorten } from './html.ts'
import { accountScreen, accountsScreen } from './screens/accounts.ts'
import { actionCard } from './screens/action.ts'
import { startTalk, type Talk, talk } from './talk.ts'
import { lines } from './view.ts'

const NAME_LENGTH = 30

export const startAddTalk = (ctx: BotContext) => startTalk(ctx, 'account-new', {})
export const startLoginTalk = (ctx: BotContext, accountId: number) => startTalk(ctx, 'account-login', { accountId })
export const startRenameTalk = (ctx: BotContext, accountId: number) => startTalk(ctx, 'account-rename', { accountId })

/** Adding an account, giving it another password, and giving it another name. */
export function accountTalksFeature(deps: Deps): Composer<BotContext> {
  type OfAccount = { accountId: number }
  return new Composer<BotContext>(
    talk(deps, 'account-new', (talk) => addByTalk(deps, talk)),
    talk<OfAccount>(deps, 'account-login', (talk, { accountId }) => changeLogin(deps, talk, accountId)),
    talk<OfAccount>(deps, 'account-rename', (talk, { accountId }) => rename(deps, talk, accountId)),
  )
}

/** Portal → its fields one by one → a name where there are several → saved, and tried at once. */
async function addByTalk(deps: Deps, talk: Talk): Promise<void> {
  const { db, vault } = deps
  const { words, id: userId } = talk.person
  const portal = await askPortal(talk)
  const credentials: Credentials = { username: '', password: '' }
  for (const field of portal.credentialFields) {
    const given = await askField(deps, talk, portal, field)
    if (given !== null) credentials[field.name] = given
  }
  const accounts = await talk.once(() => listAccountsOf(db.read, userId))
  const taken = accounts.filter((account) => account.portal === portal.id).map(({ name }) => name)
  const name = taken.length === 0 ? portal.name : await askName(talk, taken)
  const added = await talk.once(() => addAccount(db, vault, { userId, portal: portal.id, name, credentials }))
  switch (added.is) {
    case 'added':
      return await tryLogin(deps, talk, { id: added.id, portal: portal.id }, 'new')
    case 'yours': {
      const news = words.html('account-yours', { account: added.name })
      const view = await accountScreen(db, words, userId, added.id, news)
      return view && (await talk.show(view))
    }
    case 'taken':
      return await talk.show(await accountsScreen(db, words, userId, words.html('account-taken')))
    case 'name-taken':
      return await talk.show(await accountsScreen(db, words, userId, words.html('account-name-taken')))
  }
}

async function askPortal(talk: Talk): Promise<PortalFacts> {
  const { words } = talk.person
  const [first] = portals
  if (!first) throw new Error('there is no portal')
  if (portals.length === 1) return first
  const choices = portals.map(({ id, name }) => [{ label: name, choice: id }])
  const answer = await talk.ask({ text: words.html('ask-portal'), choices })
  return portals.find(({ id }) => answer.kind === 'choice' && id === answer.choice) ?? first
}

/** A name that none of `taken` is; with those, it says first that the last one was. */
async function askName(talk: Talk, taken: readonly string[], isAgain = false): Promise<string> {
  const { words } = talk.person
  let trouble = isAgain ? words.html('account-name-taken') : undefined
  for (;;) {
    const text = lines(trouble, trouble && '', words.html('ask-account-name'))
    const answer = await talk.ask({ text, choices: [], accepts: ['text'] })
    const name = answer.kind === 'text' ? shorten(answer.text, NAME_LENGTH) : ''
    if (name !== '' && !taken.includes(name)) return name
    trouble = words.html('account-name-taken')
  }
}

async function changeLogin(deps: Deps, talk: Talk, accountId: number): Promise<void> {
  const { db, vault } = deps
  const { id: userId } = talk.person
  const account = await findAccount(deps, talk, accountId)
  if (!account) return
  const portal = getPortal(account.portal)
  const change: { password?: string; otpauth?: string | null } = {}
  for (const field of portal.credentialFields) {
    if (field.name === 'username') continue
    if (field.name === 'otpauth' && (await keepsSecondFactor(talk))) continue
    const given = await askField(deps, talk, portal, field)
    if (field.name === 'otpauth') change.otpauth = given
    else if (given !== null) change.password = given
  }
  const changed = await talk.once(() => changeSecrets(db, vault, userId, accountId, change))
  if (changed) await tryLogin(deps, talk, account, 'known')
}

async function keepsSecondFactor(talk: Talk): Promise<boolean> {
  const { words } = talk.person
  const choices = [
    [{ label: words.text('button-keep-second-factor'), choice: 'keep' }],
    [{ label: words.text('button-new-second-factor'), choice: 'new' }],
  ]
  const answer = await talk.ask({ text: words.html('ask-second-factor'), choices })
  return answer.kind === 'choice' && answer.choice === 'keep'
}

async function rename(deps: Deps, talk: Talk, accountId: number): Promise<void> {
  const { db } = deps
  const { words, id: userId } = talk.person
  if (!(await findAccount(deps, talk, accountId))) return
  let taken: string[] = []
  for (;;) {
    const name = await askName(talk, taken, taken.length > 0)
    const answer = await talk.once(() => renameAccount(db, userId, accountId, name))
    if (answer === 'taken') {
      taken = [...taken, name]
      continue
    }
    const view = await accountScreen(db, words, userId, accountId)
    return view && (await talk.show(view))
  }
}

async function findAccount({ db }: Deps, talk: Talk, accountId: number): Promise<Account | undefined> {
  const accounts = await talk.once(() => listAccountsOf(db.read, talk.person.id))
  return accounts.find(({ id }) => id === accountId)
}

/** Has the worker log in, and shows how that goes; for a new account it also reads what there is to show. */
async function tryLogin(
  { db, outbox, followers }: Deps,
  talk: Talk,
  { id: accountId, portal }: { id: number; portal: string },
  which: 'new' | 'known',
): Promise<void> {
  const { words, id: userId } = talk.person
  await talk.once(async () => {
    const { messageId } = talk
    const { id } = await enqueueAction(db, {
      type: 'check',
      userId,
      accountId,
      portal,
      ...(messageId === undefined ? {} : { chatMessageId: messageId }),
    })
    if (which === 'new')
      for (const type of ['sync', 'refresh'] as const)
        await enqueueAction(db, { type, userId: null, accountId, portal })
    const card = () => actionCard(db, words, userId, id)
    if (messageId === undefined) void outbox.send(userId, card, { sent: (sentId) => setChatMessage(db, id, sentId) })
    else {
      followers.follow(id, messageId)
      void outbox.edit(userId, messageId, card)
    }
    return null
  })
}
