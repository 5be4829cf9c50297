import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { IdColumn } from '../dialects/dialect.ts'

type Db = Kysely<unknown>

/** Recurring bookings with their occurrences, watched slots, invitations, and what people set for themselves. */
export async function up(db: Db, addId: IdColumn): Promise<void> {
  const numbered = <T extends string>(name: T): CreateTableBuilder<T, 'id'> =>
    addId(db.schema.createTable(name) as CreateTableBuilder<T, never>)
  await createRules(db, numbered)
  await createInvites(numbered)
  for (const column of ['quiet_from', 'quiet_to', 'muted', 'week_theme']) await addText(db, 'users', column)
  await db.schema.alterTable('users').addColumn('lead_minutes', 'integer').execute()
  await db.schema.alterTable('users').addColumn('invited_by', 'bigint').execute()
  await addText(db, 'accounts', 'suspended_by')
  await addText(db, 'booking_actions', 'watch')
  await addText(db, 'booking_actions', 'looked_at')
}

async function addText(db: Db, table: string, column: string): Promise<void> {
  await db.schema.alterTable(table).addColumn(column, 'text').execute()
}

type Numbered = <T extends string>(name: T) => CreateTableBuilder<T, 'id'>

/** Both tables were there without use: no program has written a row into them. */
async function createRules(db: Db, numbered: Numbered): Promise<void> {
  await db.schema.dropTable('pending_confirmations').execute()
  await db.schema.dropTable('periodic_bookings').execute()
  await numbered('periodic_bookings')
    .addColumn('user_id', 'bigint', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('account_id', 'integer', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('portal', 'text', (c) => c.notNull())
    .addColumn('location', 'text', (c) => c.notNull())
    .addColumn('course_name', 'text')
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('weekday', 'integer', (c) => c.notNull())
    .addColumn('time_slot', 'text', (c) => c.notNull())
    .addColumn('end_time', 'text')
    .addColumn('mode', 'text', (c) => c.notNull().check(sql`mode in ('ask', 'automatic', 'book-then-ask')`))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('active', 'paused')`))
    .addColumn('paused_until', 'text')
    .addColumn('lead_minutes', 'integer')
    .addColumn('ask_hours', 'integer', (c) => c.notNull())
    .addColumn('cancel_hours', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('rules_one', ['account_id', 'weekday', 'time_slot', 'name_key'])
    .execute()
  await db.schema.createIndex('rules_of_user').on('periodic_bookings').columns(['user_id', 'id']).execute()

  await numbered('pending_confirmations')
    .addColumn('periodic_booking_id', 'integer', (c) =>
      c.notNull().references('periodic_bookings.id').onDelete('cascade'),
    )
    .addColumn('user_id', 'bigint', (c) => c.notNull())
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('location', 'text', (c) => c.notNull())
    .addColumn('course_name', 'text')
    .addColumn('time_slot', 'text', (c) => c.notNull())
    .addColumn('end_time', 'text')
    .addColumn('moved_to', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('deadline', 'text')
    .addColumn('asked_at', 'text')
    .addColumn('answered_at', 'text')
    .addColumn('action_id', 'integer')
    .addColumn('cancel_action_id', 'integer')
    .addColumn('chat_message_id', 'bigint')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('confirmations_one_an_occurrence', ['periodic_booking_id', 'date'])
    .execute()
  const confirmations = (name: string) => db.schema.createIndex(name).on('pending_confirmations')
  // Of all that was ever asked, only what still waits for somebody is looked at every minute.
  await confirmations('confirmations_open')
    .column('id')
    .where(sql<boolean>`state in ('asked', 'moved', 'booking', 'keep-asked')`)
    .execute()
  await confirmations('confirmations_by_date').column('date').execute()
}

async function createInvites(numbered: Numbered): Promise<void> {
  await numbered('invites')
    .addColumn('code_hash', 'text', (c) => c.notNull().unique())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('owner', 'member')`))
    .addColumn('created_by', 'bigint')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_by', 'bigint')
    .addColumn('used_at', 'text')
    .execute()
}
