import { toStamp } from '../core/clock.ts'
import { type Credentials, credentialsSchema } from '../core/credentials.ts'
import type { Vault } from '../core/vault.ts'
import { contextOfAccount, loginHashOf, openCredentials } from './accounts.ts'
import { OPEN } from './actions/statuses.ts'
import type { Database, Tx } from './database.ts'
import { noteDroppedLogins } from './dropped-logins.ts'

export type AddedAccount =
  | { is: 'added'; id: number }
  /** Another user has this login: one login has one owner. */
  | { is: 'taken' }
  /** The user has this login already, under that name. */
  | { is: 'yours'; id: number; name: string }
  | { is: 'name-taken' }

/** Adds an account of the user, its secrets sealed. */
export async function addAccount(
  db: Database,
  vault: Vault,
  account: { userId: number; portal: string; name: string; credentials: Credentials },
): Promise<AddedAccount> {
  const { userId, portal, name, credentials } = account
  const login_hash = loginHashOf(vault, portal, credentials)
  const sealed = seal(vault, portal, login_hash, credentials)
  return await db.write(async (tx, now) => {
    const stamp = toStamp(now)
    const row = await tx
      .insertInto('accounts')
      .values({
        user_id: userId,
        portal,
        name,
        login_hash,
        credentials: sealed,
        state: 'active',
        created_at: stamp,
        updated_at: stamp,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row) return { is: 'added', id: row.id }
    const same = await tx
      .selectFrom('accounts')
      .select(['id', 'user_id', 'name'])
      .where('portal', '=', portal)
      .where('login_hash', '=', login_hash)
      .executeTakeFirst()
    if (!same) return { is: 'name-taken' }
    return same.user_id === userId ? { is: 'yours', id: same.id, name: same.name } : { is: 'taken' }
  })
}

function seal(vault: Vault, portal: string, loginHash: string, credentials: Credentials): string {
  return vault.seal(JSON.stringify(credentialsSchema.parse(credentials)), contextOfAccount(portal, loginHash))
}

/**
 * Puts new secrets in the place of the old ones, for the same username; what is left out stays, `otpauth` null takes
 * the second factor away. The saved session goes with them, and the account may be used again. False when there is no
 * such account of the user.
 */
export async function changeSecrets(
  db: Database,
  vault: Vault,
  userId: number,
  accountId: number,
  change: { password?: string; otpauth?: string | null },
): Promise<boolean> {
  return await db.write(
    async (tx, now) => {
      const row = await find(tx, userId, accountId)
      if (!row) return false
      const { otpauth: before, ...old } = await openCredentials(tx, vault, accountId)
      const otpauth = change.otpauth === undefined ? before : (change.otpauth ?? undefined)
      const credentials = {
        ...old,
        ...(change.password === undefined ? {} : { password: change.password }),
        ...(otpauth === undefined ? {} : { otpauth }),
      }
      await tx
        .updateTable('accounts')
        .set({
          credentials: seal(vault, row.portal, row.login_hash, credentials),
          state: 'active',
          suspended_by: null,
          updated_at: toStamp(now),
        })
        .where('id', '=', accountId)
        .execute()
      await tx.deleteFrom('portal_sessions').where('account_id', '=', accountId).execute()
      return true
    },
    ['work'],
  )
}

/** Gives the user's account another name; `taken` when another account of that portal has it. */
export async function renameAccount(
  db: Database,
  userId: number,
  accountId: number,
  name: string,
): Promise<'renamed' | 'taken' | 'unknown'> {
  return await db.write(async (tx, now) => {
    const row = await find(tx, userId, accountId)
    if (!row) return 'unknown'
    const same = await tx
      .selectFrom('accounts')
      .select('id')
      .where('user_id', '=', userId)
      .where('portal', '=', row.portal)
      .where('name', '=', name)
      .where('id', '!=', accountId)
      .executeTakeFirst()
    if (same) return 'taken'
    await tx
      .updateTable('accounts')
      .set({ name, updated_at: toStamp(now) })
      .where('id', '=', accountId)
      .execute()
    return 'renamed'
  })
}

/** Stops using the user's account until they want it again: what is queued for it waits. */
export async function suspendForUser(db: Database, userId: number, accountId: number): Promise<boolean> {
  return await setState(db, userId, accountId, { state: 'suspended', suspended_by: 'user' })
}

/** Uses it again; only what the user suspended: what the portal refused needs other secrets, or a check. */
export async function resumeForUser(db: Database, userId: number, accountId: number): Promise<boolean> {
  return await setState(db, userId, accountId, { state: 'active', suspended_by: null })
}

type State = { state: 'active'; suspended_by: null } | { state: 'suspended'; suspended_by: 'user' }

async function setState(db: Database, userId: number, accountId: number, to: State): Promise<boolean> {
  const rows = await db.write(
    (tx, now) =>
      tx
        .updateTable('accounts')
        .set({ ...to, updated_at: toStamp(now) })
        .where('id', '=', accountId)
        .where('user_id', '=', userId)
        .where((eb) => eb.or([eb('state', '=', 'active'), eb('suspended_by', '=', 'user')]))
        .returning('id')
        .execute(),
    ['work'],
  )
  return rows.length > 0
}

/**
 * Removes the user's account with its secrets, session, recurring bookings and queue; bookings on the portal stay.
 * `busy` while something is on its way to the portal: whatever comes of it has to be told first.
 */
export async function removeAccount(
  db: Database,
  userId: number,
  accountId: number,
): Promise<'removed' | 'busy' | 'unknown'> {
  return await db.write(
    async (tx) => {
      if (!(await find(tx, userId, accountId))) return 'unknown'
      const busy = await tx
        .selectFrom('booking_actions')
        .select('id')
        .where('account_id', '=', accountId)
        .where('status', 'in', OPEN)
        .where('submitted_at', 'is not', null)
        .executeTakeFirst()
      if (busy) return 'busy'
      await noteDroppedLogins(tx, userId, accountId)
      await tx.deleteFrom('accounts').where('id', '=', accountId).execute()
      return 'removed'
    },
    // Whoever is at work for it learns that it has nothing to write to.
    ['work', 'rules'],
  )
}

async function find(tx: Tx, userId: number, accountId: number) {
  return await tx
    .selectFrom('accounts')
    .select(['portal', 'login_hash'])
    .where('id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}
