import { Composer } from 'grammy'
import { answerPress, type BotContext, type Deps, say } from '../feature.ts'
import { canPlan } from '../plans/access.ts'
import { helpScreen, menuButtons } from '../screens/menu.ts'

/** Whatever no other feature understood: an unknown command or button, a text, a sticker, a photo. */
export function fallbackFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  feature.on('callback_query:data', (ctx) => answerPress(ctx, deps, { popup: ctx.person.words.text('outdated') }))
  feature.on('message:text').filter(
    (ctx) => ctx.message.text.startsWith('/'),
    async (ctx) => {
      const intro = ctx.person.words.html('unknown-command')
      say(ctx, deps, { show: helpScreen(ctx.person, await canPlan(deps.db), intro) })
    },
  )
  feature.on('message', async (ctx) => {
    const { words } = ctx.person
    say(ctx, deps, { show: { text: words.html('unknown-text'), buttons: menuButtons(words, await canPlan(deps.db)) } })
  })
  return feature
}
