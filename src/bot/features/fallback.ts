import { Composer } from 'grammy'
import { answerPress, type BotContext, type Deps, say } from '../feature.ts'
import { helpScreen, menuButtons } from '../screens/menu.ts'

/** Whatever no other feature understood: an unknown command or button, a text, a sticker, a photo. */
export function fallbackFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  feature.on('callback_query:data', (ctx) => answerPress(ctx, deps, { popup: ctx.person.words.text('outdated') }))
  feature.on('message:text').filter(
    (ctx) => ctx.message.text.startsWith('/'),
    (ctx) => say(ctx, deps, { show: helpScreen(ctx.person, ctx.person.words.html('unknown-command')) }),
  )
  feature.on('message', (ctx) => {
    const { words } = ctx.person
    say(ctx, deps, { show: { text: words.html('unknown-text'), buttons: menuButtons(words) } })
  })
  return feature
}
