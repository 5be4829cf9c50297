import { Composer } from 'grammy'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { removePerson } from '../removal.ts'
import { askLeaveScreen, askLeaveSureScreen } from '../screens/leave.ts'
import { plainScreen } from '../screens/menu.ts'

/** Leaving with all one's data: asked twice, then done. The owner stays. */
export function leaveFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'leave', async ({ person }) => [{ show: await askLeaveScreen(db, person) }])
  onButton(feature, deps, 'leave', async ({ person }) => ({ show: await askLeaveScreen(db, person) }))
  onButton(feature, deps, 'leave-sure', async ({ person }) => ({ show: askLeaveSureScreen(person) }))
  onButton(feature, deps, 'leave-now', (ctx) => leave(deps, ctx))
  return feature
}

async function leave(deps: Deps, ctx: BotContext): Promise<Reply> {
  const { id, words } = ctx.person
  // What a conversation would write down at the end of this press would be left behind.
  await ctx.conversation.exitAll()
  const outcome = await removePerson(deps, id, 'themself')
  switch (outcome) {
    case 'removed':
    case 'unknown':
      return { show: { text: words.html('left'), buttons: [] } }
    case 'busy':
      return { popup: words.text('leave-busy') }
    case 'owner':
      return { show: plainScreen(words, words.html('leave-owner')) }
  }
}
