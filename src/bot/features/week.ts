import { Composer } from 'grammy'
import { messageOf } from '../../core/errors.ts'
import { listAccountsOf } from '../../db/accounts.ts'
import { updateUser } from '../../db/users.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import type { FileView } from '../outbox.ts'
import { plainScreen } from '../screens/menu.ts'
import { type WeekNumber, weekScreen } from '../screens/week.ts'
import { createDrawer, type Drawer } from '../week/drawer.ts'

/** The week as a picture: this one or the next, light or dark as its user likes it. */
export function weekFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const drawer = createDrawer()
  const feature = new Composer<BotContext>()
  /** People whose new picture is on its way: who presses twice gets one. */
  const awaited = new Set<number>()

  async function sendNew(ctx: BotContext): Promise<Reply> {
    const { id, words } = ctx.person
    if ((await listAccountsOf(db.read, id)).length === 0) return { show: plainScreen(words, words.html('no-account')) }
    if (awaited.has(id)) return {}
    awaited.add(id)
    void deps.outbox.sendFile(id, picture(deps, drawer, ctx, '0')).finally(() => awaited.delete(id))
    return {}
  }

  onCommand(feature, deps, 'week', async (ctx) => [await sendNew(ctx)])
  onButton(feature, deps, 'week', sendNew)
  onButton(feature, deps, 'week-of', async (ctx, { week }) => turnTo(deps, drawer, ctx, week))
  onButton(feature, deps, 'week-theme', async (ctx, { week, theme }) => {
    await updateUser(db, ctx.person.id, { week_theme: theme })
    return turnTo(deps, drawer, ctx, week)
  })
  return feature
}

/** Puts the week into the message that was pressed. */
function turnTo(deps: Deps, drawer: Drawer, ctx: BotContext, week: WeekNumber): Reply {
  const messageId = ctx.callbackQuery?.message?.message_id
  if (messageId === undefined) return {}
  const { id } = ctx.person
  const show = picture(deps, drawer, ctx, week)
  void deps.outbox.editFile(id, messageId, show).then(({ outcome }) => {
    if (outcome === 'gone') void deps.outbox.sendFile(id, show)
  })
  return {}
}

/** Made when its turn comes, outside of the press: a picture that cannot be made is told of in a sentence. */
function picture({ db, log, outbox }: Deps, drawer: Drawer, { person: { id, words } }: BotContext, week: WeekNumber) {
  return async (): Promise<FileView | undefined> => {
    try {
      return await weekScreen(db, drawer, words, id, week)
    } catch (error) {
      log.error({ error: messageOf(error) }, 'a week was not drawn')
      void outbox.send(id, plainScreen(words, words.html('trouble')))
      return undefined
    }
  }
}
