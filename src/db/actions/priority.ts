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

/** Somebody has the page of the slot before them; but what they ask for goes first. */
const LOOK_PRIORITY = 5

type Asked = { type: ActionType; userId: number | null; urgent?: true }

/** The priority of an action in seconds; `userId` is null for what cron asks for, `urgent` where people wait for it. */
export function priorityOf(action: Asked): number {
  if (isLook(action)) return LOOK_PRIORITY
  return PRIORITY[action.type] + (action.userId === null && !action.urgent ? CRON_PENALTY : 0)
}

/** Whether the action looks at one slot for those whose page shows it. */
export function isLook(action: Asked): boolean {
  return action.type === 'refresh' && 'slot' in action
}
