import type { Reader } from '../database.ts'
import type { ActionStatus, ActionType } from '../schema.ts'
import { type Action, toAction } from './action.ts'

const ABOUT_BOOKINGS: ActionType[] = ['book', 'cancel']
const ENDED: ActionStatus[] = ['completed', 'failed', 'cancelled', 'expired']
const FAILED: ActionStatus[] = ['failed', 'expired']

/** The user's actions about bookings that have ended, newest first. */
export async function listEndedOf(reader: Reader, userId: number, limit: number): Promise<Action[]> {
  const rows = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('action_type', 'in', ABOUT_BOOKINGS)
    .where('status', 'in', ENDED)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toAction)
}

/** The user's newest action that failed, of whatever kind. */
export async function findLastFailureOf(reader: Reader, userId: number): Promise<Action | undefined> {
  const row = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('status', 'in', FAILED)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toAction(row)
}
