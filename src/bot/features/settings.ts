import { Composer } from 'grammy'
import { updateUser } from '../../db/users.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import { settingsScreen } from '../screens/settings.ts'

/** Settings: the language. */
export function settingsFeature(deps: Deps): Composer<BotContext> {
  const { db, people } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'settings', async ({ person }) => ({ show: settingsScreen(person) }))
  onButton(feature, deps, 'language', async ({ person }, { language }) => {
    await updateUser(db, person.id, { language })
    const words = people.words(language)
    return { popup: words.text('language-changed'), show: settingsScreen({ ...person, words }) }
  })
  return feature
}
