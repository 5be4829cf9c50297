import { Composer } from 'grammy'
import { messageOf } from '../../core/errors.ts'
import { registerOwnerCommands } from '../commands.ts'
import { type BotContext, type Deps, say } from '../feature.ts'
import { homeScreen } from '../screens/home.ts'
import { lines } from '../view.ts'

/** /start with the code of a link: the welcome of whoever it let in, and a friendly word to whoever was in already. */
export function arrivalFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  feature.command('start', async (ctx, next) => {
    const { person, arrival } = ctx
    if (person.isOwner) showOwnerCommands(deps, ctx)
    if (ctx.match.trim() === '') return next()
    const { words } = person
    const greeting = words.html(arrival === undefined ? 'already-in' : `arrived-${arrival}`)
    const home = await homeScreen(deps.db, person)
    say(ctx, deps, { show: { ...home, text: lines(greeting, '', home.text) } })
  })
  return feature
}

/** Telegram refuses them while the owner has never written: so at each /start, which nobody has to wait for. */
function showOwnerCommands({ people, db, log }: Deps, { api, person }: BotContext): void {
  registerOwnerCommands(api, people, db, person.id).catch((error) =>
    log.warn({ error: messageOf(error) }, "the owner's commands were not registered"),
  )
}
