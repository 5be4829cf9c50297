import { Composer } from 'grammy'
import { findActionOf, listActionsOf } from '../../db/actions/read.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply, showAction } from '../feature.ts'
import { actionDetailsScreen } from '../screens/action-details.ts'
import { plainScreen } from '../screens/menu.ts'
import { recentScreen } from '../screens/recent.ts'

const RECENT = 10

/** /status: the last ten requests, or all about one. */
export function statusFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'status', async ({ person }, argument) => [await status(deps, { person }, argument)])
  onButton(feature, deps, 'action', async (ctx, { action }) => {
    const found = await findActionOf(deps.db.read, ctx.person.id, action)
    return found && { show: showAction(ctx, deps, action) }
  })
  return feature
}

async function status({ db }: Deps, { person }: Pick<BotContext, 'person'>, argument: string): Promise<Reply> {
  const { words, id: userId } = person
  if (argument === '') {
    const actions = await listActionsOf(db.read, userId, RECENT)
    return { show: await recentScreen(db, words, userId, actions) }
  }
  const id = readActionId(argument)
  if (id === undefined) return { show: plainScreen(words, words.html('status-usage')) }
  const action = await findActionOf(db.read, userId, id)
  if (!action) return { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
  return { show: await actionDetailsScreen(db, words, action) }
}

/** The number of an action as people write it: `12` or `#12`. */
export function readActionId(text: string): number | undefined {
  const digits = /^#?([1-9]\d{0,14})$/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
