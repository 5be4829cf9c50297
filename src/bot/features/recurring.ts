import { Composer } from 'grammy'
import { findBookingOf } from '../../db/bookings.ts'
import { findRuleFor, findRuleOf, updateRule } from '../../db/periodic-bookings.ts'
import { deleteRule, pauseRule, resumeRule, skipNext } from '../../db/rule-changes.ts'
import { findAccountOf } from '../accounts.ts'
import { dayPhrase, localNow } from '../dates.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { findSlotFor } from '../find-slot.ts'
import { type Dated, datedOf } from '../names.ts'
import { startRuleTalk } from '../rule-talk.ts'
import { askDeleteScreen, modesScreen, pausedUntil, pausesScreen, ruleScreen } from '../screens/rule.ts'
import { ruleTimesScreen } from '../screens/rule-times.ts'
import { rulesScreen } from '../screens/rules.ts'
import type { View } from '../view.ts'

/** Recurring bookings: the list, one of them with all that can be done, and making one. */
export function recurringFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  const list = async ({ person: { id, words } }: BotContext, page: number) => ({
    show: await rulesScreen(db, words, id, page),
  })
  onCommand(feature, deps, 'recurring', async (ctx) => [await list(ctx, 0)])
  onButton(feature, deps, 'recurring', (ctx) => list(ctx, 0))
  onButton(feature, deps, 'rules', (ctx, { page }) => list(ctx, page))
  onScreen(feature, deps, 'rule', ruleScreen)
  onScreen(feature, deps, 'rule-modes', modesScreen)
  onScreen(feature, deps, 'rule-times', ruleTimesScreen)
  onScreen(feature, deps, 'rule-pauses', pausesScreen)
  onScreen(feature, deps, 'rule-ask-delete', askDeleteScreen)
  registerChanges(feature, deps)
  registerMaking(feature, deps)
  return feature
}

type RuleButton = 'rule' | 'rule-modes' | 'rule-times' | 'rule-pauses' | 'rule-ask-delete'
type RuleView = (
  db: Deps['db'],
  words: BotContext['person']['words'],
  userId: number,
  id: number,
) => Promise<View | undefined>

function onScreen(feature: Composer<BotContext>, deps: Deps, name: RuleButton, screen: RuleView): void {
  onButton(feature, deps, name, async ({ person: { id, words } }, { rule }) => {
    const view = await screen(deps.db, words, id, rule)
    return view && { show: view }
  })
}

function registerChanges(feature: Composer<BotContext>, deps: Deps): void {
  const { db } = deps
  onButton(feature, deps, 'rule-mode', async (ctx, { rule, mode }) =>
    changed(deps, ctx, rule, await updateRule(db, ctx.person.id, rule, { mode })),
  )
  onButton(feature, deps, 'rule-lead', async (ctx, { rule, minutes }) =>
    changed(
      deps,
      ctx,
      rule,
      await updateRule(db, ctx.person.id, rule, { lead_minutes: minutes === 0 ? null : minutes }),
    ),
  )
  onButton(feature, deps, 'rule-keep', async (ctx, { rule, ask, cancel }) =>
    changed(deps, ctx, rule, await updateRule(db, ctx.person.id, rule, { ask_hours: ask, cancel_hours: cancel })),
  )
  onButton(feature, deps, 'rule-resume', async (ctx, { rule }) =>
    changed(deps, ctx, rule, await resumeRule(db, ctx.person.id, rule)),
  )
  onButton(feature, deps, 'rule-pause', async (ctx, { rule: id, weeks }) => {
    const rule = await findRuleOf(db.read, ctx.person.id, id)
    if (!rule) return undefined
    const until = pausedUntil(localNow(rule.portal, db.clock.now()).date, weeks)
    return changed(deps, ctx, id, await pauseRule(db, ctx.person.id, id, until))
  })
  onButton(feature, deps, 'rule-skip', async (ctx, { rule: id }) => skip(deps, ctx, id))
  onButton(feature, deps, 'rule-delete', async ({ person: { id: userId, words } }, { rule }) => {
    if (!(await deleteRule(db, userId, rule))) return undefined
    return { popup: words.text('rule-deleted'), show: await rulesScreen(db, words, userId, 0) }
  })
}

async function changed(
  { db }: Deps,
  { person: { id: userId, words } }: BotContext,
  id: number,
  done: boolean,
): Promise<Reply | undefined> {
  const view = done ? await ruleScreen(db, words, userId, id) : undefined
  return view && { popup: words.text('rule-changed'), show: view }
}

async function skip(
  { db }: Deps,
  { person: { id: userId, words } }: BotContext,
  id: number,
): Promise<Reply | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  const skipped = rule && (await skipNext(db, userId, id))
  if (!rule || !skipped) return undefined
  const day = dayPhrase(words, skipped.date, localNow(rule.portal, db.clock.now()).date)
  const view = await ruleScreen(db, words, userId, id)
  return {
    popup: words.text(skipped.is === 'skipped' ? 'rule-skipped' : 'rule-not-skipped', { day }),
    ...(view && { show: view }),
  }
}

/** A new rule: from nothing, from a class, or from a booking. */
function registerMaking(feature: Composer<BotContext>, deps: Deps): void {
  const { db } = deps
  onButton(feature, deps, 'rule-new', async (ctx) => {
    await startRuleTalk(ctx, {})
    return {}
  })
  onButton(feature, deps, 'every-week', async (ctx, data) => {
    const found = await findSlotFor(db, ctx.person, data)
    if (found === 'gone') return { popup: ctx.person.words.text('slot-gone') }
    return found && everyWeek(deps, ctx, found.account.id, datedOf(found.row))
  })
  onButton(feature, deps, 'booking-weekly', async (ctx, data) => {
    const row = await findBookingOf(db.read, ctx.person.id, data.booking)
    const account = row && (await findAccountOf(db, ctx.person, row.account_id))
    return row && account && everyWeek(deps, ctx, account.id, datedOf(row))
  })
}

/** Goes on with what the class tells; one that is booked every week already is shown. */
async function everyWeek({ db }: Deps, ctx: BotContext, accountId: number, dated: Dated): Promise<Reply> {
  const weekday = Temporal.PlainDate.from(dated.date).dayOfWeek
  const same = await findRuleFor(db.read, accountId, { ...dated, weekday })
  const { id: userId, words } = ctx.person
  const view = same && (await ruleScreen(db, words, userId, same.id))
  if (view) return { show: view }
  const { start, end, location, course } = dated
  await startRuleTalk(ctx, { accountId, of: { weekday, start, end, location, course } })
  return {}
}
