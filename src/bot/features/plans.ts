import { Composer } from 'grammy'
import { cancelLeftover } from '../../db/plan-leftovers.ts'
import { findPlanFor } from '../../db/plan-views.ts'
import { stopPlan } from '../../db/plans.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { startPlanTalk } from '../plan-talk.ts'
import { askStopScreen } from '../screens/plan.ts'
import { planDetailsScreen } from '../screens/plan-details.ts'
import { plansScreen } from '../screens/plans.ts'
import { showPlan } from '../show-plan.ts'

/** Plans over several accounts: the list, one of them as it stands, and what can be done with it. */
export function plansFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'plan', async ({ person }) => [{ show: await plansScreen(db, person, 0) }])
  onButton(feature, deps, 'plans', async ({ person }, { page }) => ({ show: await plansScreen(db, person, page) }))
  onButton(feature, deps, 'plan', (ctx, { plan }) => showPlan(deps, ctx, plan))
  onButton(feature, deps, 'plan-details', async ({ person }, { plan, page }) => {
    const view = await planDetailsScreen(db, person, plan, page)
    return view && { show: view }
  })
  registerTalks(feature, deps)
  registerStop(feature, deps)
  onButton(feature, deps, 'plan-left', (ctx, data) => cancel(deps, ctx, data))
  return feature
}

function registerTalks(feature: Composer<BotContext>, deps: Deps): void {
  onButton(feature, deps, 'plan-new', async (ctx) => {
    await startPlanTalk(ctx, { how: 'new' })
    return {}
  })
  onButton(feature, deps, 'plan-again', async (ctx, { plan: planId }) => {
    const plan = await findPlanFor(deps.db.read, ctx.person.id, planId)
    if (plan?.userId !== ctx.person.id) return undefined
    await startPlanTalk(ctx, { how: 'again', planId })
    return {}
  })
  onButton(feature, deps, 'plan-change', async (ctx, { plan: planId }) => {
    const plan = await findPlanFor(deps.db.read, ctx.person.id, planId)
    if (plan?.userId !== ctx.person.id) return undefined
    if (plan.state !== 'active' || plan.tries.length > 0)
      return { ...(await showPlan(deps, ctx, planId)), popup: ctx.person.words.text('plan-begun') }
    await startPlanTalk(ctx, { how: 'change', planId })
    return {}
  })
}

/** Asked first: what the plan is about to do would be hard to get back. */
function registerStop(feature: Composer<BotContext>, deps: Deps): void {
  onButton(feature, deps, 'plan-ask-stop', async (ctx, { plan }) => {
    const view = await askStopScreen(deps.db, ctx.person, plan)
    return view ? { show: view } : showPlan(deps, ctx, plan)
  })
  onButton(feature, deps, 'plan-stop', async (ctx, { plan }) => {
    const { id, words } = ctx.person
    const stopped = await stopPlan(deps.db, id, plan)
    if (stopped === 'unknown') return undefined
    return { ...(await showPlan(deps, ctx, plan)), popup: words.text(`plan-stop-${stopped}`) }
  })
}

/** Cancels what the plan holds beside its run. */
async function cancel(
  deps: Deps,
  ctx: BotContext,
  { plan, try: tryId }: { plan: number; try: number },
): Promise<Reply | undefined> {
  const { id, words } = ctx.person
  const { outcome } = await cancelLeftover(deps.db, id, plan, tryId)
  if (outcome === 'unknown') return undefined
  return { ...(await showPlan(deps, ctx, plan)), popup: words.text(`plan-left-${outcome}`) }
}
