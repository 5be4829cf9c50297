import { type Kysely, sql } from 'kysely'

/** One look at a slot for all who wait for it: when somebody was last sent to look, and who watches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('slots').addColumn('asked_at', 'text').execute()
  // Of all actions only those that watch are looked through at each look.
  await db.schema
    .createIndex('actions_watching')
    .on('booking_actions')
    .columns(['portal', 'date', 'time_slot'])
    .where(sql<boolean>`status = 'pending' and watch is not null`)
    .execute()
}
