import { Composer } from 'grammy'
import { type Answered, type AnswerKind, answerOccurrence } from '../../db/answers.ts'
import { findConfirmationOf } from '../../db/confirmations.ts'
import { pauseRule } from '../../db/rule-changes.ts'
import { type BotContext, type Deps, onButton } from '../feature.ts'
import { occurrenceScreen } from '../screens/occurrence.ts'
import type { TextKey } from '../texts/keys.ts'

/** What a press says when its answer counts. */
const DONE: Record<AnswerKind, Extract<TextKey, `answered-${string}`>> = {
  confirm: 'answered-confirm',
  follow: 'answered-follow',
  skip: 'answered-skip',
  'book-anyway': 'answered-confirm',
  keep: 'answered-keep',
  drop: 'answered-drop',
}

/** The answers to questions about recurring bookings. A late one is told what can still be done. */
export function questionsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'answer', async (ctx, { occurrence, how }) => {
    const { id: userId, words } = ctx.person
    const answered = await answerOccurrence(db, userId, occurrence, how)
    if (!answered) return undefined
    await followAction(deps, ctx, occurrence)
    return {
      popup: words.text(popupOf(answered, how)),
      show: () => occurrenceScreen(db, words, userId, occurrence),
    }
  })
  onButton(feature, deps, 'pause-asked', async ({ person: { id: userId, words } }, { occurrence }) => {
    const asked = await findConfirmationOf(db.read, userId, occurrence)
    if (!asked || !(await pauseRule(db, userId, asked.periodic_booking_id, null))) return undefined
    return { popup: words.text('answered-pause'), show: () => occurrenceScreen(db, words, userId, occurrence) }
  })
  return feature
}

function popupOf(answered: Answered, how: AnswerKind): TextKey & `answered-${string}` {
  switch (answered) {
    case 'done':
      return DONE[how]
    case 'late':
      return 'answered-late'
    case 'answered':
      return 'answered-before'
  }
}

/** The message shows from now on how far the action is. */
async function followAction({ db, followers }: Deps, ctx: BotContext, id: number): Promise<void> {
  const occurrence = await findConfirmationOf(db.read, ctx.person.id, id)
  const actionId = occurrence?.cancel_action_id ?? occurrence?.action_id
  const messageId = ctx.callbackQuery?.message?.message_id
  if (actionId && messageId !== undefined) followers.follow(actionId, messageId)
}
