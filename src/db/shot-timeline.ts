import { sql } from 'kysely'
import type { Reader } from './database.ts'
import type { ShotRow } from './schema.ts'

/** A shot with what it was for. */
export type TimedShot = ShotRow & { location: string; course: string | null; accountName: string }

/** The newest shots of the user's accounts, whoever asked for them, newest first. */
export async function listRecentShots(reader: Reader, userId: number, limit: number): Promise<TimedShot[]> {
  return await timed(reader).where('accounts.user_id', '=', userId).orderBy('shots.id', 'desc').limit(limit).execute()
}

/** The shots of these actions, oldest first. */
export async function listShotsOfActions(reader: Reader, actionIds: readonly number[]): Promise<TimedShot[]> {
  if (actionIds.length === 0) return []
  return await timed(reader).where('shots.action_id', 'in', actionIds).orderBy('shots.id').execute()
}

function timed(reader: Reader) {
  return reader
    .selectFrom('shots')
    .innerJoin('booking_actions', 'booking_actions.id', 'shots.action_id')
    .innerJoin('accounts', 'accounts.id', 'shots.account_id')
    .selectAll('shots')
    .select(['accounts.name as accountName', 'booking_actions.course_name as course'])
    .select(sql<string>`coalesce(booking_actions.location, '')`.as('location'))
}
