import { Composer } from 'grammy'
import { findUser } from '../../db/users.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { removePerson } from '../removal.ts'
import { askRemoveScreen, userName, userScreen, usersScreen } from '../screens/users.ts'

/** The owner's view of who uses the bot, and removing somebody. To members all this is unknown. */
export function usersFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  const owner = feature.filter(({ person }) => person.isOwner)
  onCommand(owner, deps, 'users', async ({ person }) => [{ show: await usersScreen(db, person.words, 0) }])
  onButton(owner, deps, 'users', async ({ person }, { page }) => ({ show: await usersScreen(db, person.words, page) }))
  onButton(owner, deps, 'user', async (ctx, { user }) => {
    const show = await userScreen(db, ctx.person.words, user)
    return show ? { show } : gone(deps, ctx)
  })
  onButton(owner, deps, 'ask-remove', async (ctx, { user }) => {
    const show = await askRemoveScreen(db, ctx.person.words, user)
    return show ? { show } : gone(deps, ctx)
  })
  onButton(owner, deps, 'remove', (ctx, { user }) => remove(deps, ctx, user))
  return feature
}

async function gone({ db }: Deps, { person: { words } }: BotContext): Promise<Reply> {
  return { popup: words.text('user-gone'), show: await usersScreen(db, words, 0) }
}

async function remove(deps: Deps, ctx: BotContext, userId: number): Promise<Reply> {
  const { db } = deps
  const { words } = ctx.person
  const user = await findUser(db.read, userId)
  if (!user) return gone(deps, ctx)
  const outcome = await removePerson(deps, userId, 'owner')
  switch (outcome) {
    case 'removed':
      return { show: await usersScreen(db, words, 0, words.html('user-removed', { name: userName(words, user) })) }
    case 'busy':
      return { popup: words.text('removal-busy', { name: userName(words, user) }) }
    case 'owner':
      return { popup: words.text('removal-owner') }
    case 'unknown':
      return gone(deps, ctx)
  }
}
