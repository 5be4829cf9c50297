import { Composer } from 'grammy'
import { openLink } from './arrivals.ts'
import type { BotContext, Deps } from './feature.ts'

/**
 * Lets only people the house knows pass, and only in private chats; whoever opens an invitation is known from then on.
 * Whoever else writes or presses learns nothing, not even that somebody is here: no answer, and no trace of them in the
 * log.
 */
export function gateFeature(deps: Deps): Composer<BotContext> {
  const { people, log } = deps
  return new Composer<BotContext>(async (ctx, next) => {
    const { from, chat } = ctx
    if (chat?.type !== 'private' || from === undefined || from.id !== chat.id) return
    if (ctx.myChatMember?.new_chat_member.status === 'kicked') return people.markBlocked(from.id)
    const arrival = await openLink(deps, ctx)
    const person = await people.recognise(from)
    if (!person) return log.debug('an update of a stranger was ignored')
    if (ctx.myChatMember) return
    ctx.person = person
    if (arrival) ctx.arrival = arrival
    await next()
  })
}
