import type { Account } from '../../db/accounts.ts'
import type { Action, ActionError, ActionErrorKind } from '../../db/actions/action.ts'
import { hasAskedToBook } from '../../db/actions/read.ts'
import { findBookingOfSlot } from '../../db/bookings.ts'
import type { Database } from '../../db/database.ts'
import { isUncertain } from '../action-words.ts'
import { startInstant } from '../dates.ts'
import { shorten } from '../html.ts'
import { nameOf, subjectOf, whenAndWhere } from '../names.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { accountButton, changeButtons } from './accounts.ts'
import { bookingsScreen } from './bookings.ts'
import { daysScreen } from './days.ts'
import { firstClassScreen } from './home.ts'
import { menuButton } from './menu.ts'

const PORTAL_SAYS_LENGTH = 300

/** Whether trying again can help. Where it would be refused for the same reason, or lock the account, it is not offered. */
const CAN_TRY_AGAIN: Record<ActionErrorKind, boolean> = {
  'slot-full': false,
  'already-booked': false,
  'limit-reached': true,
  overlap: true,
  'no-subscription': true,
  'slot-gone': false,
  refused: true,
  'too-late': false,
  'not-open-yet': true,
  'session-expired': true,
  'bad-credentials': false,
  'challenge-unanswered': true,
  'portal-down': true,
  network: true,
  timeout: true,
  'rate-limited': true,
  blocked: true,
  'page-changed': true,
  'worker-lost': true,
  expired: true,
  internal: true,
}

/** How an action ended, and what can be done next. */
export async function endedActionCard(db: Database, words: Words, action: Action, account: Account): Promise<View> {
  const done = action.status === 'completed' ? action.result : null
  if (done?.kind === 'synced')
    return bookingsScreen(
      db,
      words,
      account.user_id,
      0,
      words.html('done-sync', { added: done.added, removed: done.removed }),
    )
  if (done?.kind === 'refreshed')
    return daysScreen(db, words, account, 'times', words.html('done-refresh', { slots: done.slots, days: done.days }))
  if (done?.kind === 'checked' && !(await hasAskedToBook(db.read, account.user_id)))
    return firstClassScreen(words, account)
  const now = db.clock.now()
  const subject = subjectOf(action)
  return {
    text: lines(
      headOf(words, action, account),
      subject && whenAndWhere(words, action.portal, subject, now),
      done?.kind === 'place-free' && words.html('place-free-hint'),
      done?.kind === 'booked' && done.unpaid && words.html('booked-unpaid'),
      ...(action.status === 'failed' || action.status === 'expired' ? failureLines(words, action) : []),
    ),
    buttons: [
      ...(await firstButtons(db, words, action, account)),
      ...whyButtons(words, action),
      ...otherButtons(words, action, now),
    ],
  }
}

function headOf(words: Words, action: Action, account: Account): string {
  const subject = subjectOf(action)
  const name = subject ? nameOf(subject) : ''
  switch (action.status) {
    case 'completed':
      if (action.result?.kind === 'place-free') return words.html('place-free', { name })
      if (action.type === 'book' || action.type === 'cancel') return words.html(`done-${action.type}`, { name })
      return words.html('done-check', { account: account.name })
    case 'cancelled':
      if (action.type === 'book' || action.type === 'cancel') return words.html(`taken-back-${action.type}`, { name })
      return words.html('taken-back-other')
    default:
      return failedHead(words, action, account, name)
  }
}

function failedHead(words: Words, action: Action, account: Account, name: string): string {
  switch (action.type) {
    case 'book':
      if (action.watch && action.error?.kind === 'slot-full') return words.html('watch-ended', { name })
      return words.html(isUncertain(action) ? 'uncertain-book' : 'failed-book', { name })
    case 'cancel':
      return words.html(isUncertain(action) ? 'uncertain-cancel' : 'failed-cancel', { name })
    case 'check':
      return words.html('failed-check', { account: account.name })
    case 'refresh':
    case 'sync':
      return words.html(`failed-${action.type}`)
  }
}

function failureLines(words: Words, action: Action): string[] {
  if (action.error === null) return []
  return ['', ...errorLines(words, action.error), ...(isUncertain(action) ? [words.html('uncertain-advice')] : [])]
}

/** What went wrong in people's words, with the portal's own where it gave some. */
export function errorLines(words: Words, error: ActionError): string[] {
  const says = error.portalSays === undefined ? '' : shorten(error.portalSays, PORTAL_SAYS_LENGTH)
  return [
    words.html(`error-${error.kind}`),
    ...(error.waitingPlace === undefined ? [] : [words.html(`waiting-place-${error.waitingPlace}`)]),
    ...(says === '' ? [] : [words.html('portal-says', { text: says })]),
  ]
}

async function firstButtons(db: Database, words: Words, action: Action, account: Account): Promise<Button[][]> {
  const isFree = action.status === 'completed' && action.result?.kind === 'place-free'
  if (isFree) return [[button(words.text('button-book-it'), 'book-free', { action: action.id })]]
  if (action.status === 'completed' && action.type === 'book') {
    const booking = await findBookingOfSlot(db.read, action.accountId, action.slot)
    if (!booking) return []
    return [
      [button(words.text('button-to-calendar'), 'to-calendar', { booking: booking.id })],
      [
        button(words.text('button-cancel-it'), 'ask-cancel', { booking: booking.id }),
        button(words.text('button-every-week'), 'booking-weekly', { booking: booking.id }),
      ],
    ]
  }
  if (action.status === 'completed' && action.type === 'check')
    return [[button(words.text('button-new-booking'), 'book', {})], [accountButton(words, account)]]
  const failed = action.status === 'failed' || action.status === 'expired'
  if (failed && action.error?.kind === 'slot-full' && !isOver(action, db.clock.now()))
    return watchButtons(words, action)
  const again = failed && (action.error === null || CAN_TRY_AGAIN[action.error.kind]) && !isOver(action, db.clock.now())
  const tryAgain = again ? [[button(words.text('button-again'), 'again', { action: action.id })]] : []
  const asksForLogin = action.error?.kind === 'bad-credentials' || action.error?.kind === 'challenge-unanswered'
  return asksForLogin ? [...tryAgain, ...changeButtons(words, account), [accountButton(words, account)]] : tryAgain
}

function whyButtons(words: Words, { id, status }: Action): Button[][] {
  if (status !== 'failed' && status !== 'expired') return []
  return [[button(words.text('button-why'), 'why', { action: id })]]
}

/** Somebody was quicker; perhaps somebody else cancels. */
function watchButtons(words: Words, { id }: Action): Button[][] {
  return [
    [button(words.text('button-watch-book'), 'watch-again', { action: id, how: 'book' })],
    [button(words.text('button-watch-tell'), 'watch-again', { action: id, how: 'tell' })],
  ]
}

/** Whether what it is about has begun. */
export function isOver(action: Action, now: Temporal.Instant): boolean {
  const subject = subjectOf(action)
  return subject !== undefined && Temporal.Instant.compare(startInstant(action.portal, subject), now) <= 0
}

function otherButtons(words: Words, action: Action, now: Temporal.Instant): Button[][] {
  const bookings = button(words.text('button-bookings'), 'bookings', { page: 0 })
  if (!subjectOf(action)) return [[menuButton(words)]]
  const others = button(words.text('button-other-classes'), 'other-classes', { action: action.id })
  return [[bookings], ...(isOver(action, now) ? [] : [[others]]), [menuButton(words)]]
}
