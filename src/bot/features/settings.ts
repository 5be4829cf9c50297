import { Composer } from 'grammy'
import { updateUser } from '../../db/users.ts'
import { findAccountOf } from '../accounts.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import { askedBy, queueAndShow } from '../queue.ts'
import { settingsScreen } from '../screens/settings.ts'

/** Settings: the language, and how the accounts are. */
export function settingsFeature(deps: Deps): Composer<BotContext> {
  const { db, people } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'settings', async ({ person }) => ({ show: await settingsScreen(db, person) }))
  onButton(feature, deps, 'language', async ({ person }, { language }) => {
    await updateUser(db, person.id, { language })
    const words = people.words(language)
    return { popup: words.text('language-changed'), show: await settingsScreen(db, { ...person, words }) }
  })
  onButton(feature, deps, 'check', async (ctx, data) => {
    const account = await findAccountOf(db, ctx.person, data.account)
    if (!account) return undefined
    const asked = askedBy(ctx, account)
    return queueAndShow(deps, ctx, { ...asked, type: 'check' })
  })
  return feature
}
