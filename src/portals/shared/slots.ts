import { fold } from '../../core/fold.ts'
import type { SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { nameKey } from '../match.ts'

/**
 * The slot asked for: exact date, start, place and class (dossier Polimisport 3.4.6). The site's own id only decides between
 * several; two that cannot be told apart are refused, never guessed.
 */
export function findSlot<S extends TimetableSlot>(slots: readonly S[], wanted: SlotKey): S {
  const matching = slots.filter((slot) => isSlot(slot, wanted))
  const exact = wanted.siteId === null ? [] : matching.filter((slot) => slot.siteId === wanted.siteId)
  const candidates = exact.length > 0 ? exact : matching
  const [found] = candidates
  if (found === undefined) throw new PortalError('slot-gone', `no slot ${describe(wanted)} on the timetable`)
  if (candidates.length === 1) return found
  throw new PortalError('slot-gone', `${candidates.length} slots ${describe(wanted)} cannot be told apart`)
}

/** A slot in words, for the log and the audit. */
export function describe({ date, start, location, course }: Omit<SlotKey, 'siteId'>): string {
  return [date, start, location, course].filter((part) => part !== null).join(' ')
}

function isSlot(slot: SlotKey, wanted: SlotKey): boolean {
  return (
    slot.date === wanted.date &&
    slot.start === wanted.start &&
    fold(slot.location) === fold(wanted.location) &&
    nameKey(slot) === nameKey(wanted)
  )
}
