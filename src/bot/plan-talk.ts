import type { MiddlewareFn } from 'grammy'
import type { BotContext, Deps } from './feature.ts'
import { startTalk, talk } from './talk.ts'
import { makePlan, type PlanArgs } from './talks/plan/make.ts'

const NAME = 'plan'

/** Starts making or changing a plan. */
export function startPlanTalk(ctx: BotContext, args: PlanArgs): Promise<void> {
  return startTalk(ctx, NAME, args)
}

/** The conversation itself. */
export function planTalk(deps: Deps): MiddlewareFn<BotContext> {
  return talk<PlanArgs>(deps, NAME, (talk, args) => makePlan(deps, talk, args))
}
