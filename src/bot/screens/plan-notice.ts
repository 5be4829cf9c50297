import type { Notice } from '../../db/notices.ts'
import { nameOf, whenOf } from '../names.ts'
import type { Words } from '../texts.ts'
import { button, type View } from '../view.ts'
import { userName } from './users.ts'

/** That somebody else has had a booking of one's account cancelled. */
export function planCancelledScreen(
  words: Words,
  notice: Extract<Notice, { kind: 'plan-cancelled' }>,
  now: Temporal.Instant,
): View {
  const about = {
    by: userName(words, { first_name: notice.by }),
    name: nameOf(notice),
    when: whenOf(words, notice.portal, notice, now),
    account: notice.account,
  }
  return {
    text: words.html('notice-plan-cancelled', about),
    buttons: [[button(words.text('button-plan-show'), 'plan', { plan: notice.planId })]],
  }
}
