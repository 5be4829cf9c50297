import type { SlotState } from '../contract.ts'

/** The state behind a `Status` of the schedule or a class of the calendar; anything unknown cannot be booked (dossier 3.3). */
export function slotState(said: string): SlotState {
  const words = said.toLowerCase().split(/\s+/)
  const is = (state: SlotState) => words.includes(state) || words.includes(`slot-${state}`)
  if (is('booked')) return 'booked'
  return is('available') && !is('disabled') ? 'available' : 'disabled'
}
