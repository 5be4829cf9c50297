import type { ActionType } from '../schema.ts'

/**
 * What a person waits for goes before what the house does for itself: so many seconds others that are due may go
 * first. As time moves everything to the front, nothing waits for ever.
 */
const PRIORITY: Record<ActionType, number> = { cancel: 0, book: 0, check: 5, sync: 30, refresh: 60 }
/** What cron asks for lets go first whatever a person asks for within the hour. */
const CRON_PENALTY = 3600
/** No action's priority is beyond this. */
export const LONGEST_PRIORITY = CRON_PENALTY + Math.max(...Object.values(PRIORITY))

/** The priority of an action in seconds; `userId` is null for what cron asks for. */
export function priorityOf({ type, userId }: { type: ActionType; userId: number | null }): number {
  return PRIORITY[type] + (userId === null ? CRON_PENALTY : 0)
}
