import { Composer } from 'grammy'
import { setMuted } from '../../db/muted.ts'
import { updateUser } from '../../db/users.ts'
import type { ButtonName } from '../buttons.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import type { Person } from '../people.ts'
import { languagesScreen, leadsScreen, noticesScreen, quietScreen, settingsScreen } from '../screens/settings.ts'
import { startQuietTalk } from '../settings-talk.ts'
import type { View } from '../view.ts'

/** Settings: language, quiet hours, which notices, and how early questions come. */
export function settingsFeature(deps: Deps): Composer<BotContext> {
  const { db, people } = deps
  const feature = new Composer<BotContext>()
  const opens = (
    name: ButtonName & ('settings' | 'languages' | 'quiet-hours' | 'notices' | 'leads'),
    make: (person: Person) => Promise<View | undefined> | View,
  ) => onButton(feature, deps, name, async ({ person }) => ({ show: async () => make(person) }))
  opens('settings', (person) => settingsScreen(db, person))
  opens('languages', ({ words }) => languagesScreen(words))
  opens('quiet-hours', (person) => quietScreen(db, person))
  opens('notices', (person) => noticesScreen(db, person))
  opens('leads', (person) => leadsScreen(db, person))
  onButton(feature, deps, 'language', async ({ person }, { language }) => {
    await updateUser(db, person.id, { language })
    const words = people.words(language)
    return { popup: words.text('language-changed'), show: languagesScreen(words) }
  })
  onButton(feature, deps, 'lead', async ({ person }, { minutes }) => {
    await updateUser(db, person.id, { lead_minutes: minutes })
    return { show: () => leadsScreen(db, person) }
  })
  onButton(feature, deps, 'mute', async ({ person }, { kind, to }) => {
    await setMuted(db, person.id, kind, to === 'off')
    return { show: () => noticesScreen(db, person) }
  })
  registerQuiet(feature, deps)
  return feature
}

function registerQuiet(feature: Composer<BotContext>, deps: Deps): void {
  const { db } = deps
  onButton(feature, deps, 'set-quiet', async ({ person }, { from, to }) => {
    await updateUser(db, person.id, { quiet_from: from, quiet_to: to })
    return { show: () => quietScreen(db, person) }
  })
  onButton(feature, deps, 'quiet-off', async ({ person }) => {
    await updateUser(db, person.id, { quiet_from: null, quiet_to: null })
    return { show: () => quietScreen(db, person) }
  })
  onButton(feature, deps, 'type-quiet', async (ctx) => {
    await startQuietTalk(ctx)
    return {}
  })
}
