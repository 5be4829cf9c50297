import { type Kysely, sql } from 'kysely'

/** The order of claims as one column, and indexes for what is due, what is over and what is to be removed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('booking_actions')
    .addColumn('turn_at', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await sql`update booking_actions set turn_at = run_at`.execute(db)
  const actions = (name: string) => db.schema.createIndex(name).on('booking_actions')
  const isPending = sql<boolean>`status = 'pending'`
  const isOpen = sql<boolean>`status in ('pending', 'processing')`
  await db.schema.dropIndex('actions_to_claim').execute()
  await actions('actions_to_claim').columns(['turn_at', 'id']).where(isPending).execute()
  await actions('actions_due').column('run_at').where(isPending).execute()
  // Of a person who has booked for years, and of everything that waits, only what is open now is looked at.
  await actions('actions_open_of_user').columns(['user_id', 'id']).where(isOpen).execute()
  await actions('actions_begun').column('id').where(sql<boolean>`${isOpen} and started_at is not null`).execute()
  await actions('actions_ended').column('completed_at').where(sql<boolean>`completed_at is not null`).execute()
  await db.schema
    .createIndex('notices_ended')
    .on('notices')
    .column('ended_at')
    .where(sql<boolean>`ended_at is not null`)
    .execute()
  await db.schema.createIndex('challenges_of_action').on('challenges').column('action_id').execute()
}
