import { type Kysely, sql } from 'kysely'

/**
 * One look at a slot for all who wait for it: when somebody was last sent to look, and who watches. And a portal that asks
 * for fewer requests is told apart from one that shuts us out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('slots').addColumn('asked_at', 'text').execute()
  await db.schema.alterTable('portal_states').addColumn('blocked_until', 'text').execute()
  // Of all actions only those that watch are looked through at each look.
  await db.schema
    .createIndex('actions_watching')
    .on('booking_actions')
    .columns(['portal', 'date', 'time_slot'])
    .where(sql<boolean>`status = 'pending' and watch is not null`)
    .execute()
}
