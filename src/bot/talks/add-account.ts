import { credentialsSchema } from '../../core/credentials.ts'
import { type AddOutcome, addAccount, findOwnerOfLogin } from '../../db/own-accounts.ts'
import type { PortalFacts } from '../../portals/contract.ts'
import { portals } from '../../portals/registry.ts'
import type { Deps } from '../feature.ts'
import { accountButton, accountsButton } from '../screens/accounts.ts'
import { menuButton, plainScreen } from '../screens/menu.ts'
import type { Talk } from '../talk.ts'
import type { View } from '../view.ts'
import { askField, stopChoice } from './ask-field.ts'
import { checkLogin } from './check-login.ts'

/** Asks for the portal where there are several, then for each of its credentials; saves them and tests the login. */
export function addAccountScript(deps: Deps): (talk: Talk) => Promise<void> {
  const { db, vault } = deps
  return async (talk) => {
    const { id: userId, words } = talk.person
    const portal = await choosePortal(talk, portals)
    const given = portal && (await askAll(talk, deps, portal))
    if (given === 'refused') return
    if (!portal || !given) return talk.show(plainScreen(words, words.html('talk-left')))
    const credentials = credentialsSchema.parse(given)
    const saved = await talk.once(() =>
      addAccount(db, vault, { userId, portal: portal.id, name: portal.name, credentials }),
    )
    if (saved.outcome !== 'added') return talk.show(knownScreen(talk, saved))
    // The first one at such a site brings plans into the house.
    if (portal.planPlaces) await talk.once(() => refreshed(deps))
    await checkLogin(talk, deps, { accountId: saved.accountId, portal: portal.id })
  }
}

function refreshed({ refreshCommands }: Deps): null {
  refreshCommands()
  return null
}

/** The portal to add an account of; undefined when they want to stop. */
async function choosePortal(talk: Talk, all: readonly PortalFacts[]): Promise<PortalFacts | undefined> {
  const [only, ...others] = all
  if (others.length === 0) return only
  const { words } = talk.person
  const choices = all.map(({ id, name }) => [{ label: name, choice: id }])
  const answer = await talk.ask({ text: words.html('ask-portal'), choices: [...choices, [stopChoice(words)]] })
  return answer.kind === 'choice' ? all.find(({ id }) => id === answer.choice) : undefined
}

/** All credentials; undefined when they want to stop, `refused` when there is an account with this login already. */
async function askAll(
  talk: Talk,
  deps: Deps,
  portal: PortalFacts,
): Promise<Record<string, string> | 'refused' | undefined> {
  const { db, vault } = deps
  const { id: userId } = talk.person
  const given: Record<string, string> = {}
  for (const field of portal.credentialFields) {
    const asked = await askField(talk, deps, portal, field)
    if (asked === 'left') return undefined
    if (asked === 'none') continue
    given[field.name] = asked.value
    if (field.name !== 'username') continue
    const login = { userId, portal: portal.id, username: asked.value }
    const known = await talk.once(async () => (await findOwnerOfLogin(db.read, vault, login)) ?? null)
    if (!known) continue
    await talk.show(knownScreen(talk, known))
    return 'refused'
  }
  return given
}

function knownScreen({ person: { words } }: Talk, known: Exclude<AddOutcome, { outcome: 'added' }>): View {
  if (known.outcome === 'taken')
    return { text: words.html('login-taken'), buttons: [[accountsButton(words)], [menuButton(words)]] }
  return {
    text: words.html('login-yours', { account: known.name }),
    buttons: [[accountButton(words, { id: known.accountId, name: known.name })], [menuButton(words)]],
  }
}
