import { Composer } from 'grammy'
import type { BotContext, Deps } from '../feature.ts'
import { ruleTalk } from '../rule-talk.ts'

/** Making a recurring booking, step by step. */
export function ruleTalkFeature(deps: Deps): Composer<BotContext> {
  return new Composer<BotContext>(ruleTalk(deps))
}
