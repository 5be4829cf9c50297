import { Composer } from 'grammy'
import { type BotContext, type Deps, onButton, onCommand } from '../feature.ts'
import { helpScreen, menuScreen, plainScreen } from '../screens/menu.ts'

/** /start, /help, the menu, and what is not there yet. */
export function menuFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'start', async ({ person }) => [{ show: menuScreen(person) }])
  onCommand(feature, deps, 'help', async ({ person }) => [{ show: helpScreen(person) }])
  onButton(feature, deps, 'menu', async ({ person }) => ({ show: menuScreen(person) }))
  onButton(feature, deps, 'recurring', async ({ person: { words } }) => ({
    show: plainScreen(words, words.html('recurring-soon')),
  }))
  return feature
}
