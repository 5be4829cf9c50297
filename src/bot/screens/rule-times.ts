import type { Database } from '../../db/database.ts'
import { findRuleOf } from '../../db/periodic-bookings.ts'
import type { RuleRow } from '../../db/schema.ts'
import { leadPhrase } from '../dates.ts'
import { nameOf } from '../names.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'

/** Minutes before bookings open; 0: as its user has set for all. */
const LEADS = [0, 15, 30, 60, 120, 360, 720] as const
/** Hours before the class: asked, and cancelled without an answer. */
const KEEPS = [
  [3, 1],
  [5, 1],
  [8, 2],
  [24, 12],
] as const

/** When this recurring booking asks; undefined for anybody else's, and for one that never asks. */
export async function ruleTimesScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
): Promise<View | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule || rule.mode === 'automatic') return undefined
  const about = rule.mode === 'ask' ? 'rule-lead-about' : 'rule-keep-about'
  return {
    text: lines(
      words.html('rule-times-title', { name: nameOf({ location: rule.location, course: rule.course_name }) }),
      '',
      words.html(about),
    ),
    buttons: [
      ...(rule.mode === 'ask' ? leadButtons(words, rule) : keepButtons(words, rule)),
      [button(words.text('button-back'), 'rule', { rule: id })],
    ],
  }
}

function leadButtons(words: Words, { id, lead_minutes }: RuleRow): Button[][] {
  return LEADS.map((minutes) => {
    const label = minutes === 0 ? words.text('rule-lead-usual') : leadPhrase(words, minutes)
    const isSet = (lead_minutes ?? 0) === minutes
    return [button(isSet ? `${label} ✓` : label, 'rule-lead', { rule: id, minutes })]
  })
}

function keepButtons(words: Words, { id, ask_hours, cancel_hours }: RuleRow): Button[][] {
  return KEEPS.map(([ask, cancel]) => {
    const label = words.text('rule-keep', { ask, cancel })
    const isSet = ask_hours === ask && cancel_hours === cancel
    return [button(isSet ? `${label} ✓` : label, 'rule-keep', { rule: id, ask, cancel })]
  })
}
