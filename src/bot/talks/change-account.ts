import { findAccount } from '../../db/accounts.ts'
import { changeCredentials, renameAccount } from '../../db/own-accounts.ts'
import { getPortal } from '../../portals/registry.ts'
import type { Deps } from '../feature.ts'
import { accountScreen } from '../screens/accounts.ts'
import { plainScreen } from '../screens/menu.ts'
import type { Talk } from '../talk.ts'
import { lines } from '../view.ts'
import { askField, stopChoice } from './ask-field.ts'
import { checkLogin } from './check-login.ts'

/** What a person may call an account, in characters as people count them. */
const LONGEST_NAME = 30
const segmenter = new Intl.Segmenter()

export type ChangeArgs = { accountId: number; portal: string; field: 'password' | 'otpauth' }

/** Asks for a new password, or a new second factor; saves it and tests the login. */
export function changeAccountScript(deps: Deps): (talk: Talk, args: ChangeArgs) => Promise<void> {
  const { db, vault } = deps
  return async (talk, { accountId, portal: portalId, field }) => {
    const { id: userId, words } = talk.person
    const portal = getPortal(portalId)
    const asked = portal.credentialFields.find(({ name }) => name === field)
    const given = asked && (await askField(talk, deps, portal, asked))
    if (!given || given === 'left') return showAccount(talk, deps, accountId, words.html('talk-left'))
    const change = { [field]: given === 'none' ? null : given.value }
    const changed = await talk.once(() => changeCredentials(db, vault, { userId, accountId, change }))
    if (!changed) return talk.show(plainScreen(words, words.html('account-gone')))
    await checkLogin(talk, deps, { accountId, portal: portalId })
  }
}

export type RenameArgs = { accountId: number; name: string }

/** Asks for another name of an account until there is a good one. */
export function renameAccountScript(deps: Deps): (talk: Talk, args: RenameArgs) => Promise<void> {
  return async (talk, { accountId, name: before }) => {
    const { id: userId, words } = talk.person
    for (let problem: 'name-bad' | 'name-taken' | undefined; ; ) {
      const text = lines(problem && words.html(problem), problem && '', words.html('ask-name', { account: before }))
      const answer = await talk.ask({ text, choices: [[stopChoice(words)]], accepts: ['text'] })
      if (answer.kind !== 'text') return showAccount(talk, deps, accountId, words.html('talk-left'))
      const name = nameIn(answer.text)
      problem = 'name-bad'
      if (name === undefined) continue
      const outcome = await talk.once(() => renameAccount(deps.db, { userId, accountId, name }))
      if (outcome === 'unknown') return talk.show(plainScreen(words, words.html('account-gone')))
      if (outcome === 'renamed') return showAccount(talk, deps, accountId, words.html('account-renamed'))
      problem = 'name-taken'
    }
  }
}

function nameIn(text: string): string | undefined {
  const name = text.replace(/\s+/g, ' ').trim()
  const length = Array.from(segmenter.segment(name)).length
  return length > 0 && length <= LONGEST_NAME && name.length <= 4 * LONGEST_NAME ? name : undefined
}

async function showAccount(talk: Talk, { db }: Deps, accountId: number, news: string): Promise<void> {
  const { words } = talk.person
  const account = await findAccount(db.read, accountId)
  await talk.show(account ? accountScreen(db, words, account, news) : plainScreen(words, words.html('account-gone')))
}
