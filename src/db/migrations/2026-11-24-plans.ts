import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { IdColumn } from '../dialects/dialect.ts'

type Db = Kysely<unknown>

/** Plans over several accounts, with who agreed to them and what they tried; and the shots at openings. */
export async function up(db: Db, addId: IdColumn): Promise<void> {
  const numbered = <T extends string>(name: T): CreateTableBuilder<T, 'id'> =>
    addId(db.schema.createTable(name) as CreateTableBuilder<T, never>)
  await createShots(db, numbered)
  await createPlans(db, numbered)
}

type Numbered = <T extends string>(name: T) => CreateTableBuilder<T, 'id'>

async function createShots(db: Db, numbered: Numbered): Promise<void> {
  await numbered('shots')
    .addColumn('action_id', 'integer', (c) => c.notNull().references('booking_actions.id').onDelete('cascade'))
    .addColumn('attempt', 'integer', (c) => c.notNull())
    .addColumn('account_id', 'integer', (c) => c.notNull())
    .addColumn('portal', 'text', (c) => c.notNull())
    .addColumn('opening', 'text', (c) => c.notNull())
    .addColumn('offset_ms', 'double precision', (c) => c.notNull())
    .addColumn('error_ms', 'double precision', (c) => c.notNull())
    .addColumn('travel_ms', 'double precision', (c) => c.notNull())
    .addColumn('armed_at', 'text', (c) => c.notNull())
    .addColumn('fired_at', 'text', (c) => c.notNull())
    .addColumn('answered_at', 'text', (c) => c.notNull())
    .addColumn('late_ms', 'double precision', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('shots_of_action').on('shots').column('action_id').execute()
  await db.schema.createIndex('shots_by_time').on('shots').column('fired_at').execute()
}

async function createPlans(db: Db, numbered: Numbered): Promise<void> {
  await numbered('plans')
    .addColumn('user_id', 'bigint', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('portal', 'text', (c) => c.notNull())
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('hours', 'integer', (c) => c.notNull())
    .addColumn('least', 'integer', (c) => c.notNull())
    .addColumn('from_hour', 'integer', (c) => c.notNull())
    .addColumn('to_hour', 'integer', (c) => c.notNull())
    .addColumn('places', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('active', 'stopping', 'ended')`))
    .addColumn('outcome', 'text')
    .addColumn('chat_message_id', 'bigint')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema.createIndex('plans_of_user').on('plans').columns(['user_id', 'id']).execute()
  // Of all the plans that there ever were, only those at work are looked at every minute.
  await db.schema
    .createIndex('plans_open')
    .on('plans')
    .column('id')
    .where(sql<boolean>`state in ('active', 'stopping')`)
    .execute()

  await numbered('plan_accounts')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plans.id').onDelete('cascade'))
    .addColumn('account_id', 'integer', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('user_id', 'bigint', (c) => c.notNull())
    .addColumn('consent', 'text', (c) => c.notNull().check(sql`consent in ('asked', 'accepted', 'refused')`))
    .addColumn('answered_at', 'text')
    .addUniqueConstraint('plan_accounts_one', ['plan_id', 'account_id'])
    .execute()
  await db.schema.createIndex('plan_accounts_of_account').on('plan_accounts').column('account_id').execute()

  await numbered('plan_tries')
    .addColumn('plan_id', 'integer', (c) => c.notNull().references('plans.id').onDelete('cascade'))
    .addColumn('hour', 'integer', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    // Empty for a place without parts: of two nulls a unique index would not know that they are the same.
    .addColumn('option', 'text', (c) => c.notNull())
    .addColumn('account_id', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('spread', 'sibling')`))
    .addColumn('action_id', 'integer', (c) => c.notNull())
    .addColumn('cancel_action_id', 'integer')
    .addColumn('given_back', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('late', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('plan_tries_one', ['plan_id', 'hour', 'place', 'option', 'account_id'])
    .execute()
  for (const column of ['action_id', 'cancel_action_id', 'account_id'])
    await db.schema.createIndex(`plan_tries_by_${column}`).on('plan_tries').column(column).execute()
  // Hardly ever is there one; it is asked for every minute.
  await db.schema.createIndex('plan_tries_late').on('plan_tries').column('id').where(sql<boolean>`late = 1`).execute()
}
