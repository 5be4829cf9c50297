import { Composer } from 'grammy'
import { inviteMember, revokeInvite } from '../../db/invites.ts'
import { linkOf } from '../arrivals.ts'
import { type BotContext, type Deps, onButton, onCommand } from '../feature.ts'
import { invitationScreen } from '../screens/invitation.ts'
import { plainScreen } from '../screens/menu.ts'
import { usersScreen } from '../screens/users.ts'
import type { View } from '../view.ts'

/** The owner's invitations: a link that lets one person in, to pass on or to take back. To members all this is unknown. */
export function invitationsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  const owner = feature.filter(({ person }) => person.isOwner)
  onCommand(owner, deps, 'invite', async (ctx) => [{ show: await invite(deps, ctx) }])
  onButton(owner, deps, 'invite', async (ctx) => ({ show: await invite(deps, ctx) }))
  onButton(owner, deps, 'revoke', async ({ person: { words } }, data) => {
    const revoked = await revokeInvite(db, data.invite)
    return { show: plainScreen(words, words.html(revoked ? 'invitation-revoked' : 'invitation-over')) }
  })
  onButton(owner, deps, 'revoke-listed', async ({ person: { words } }, data) => {
    const revoked = await revokeInvite(db, data.invite)
    const popup = words.text(revoked ? 'invitation-revoked' : 'invitation-over')
    return { popup, show: await usersScreen(db, words, 0) }
  })
  return feature
}

async function invite({ db, vault }: Deps, { me, person: { id, words } }: BotContext): Promise<View> {
  const made = await inviteMember(db, vault, id)
  return invitationScreen(words, made, linkOf(me.username, made.code), db.clock.now())
}
