import { toStamp } from '../core/clock.ts'
import { type Credentials, credentialsSchema } from '../core/credentials.ts'
import type { Vault } from '../core/vault.ts'
import { contextOf, findLogin, hashOfLogin, insertAccount, withoutRefusal } from './accounts.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { Topic } from './waker.ts'

/** What waits for an account can be claimed again. */
const WORK: readonly Topic[] = ['work']
/** What people see of it changes, and plans take back at once what they try with it. */
const PAUSED: readonly Topic[] = ['news', 'work']

export type AddOutcome =
  | { outcome: 'added'; accountId: number }
  /** The user has an account with this login already. */
  | { outcome: 'yours'; accountId: number; name: string }
  /** It is another user's. */
  | { outcome: 'taken' }

type NewLogin = { userId: number; portal: string; username: string }

/** Whose this login is already; undefined when it is nobody's. */
export async function findOwnerOfLogin(
  reader: Reader,
  vault: Vault,
  { userId, portal, username }: NewLogin,
): Promise<Exclude<AddOutcome, { outcome: 'added' }> | undefined> {
  const known = await findLogin(reader, portal, hashOfLogin(vault, portal, username))
  if (!known) return undefined
  return known.user_id === userId ? { outcome: 'yours', accountId: known.id, name: known.name } : { outcome: 'taken' }
}

/**
 * Adds an account of the user, its credentials sealed, under the first free name of `name`, `name 2`, … The same once
 * more, with the same credentials, finds what was added.
 */
export async function addAccount(
  db: Database,
  vault: Vault,
  { userId, portal, name, credentials }: { userId: number; portal: string; name: string; credentials: Credentials },
): Promise<AddOutcome> {
  const loginHash = hashOfLogin(vault, portal, credentials.username)
  const text = JSON.stringify(credentialsSchema.parse(credentials))
  const context = contextOf(portal, loginHash)
  return await db.write(async (tx, now): Promise<AddOutcome> => {
    for (let n = 1; ; n++) {
      const known = await findLogin(tx, portal, loginHash)
      if (known && known.user_id !== userId) return { outcome: 'taken' }
      if (known && vault.open(known.credentials, context) !== text)
        return { outcome: 'yours', accountId: known.id, name: known.name }
      if (known) return { outcome: 'added', accountId: known.id }
      const account = { user_id: userId, portal, name: n === 1 ? name : `${name} ${n}`, login_hash: loginHash }
      await insertAccount(tx, { ...account, credentials: vault.seal(text, context) }, toStamp(now))
    }
  })
}

/** `null` takes a field away. */
type CredentialsChange = { password?: string; otpauth?: string | null }

/**
 * Changes credentials of the user's account: its saved session is forgotten, and what the portal refused may be tried
 * again. Answers false when there is no such account.
 */
export async function changeCredentials(
  db: Database,
  vault: Vault,
  { userId, accountId, change }: { userId: number; accountId: number; change: CredentialsChange },
): Promise<boolean> {
  return await db.write(async (tx, now) => {
    const row = await tx
      .selectFrom('accounts')
      .select(['portal', 'login_hash', 'credentials'])
      .where('id', '=', accountId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (!row) return false
    const context = contextOf(row.portal, row.login_hash)
    const { otpauth, ...others } = {
      ...credentialsSchema.parse(JSON.parse(vault.open(row.credentials, context))),
      ...change,
    }
    const credentials = credentialsSchema.parse({ ...others, ...(typeof otpauth === 'string' ? { otpauth } : {}) })
    await tx
      .updateTable('accounts')
      .set((eb) => ({
        credentials: vault.seal(JSON.stringify(credentials), context),
        ...withoutRefusal(eb),
        updated_at: toStamp(now),
      }))
      .where('id', '=', accountId)
      .execute()
    await tx.deleteFrom('portal_sessions').where('account_id', '=', accountId).execute()
    return true
  }, WORK)
}

/** Gives the user's account another name. */
export async function renameAccount(
  db: Database,
  { userId, accountId, name }: { userId: number; accountId: number; name: string },
): Promise<'renamed' | 'name-taken' | 'unknown'> {
  return await db.write(async (tx) => {
    const account = await findOwn(tx, userId, accountId)
    if (!account) return 'unknown'
    const same = await tx
      .selectFrom('accounts')
      .select('id')
      .where('user_id', '=', userId)
      .where('portal', '=', account.portal)
      .where('name', '=', name)
      .executeTakeFirst()
    if (same && same.id !== accountId) return 'name-taken'
    await tx.updateTable('accounts').set({ name }).where('id', '=', accountId).execute()
    return 'renamed'
  })
}

/**
 * The user wants nothing done with an account for now: what waits, waits, and of what a worker is at nothing more is sent.
 * Answers false when there is no active one of theirs.
 */
export async function pauseAccount(db: Database, userId: number, accountId: number): Promise<boolean> {
  return await db.write(async (tx, now) => {
    const rows = await tx
      .updateTable('accounts')
      .set({ state: 'suspended', suspended_by: 'user', updated_at: toStamp(now) })
      .where('id', '=', accountId)
      .where('user_id', '=', userId)
      .where('state', '=', 'active')
      .returning('id')
      .execute()
    return rows.length > 0
  }, PAUSED)
}

/** The user wants an account used again that they had suspended. Answers false when there is none. */
export async function resumeAccount(db: Database, userId: number, accountId: number): Promise<boolean> {
  return await db.write(async (tx, now) => {
    const rows = await tx
      .updateTable('accounts')
      .set({ state: 'active', suspended_by: null, updated_at: toStamp(now) })
      .where('id', '=', accountId)
      .where('user_id', '=', userId)
      .where('suspended_by', '=', 'user')
      .returning('id')
      .execute()
    return rows.length > 0
  }, WORK)
}

async function findOwn(tx: Tx, userId: number, accountId: number): Promise<{ portal: string } | undefined> {
  return await tx
    .selectFrom('accounts')
    .select('portal')
    .where('id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}
