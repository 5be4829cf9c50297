import type { SlotKey } from '../../portals/contract.ts'
import { nameKey } from '../../portals/match.ts'
import type { NewAction } from './new-action.ts'

/** What an action is about: of two that are about the same only one is open. */
export function dedupeKey(action: NewAction): string {
  switch (action.type) {
    case 'book':
      return action.watch === 'tell'
        ? watchKey(action.accountId, action.slot)
        : bookingKey(action.accountId, action.slot)
    case 'cancel':
      return `cancel:${action.bookingId}`
    case 'refresh':
      return 'slot' in action ? lookKey(action.accountId, action.slot) : `refresh:${action.accountId}`
    case 'check':
    case 'sync':
      return `${action.type}:${action.accountId}`
  }
}

/** The key of watching this slot only to tell. */
function watchKey(accountId: number, slot: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>): string {
  return `watch:${accountId}:${slot.date}:${slot.start}:${nameKey(slot)}`
}

/** The key of looking at this slot for a page. */
function lookKey(accountId: number, slot: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>): string {
  return `look:${accountId}:${slot.date}:${slot.start}:${nameKey(slot)}`
}

/** The key of booking this slot for the account, however its name is written. */
export function bookingKey(accountId: number, slot: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>): string {
  return `book:${accountId}:${slot.date}:${slot.start}:${nameKey(slot)}`
}
