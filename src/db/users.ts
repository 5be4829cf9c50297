import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { UserRow } from './schema.ts'

/** The user with this Telegram id, if the house knows them. */
export async function findUser(reader: Reader, id: number): Promise<UserRow | undefined> {
  return await reader.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listUsers(reader: Reader): Promise<UserRow[]> {
  return await reader.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute()
}

export async function listOwners(reader: Reader): Promise<UserRow[]> {
  return await reader.selectFrom('users').selectAll().where('role', '=', 'owner').execute()
}

/** Makes sure that the user exists; an owner stays or becomes the owner. May run at every start. */
export async function ensureUser(db: Database, id: number, role: UserRow['role']): Promise<void> {
  await db.write((tx) => upsertUser(tx, id, role, db.clock.now()))
}

async function upsertUser(tx: Tx, id: number, role: UserRow['role'], now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('users')
    .values({ id, role, first_name: '', language: null, blocked_at: null, created_at: toStamp(now) })
    .onConflict((conflict) => (role === 'owner' ? conflict.column('id').doUpdateSet({ role }) : conflict.doNothing()))
    .execute()
}

/** Changes what is remembered of a user. */
export async function updateUser(
  db: Database,
  id: number,
  change: Partial<Omit<UserRow, 'id' | 'role' | 'created_at' | 'invited_by'>>,
): Promise<void> {
  await db.write((tx) => tx.updateTable('users').set(change).where('id', '=', id).execute())
}
