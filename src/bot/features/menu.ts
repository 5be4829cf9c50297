import { Composer } from 'grammy'
import { type BotContext, type Deps, onButton, onCommand } from '../feature.ts'
import { canPlan } from '../plans/access.ts'
import { homeScreen } from '../screens/home.ts'
import { helpScreen } from '../screens/menu.ts'

/** /start, /help and the menu. */
export function menuFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'start', async ({ person }) => [{ show: await homeScreen(deps.db, person) }])
  onCommand(feature, deps, 'help', async ({ person }) => [{ show: helpScreen(person, await canPlan(deps.db)) }])
  onButton(feature, deps, 'menu', async ({ person }) => ({ show: await homeScreen(deps.db, person) }))
  return feature
}
