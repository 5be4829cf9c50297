import type { SlotKey } from '../contract.ts'
import { delftXFacts, startOf } from './facts.ts'

type Opening = Pick<SlotKey, 'date' | 'start' | 'location'>

/** From when on a slot may be open, and from when on it surely is. */
export type Openings = { first: Temporal.Instant; last: Temporal.Instant }

/** By the rule of the facts; where the portal itself tells another length of time, by that (dossier 6). */
export function openingsOf(slot: Opening, minutesAhead: number | undefined): Openings {
  const first = delftXFacts.opening(slot)
  const last = delftXFacts.laterOpening?.(slot) ?? first
  if (minutesAhead === undefined) return { first, last }
  const told = startOf(slot).subtract({ minutes: minutesAhead })
  return told.equals(first) || told.equals(last) ? { first, last } : { first: told, last: told }
}
