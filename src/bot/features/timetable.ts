import { Composer } from 'grammy'
import { listAccountsOf } from '../../db/accounts.ts'
import { enqueueAction, setChatMessage } from '../../db/actions/enqueue.ts'
import { findAccountOf, onePerPortal, startScreen } from '../accounts.ts'
import { type BotContext, type Deps, onButton, onCommand, originOf, type Reply } from '../feature.ts'
import { escapeHtml } from '../html.ts'
import { askedBy, limitRefusal, queueAndShow } from '../queue.ts'
import { noAccountScreen, suspendedScreen } from '../screens/accounts.ts'
import { actionCard } from '../screens/action.ts'
import { daysScreen } from '../screens/days.ts'
import { plainScreen } from '../screens/menu.ts'
import { timesScreen } from '../screens/times.ts'

/** The timetable by day, and reading it from the site again. */
export function timetableFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'timetable', async ({ person }) => [{ show: await startScreen(db, person, 'times') }])
  onButton(feature, deps, 'timetable', async ({ person }) => ({ show: await startScreen(db, person, 'times') }))
  onButton(feature, deps, 'timetable-of', async ({ person }, data) => {
    const account = await findAccountOf(db, person, data.account)
    return account && { show: await daysScreen(db, person.words, account, 'times') }
  })
  onButton(feature, deps, 'times', async ({ person }, data) => {
    const account = await findAccountOf(db, person, data.account)
    return account && { show: await timesScreen(db, person.words, account, data.date, data.page) }
  })
  onButton(feature, deps, 'refresh', async (ctx, data) => {
    const { person } = ctx
    const account = await findAccountOf(db, person, data.account)
    if (!account) return undefined
    if (account.state === 'suspended') return { show: suspendedScreen(person.words, account) }
    const asked = askedBy(ctx, account)
    return queueAndShow(deps, ctx, { ...asked, type: 'refresh' })
  })
  onCommand(feature, deps, 'refresh', (ctx) => refreshAll(deps, ctx))
  return feature
}

/** Queues a reading of every portal the person has an account on; each is shown in a message of its own. */
async function refreshAll(deps: Deps, ctx: BotContext): Promise<Reply[]> {
  const { db } = deps
  const { person } = ctx
  const accounts = onePerPortal(await listAccountsOf(db.read, person.id))
  if (accounts.length === 0) return [{ show: noAccountScreen(person.words) }]
  const replies: Reply[] = []
  for (const account of accounts) {
    if (account.state === 'suspended') {
      replies.push({ show: suspendedScreen(person.words, account) })
      continue
    }
    const asked = { ...askedBy(ctx, account), origin: `${originOf(ctx)}:${account.id}`, type: 'refresh' as const }
    const refusal = await limitRefusal(deps, ctx, asked)
    if (refusal !== undefined) {
      replies.push({ show: plainScreen(person.words, escapeHtml(refusal)) })
      continue
    }
    const { id } = await enqueueAction(db, asked)
    replies.push({
      show: () => actionCard(db, person.words, person.id, id),
      sent: (messageId) => setChatMessage(db, id, messageId),
    })
  }
  return replies
}
