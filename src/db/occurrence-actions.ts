import { claimAt } from '../planner/ahead.ts'
import { instantOf } from '../planner/occurrences.ts'
import type { SlotKey } from '../portals/contract.ts'
import { getPortal } from '../portals/registry.ts'
import type { NewAction } from './actions/new-action.ts'
import type { BookingRow, ConfirmationRow, RuleRow } from './schema.ts'

/** The slot that an occurrence is about: where the timetable has moved it, if its user follows. */
export function slotOfOccurrence(occurrence: ConfirmationRow): SlotKey & { end: string | null } {
  const { location, course_name: course, date, time_slot, end_time, moved_to } = occurrence
  const end = moved_to === null ? end_time : null
  return { location, course, date, start: moved_to ?? time_slot, end, siteId: null }
}

/** What books it: claimed shortly before the opening, given up at the start. Asked for twice it is the same. */
export function bookingOfOccurrence(
  { id, user_id, account_id, portal }: RuleRow,
  occurrence: ConfirmationRow,
): Extract<NewAction, { type: 'book' }> {
  const { timeZone, opening } = getPortal(portal)
  const slot = slotOfOccurrence(occurrence)
  return {
    type: 'book',
    userId: user_id,
    accountId: account_id,
    portal,
    origin: `rule:${id}:${occurrence.date}`,
    ...messageOf(occurrence),
    slot,
    deadline: instantOf(slot.date, slot.start, timeZone),
    notBefore: claimAt(opening(slot)),
  }
}

/** What cancels its booking again. */
export function cancellingOfOccurrence(
  { id, user_id, account_id, portal }: RuleRow,
  occurrence: ConfirmationRow,
  held: BookingRow,
): Extract<NewAction, { type: 'cancel' }> {
  const { date, time_slot: start, end_time: end, location, course_name: course } = held
  return {
    type: 'cancel',
    userId: user_id,
    accountId: account_id,
    portal,
    origin: `rule:${id}:${occurrence.date}:cancel`,
    ...messageOf(occurrence),
    bookingId: held.id,
    booking: { date, start, end, location, course },
    deadline: instantOf(date, start, getPortal(portal).timeZone),
  }
}

/** The message that asked becomes the one that shows what comes of the answer. */
function messageOf({ chat_message_id }: ConfirmationRow): { chatMessageId?: number } {
  return chat_message_id === null ? {} : { chatMessageId: chat_message_id }
}
