import type { Action, ActionErrorKind } from '../db/actions/action.ts'
import { isOpen } from '../db/actions/action.ts'
import { nameOf, subjectOf, whenOf } from './names.ts'
import type { Words } from './texts.ts'

/** Errors with which the portal, or the queue, says for sure that nothing was done. */
const SURE: ReadonlySet<ActionErrorKind> = new Set<ActionErrorKind>([
  'slot-full',
  'already-booked',
  'limit-reached',
  'overlap',
  'no-subscription',
  'slot-gone',
  'refused',
  'too-late',
  'not-open-yet',
  'bad-credentials',
])

/** Whether it ended without anybody knowing what the portal did. */
export function isUncertain(action: Action): boolean {
  if (action.type !== 'book' && action.type !== 'cancel') return false
  if (action.error === null || isOpen(action) || action.status === 'cancelled') return false
  if (action.error.kind === 'worker-lost') return true
  return action.submittedAt !== null && !SURE.has(action.error.kind)
}

/** The sign of where an action stands. */
export function signOf(action: Action): string {
  switch (action.status) {
    case 'pending':
    case 'processing':
      return '⏳'
    case 'completed':
      return action.result?.kind === 'place-free' ? '🟢' : '✅'
    case 'cancelled':
      return '↩️'
    case 'failed':
    case 'expired':
      return isUncertain(action) ? '⚠️' : '❌'
  }
}

/** What the action is, in a few plain words: "Yoga, tomorrow, Mon 24 Nov, 18:30". */
export function titleOfAction(words: Words, action: Action, accountName: string, now: Temporal.Instant): string {
  const subject = subjectOf(action)
  if (subject) {
    const name = nameOf(subject)
    const what = action.type === 'cancel' ? words.text('name-cancel', { name }) : name
    return `${what}, ${whenOf(words, action.portal, subject, now)}`
  }
  switch (action.type) {
    case 'refresh':
      return words.text('name-refresh')
    case 'sync':
      return words.text('name-sync')
    default:
      return words.text('name-check', { account: accountName })
  }
}

/** Where the action stands, in a word or two. */
export function stateOf(words: Words, action: Action): string {
  if (action.result?.kind === 'place-free') return words.text('state-place-free')
  if (action.status === 'pending' && action.type === 'book' && action.watch) return words.text('state-watching')
  return action.status === 'completed'
    ? words.text(`state-completed-${action.type}`)
    : words.text(`state-${action.status}`)
}
