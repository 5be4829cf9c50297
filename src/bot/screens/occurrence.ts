import { getAccount } from '../../db/accounts.ts'
import { findConfirmationOf } from '../../db/confirmations.ts'
import type { Database } from '../../db/database.ts'
import { slotOfOccurrence } from '../../db/occurrence-actions.ts'
import { findRule } from '../../db/periodic-bookings.ts'
import type { ConfirmationRow, RuleRow } from '../../db/schema.ts'
import { listSlotsOn } from '../../db/slots.ts'
import { getPortal } from '../../portals/registry.ts'
import type { ButtonData } from '../buttons.ts'
import { momentPhrase, startInstant } from '../dates.ts'
import { nameOf, whenAndWhere } from '../names.ts'
import { judgeSlot } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { waitsForAccount } from './accounts.ts'
import { actionCard } from './action.ts'

/**
 * The message about one occurrence of a rule, as it stands now: the question, or what has become of it. Once its
 * answer has put something into the queue it is that action's card. Undefined when it is gone, or another user's.
 */
export async function occurrenceScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
): Promise<View | undefined> {
  const occurrence = await findConfirmationOf(db.read, userId, id)
  const rule = occurrence && (await findRule(db.read, occurrence.periodic_booking_id))
  if (!occurrence || !rule) return undefined
  const card = await cardOfAction(db, words, userId, occurrence)
  if (card) return card
  const account = await getAccount(db.read, rule.account_id)
  const isSuspended = account.state === 'suspended'
  return {
    text: lines(
      headOf(words, occurrence),
      whenAndWhere(words, rule.portal, slotOfOccurrence(occurrence), db.clock.now()),
      '',
      ...(await bodyOf(db, words, rule, occurrence)),
      isSuspended && occurrence.state === 'asked' && waitsForAccount(words, account),
    ),
    buttons: buttonsOf(db, words, rule, occurrence),
  }
}

/** The action that the answer to this message has asked for; others were never meant for it. */
async function cardOfAction(
  db: Database,
  words: Words,
  userId: number,
  { state, action_id, cancel_action_id, answered_at }: ConfirmationRow,
): Promise<View | undefined> {
  if (state === 'dropped' && cancel_action_id !== null) return actionCard(db, words, userId, cancel_action_id)
  const isAnswered = answered_at !== null && (state === 'confirmed' || state === 'booking')
  return isAnswered && action_id !== null ? actionCard(db, words, userId, action_id) : undefined
}

function headOf(words: Words, occurrence: ConfirmationRow): string {
  const name = nameOf({ location: occurrence.location, course: occurrence.course_name })
  switch (occurrence.state) {
    case 'asked':
    case 'moved':
    case 'booking':
    case 'confirmed':
    case 'automatic':
      return words.html('question-book', { name })
    case 'keep-asked':
      return words.html('question-keep', { name })
    case 'skipped':
      return words.html('occurrence-skipped', { name })
    case 'expired':
      return words.html('occurrence-expired', { name })
    case 'kept':
      return words.html('occurrence-kept', { name })
    case 'dropped':
      return words.html('occurrence-dropped', { name })
    case 'missing':
      return words.html('occurrence-missing', { name })
    case 'void':
      return words.html('occurrence-void', { name })
  }
}

async function bodyOf(db: Database, words: Words, rule: RuleRow, occurrence: ConfirmationRow): Promise<string[]> {
  const now = db.clock.now()
  const moment = (at: Temporal.Instant | string) => momentPhrase(words, rule.portal, at, now)
  const deadline = occurrence.deadline ?? ''
  switch (occurrence.state) {
    case 'asked': {
      const opening = getPortal(rule.portal).opening(slotOfOccurrence(occurrence))
      const isAhead = Temporal.Instant.compare(opening, now) > 0
      const opens = isAhead ? [words.html('question-opens', { opens: moment(opening) })] : []
      const full = (await isFull(db, rule, occurrence)) ? [words.html('question-full')] : []
      return [...opens, ...full, words.html('question-deadline', { deadline: moment(deadline) })]
    }
    case 'moved':
      return [
        words.html('question-moved', { from: occurrence.time_slot, to: occurrence.moved_to ?? '' }),
        words.html('question-deadline', { deadline: moment(deadline) }),
      ]
    case 'keep-asked':
      return [words.html('question-keep-deadline', { deadline: moment(deadline) })]
    case 'expired':
      return [words.html('expired-hint')]
    case 'missing':
      return [words.html('missing-hint')]
    case 'kept':
      return occurrence.answered_at === null ? [words.html('kept-unasked')] : []
    default:
      return []
  }
}

/** As the timetable was last seen; before the opening that says nothing. */
async function isFull(db: Database, rule: RuleRow, occurrence: ConfirmationRow): Promise<boolean> {
  const slots = await listSlotsOn(db.read, rule.portal, occurrence.date)
  const row = slots.find((slot) => slot.name_key === rule.name_key && slot.time_slot === occurrence.time_slot)
  const account = await getAccount(db.read, rule.account_id)
  const can = row && (await judgeSlot(db, account, row))
  return can !== undefined && !can.can && can.why === 'full'
}

function buttonsOf(db: Database, words: Words, rule: RuleRow, occurrence: ConfirmationRow): Button[][] {
  const { id } = occurrence
  const answer = (label: string, how: ButtonData<'answer'>['how']) => button(label, 'answer', { occurrence: id, how })
  const toRules = button(words.text('button-recurring'), 'recurring', {})
  switch (occurrence.state) {
    case 'asked':
      return [
        [answer(words.text('button-confirm'), 'confirm'), answer(words.text('button-skip'), 'skip')],
        [button(words.text('button-pause-rule'), 'pause-asked', { occurrence: id })],
      ]
    case 'moved':
      return [
        [answer(words.text('button-follow'), 'follow')],
        [answer(words.text('button-this-time'), 'confirm'), answer(words.text('button-skip'), 'skip')],
      ]
    case 'keep-asked':
      return [[answer(words.text('button-keep'), 'keep'), answer(words.text('button-drop'), 'drop')]]
    case 'kept':
      return hasBegun(db, rule, occurrence) ? [[toRules]] : [[answer(words.text('button-drop'), 'drop')], [toRules]]
    case 'skipped':
    case 'expired':
    case 'missing':
      return hasBegun(db, rule, occurrence)
        ? [[toRules]]
        : [[answer(words.text('button-book-anyway'), 'book-anyway')], [toRules]]
    default:
      return [[toRules]]
  }
}

function hasBegun(db: Database, rule: RuleRow, occurrence: ConfirmationRow): boolean {
  return Temporal.Instant.compare(startInstant(rule.portal, slotOfOccurrence(occurrence)), db.clock.now()) <= 0
}
