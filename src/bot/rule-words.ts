import { isOpen } from '../db/actions/action.ts'
import { findAction } from '../db/actions/read.ts'
import { findLastOccurrence, listOccurrencesFrom } from '../db/confirmations.ts'
import type { Database } from '../db/database.ts'
import { slotOfOccurrence } from '../db/occurrence-actions.ts'
import { datesOf } from '../db/rule-changes.ts'
import type { ConfirmationRow, RuleRow } from '../db/schema.ts'
import { findUser } from '../db/users.ts'
import { planOfRule } from '../planner/rule-plan.ts'
import { getPortal } from '../portals/registry.ts'
import { dayPhrase, localNow, momentPhrase } from './dates.ts'
import type { Words } from './texts.ts'

/** The sign of where a rule stands. */
export function stateSign({ state }: RuleRow): string {
  return state === 'active' ? '🔄' : '⏸'
}

/** When the rule comes next, and what will happen or has happened with it; HTML. */
export async function nextLine(db: Database, words: Words, rule: RuleRow): Promise<string> {
  const now = db.clock.now()
  const today = localNow(rule.portal, now).date
  if (rule.state === 'paused')
    return rule.paused_until === null
      ? words.html('rule-paused')
      : words.html('rule-paused-until', { day: dayPhrase(words, rule.paused_until, today) })
  const [date] = datesOf(db, rule, 1)
  if (date === undefined) return words.html('rule-never')
  const day = dayPhrase(words, date, today)
  const occurrence = (await listOccurrencesFrom(db.read, rule.id, date)).find((one) => one.date === date)
  if (occurrence) return words.html('rule-next', { day, what: await whatOf(db, words, rule, occurrence) })
  const user = await findUser(db.read, rule.user_id)
  const plan = user && planOfRule(rule, user, getPortal(rule.portal), date, now)
  if (!plan) return words.html('rule-next', { day, what: words.text('occurrence-is-late') })
  const isDue = Temporal.Instant.compare(plan.decideAt, now) <= 0
  const time = isDue ? words.text('rule-soon') : momentPhrase(words, rule.portal, plan.decideAt, now)
  const what =
    rule.mode === 'ask'
      ? words.text('rule-will-ask', { time })
      : words.text('rule-will-book', { time: momentPhrase(words, rule.portal, plan.bookAt, now) })
  return words.html('rule-next', { day, what })
}

/** How the rule's last occurrence went; undefined before the first. HTML. */
export async function lastLine(db: Database, words: Words, rule: RuleRow): Promise<string | undefined> {
  const today = localNow(rule.portal, db.clock.now()).date
  const last = await findLastOccurrence(db.read, rule.id, today)
  if (!last) return undefined
  return words.html('rule-last', {
    day: dayPhrase(words, last.date, today),
    what: await whatOf(db, words, rule, last),
  })
}

/** Where an occurrence stands, in a few words. */
async function whatOf(db: Database, words: Words, rule: RuleRow, occurrence: ConfirmationRow): Promise<string> {
  const now = db.clock.now()
  const until = occurrence.deadline === null ? '' : momentPhrase(words, rule.portal, occurrence.deadline, now)
  switch (occurrence.state) {
    case 'asked':
    case 'moved':
    case 'keep-asked':
      return words.text('occurrence-is-asked', { until })
    case 'confirmed':
    case 'automatic':
    case 'booking':
    case 'kept':
      return await whatOfBooking(db, words, rule, occurrence)
    case 'skipped':
    case 'expired':
    case 'dropped':
    case 'missing':
    case 'void':
      return words.text(`occurrence-is-${occurrence.state}`)
  }
}

async function whatOfBooking(db: Database, words: Words, rule: RuleRow, occurrence: ConfirmationRow): Promise<string> {
  const action = occurrence.action_id === null ? undefined : await findAction(db.read, occurrence.action_id)
  // What its user had booked already has no action of ours; and an action of long ago is removed.
  if (!action || action.status === 'completed') return words.text('occurrence-is-booked')
  if (!isOpen(action)) return words.text('occurrence-is-failed')
  const opening = getPortal(rule.portal).opening(slotOfOccurrence(occurrence))
  return words.text('occurrence-is-queued', { time: momentPhrase(words, rule.portal, opening, db.clock.now()) })
}
