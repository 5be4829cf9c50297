import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { UserRow } from './schema.ts'
import { statement } from './statement.ts'

/** The user with this Telegram id, if the house knows them. */
export async function findUser(reader: Reader, id: number): Promise<UserRow | undefined> {
  const [row] = await userById(reader, { id })
  return row
}

const userById = statement<{ id: number }, UserRow>(['id'], (db, { id }) =>
  db.selectFrom('users').selectAll().where('id', '=', id),
)

export async function listUsers(reader: Reader): Promise<UserRow[]> {
  return await reader.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute()
}

/** How many accounts each user has; who has none is not in it. */
export async function countAccounts(reader: Reader): Promise<Map<number, number>> {
  const rows = await reader
    .selectFrom('accounts')
    .select((eb) => ['user_id', eb.fn.countAll<number | string>().as('n')])
    .groupBy('user_id')
    .execute()
  return new Map(rows.map(({ user_id, n }) => [user_id, Number(n)]))
}

export async function listOwners(reader: Reader): Promise<UserRow[]> {
  return await reader.selectFrom('users').selectAll().where('role', '=', 'owner').execute()
}

/** Makes sure that the user exists; an owner stays or becomes the owner. May run at every start. */
export async function ensureUser(db: Database, id: number, role: UserRow['role']): Promise<void> {
  await db.write((tx) => upsertUser(tx, id, role, db.clock.now()))
}

/** Makes this user the one owner of the house: whoever was it before becomes a member, and their invitations void. */
export async function ensureOwner(db: Database, id: number): Promise<void> {
  await db.write(async (tx, now) => {
    await upsertUser(tx, id, 'owner', now)
    const former = await tx
      .updateTable('users')
      .set({ role: 'member' })
      .where('role', '=', 'owner')
      .where('id', '!=', id)
      .returning('id')
      .execute()
    if (former.length > 0) await tx.deleteFrom('invites').where('used_by', 'is', null).execute()
  })
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
