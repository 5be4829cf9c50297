import { Composer } from 'grammy'
import type { BotContext, Deps } from '../feature.ts'
import { planTalk } from '../plan-talk.ts'

/** Making or changing a plan, step by step. */
export function planTalkFeature(deps: Deps): Composer<BotContext> {
  return new Composer<BotContext>(planTalk(deps))
}
