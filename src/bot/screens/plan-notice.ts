import type { Notice } from '../../db/notices.ts'
import { dayPhrase, localNow } from '../dates.ts'
import { escapeHtml } from '../html.ts'
import { nameOf, whenOf } from '../names.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
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

/** That an account has won something after the plan had ended. */
export function planLateScreen(
  words: Words,
  notice: Extract<Notice, { kind: 'plan-late' }>,
  now: Temporal.Instant,
): View {
  const when = whenOf(words, notice.portal, notice, now)
  return {
    text: words.html('notice-plan-late', { name: nameOf(notice), when, account: notice.account }),
    buttons: [[button(words.text('button-plan-show'), 'plan', { plan: notice.planId })]],
  }
}

/** What one's accounts hold by a plan that has gone with who made it. */
export function planGoneScreen(
  words: Words,
  { firstName, portal, date, held }: Extract<Notice, { kind: 'plan-gone' }>,
  now: Temporal.Instant,
): View {
  const name = userName(words, { first_name: firstName })
  const day = dayPhrase(words, date, localNow(portal, now).date)
  return {
    text: lines(
      words.html('notice-plan-gone', { name, day }),
      ...held.map((one) => `${one.start} ${escapeHtml(`${nameOf(one)} · ${one.account}`)}`),
    ),
    buttons: [[button(words.text('button-bookings'), 'bookings', { page: 0 })]],
  }
}
