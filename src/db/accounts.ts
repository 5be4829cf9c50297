import { type ExpressionBuilder, sql } from 'kysely'
import { toStamp } from '../core/clock.ts'
import { type Credentials, credentialsSchema } from '../core/credentials.ts'
import { UserError } from '../core/errors.ts'
import type { Vault } from '../core/vault.ts'
import type { Database, Reader, Tx } from './database.ts'
import { isDroppedLogin } from './dropped-logins.ts'
import { insertNotice } from './notices.ts'
import type { AccountRow, Schema } from './schema.ts'
import { statement } from './statement.ts'

type SuspendedBy = AccountRow['suspended_by']

/** An account without its secrets: what bot and scripts may see. */
export type Account = Pick<AccountRow, (typeof visible)[number]>

const visible = ['id', 'user_id', 'portal', 'name', 'state', 'suspended_by', 'synced_at', 'updated_at'] as const

/** The user's accounts, oldest first. */
export async function listAccountsOf(reader: Reader, userId: number): Promise<Account[]> {
  return await accountsOf(reader, { userId })
}

const accountsOf = statement<{ userId: number }, Account>(['userId'], (db, { userId }) =>
  db.selectFrom('accounts').select(visible).where('user_id', '=', userId).orderBy('id'),
)

/** All accounts, oldest first. */
export async function listAccounts(reader: Reader): Promise<Account[]> {
  return await reader.selectFrom('accounts').select(visible).orderBy('id').execute()
}

/** Whether anybody has an account at one of these portals. */
export async function hasAccountAt(reader: Reader, portals: readonly string[]): Promise<boolean> {
  const query = reader.selectFrom('accounts').select('id').where('portal', 'in', portals).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

/** The account, if it exists. */
export async function findAccount(reader: Reader, id: number): Promise<Account | undefined> {
  return await reader.selectFrom('accounts').select(visible).where('id', '=', id).executeTakeFirst()
}

/** The account; throws when it does not exist. */
export async function getAccount(reader: Reader, id: number): Promise<Account> {
  const account = await findAccount(reader, id)
  if (!account) throw new Error(`there is no account ${id}`)
  return account
}

export type TakeOver = {
  userId: number
  portal: string
  name: string
  credentials: Credentials
  /** They stand in the configuration file, which is read at every start: what it gave before is not taken again. */
  fromConfig?: true
}

/**
 * Takes credentials over into the sealed vault. The same login again changes nothing; changed secrets replace the old
 * ones, and what the portal refused is tried again. Throws `UserError` when the login is another user's, or the name is taken.
 */
export async function takeOverAccount(
  db: Database,
  vault: Vault,
  { userId, portal, name, credentials, fromConfig }: TakeOver,
): Promise<'added' | 'updated' | 'unchanged'> {
  const loginHash = hashOfLogin(vault, portal, credentials.username)
  return await db.write(async (tx, now) => {
    const stamp = toStamp(now)
    const text = textOf(credentials)
    const sealed = vault.seal(text, contextOf(portal, loginHash))
    const source = fromConfig ? { config_hash: configHash(vault, credentials) } : {}
    if (fromConfig && (await isDroppedLogin(tx, configHash(vault, credentials)))) return 'unchanged'
    const before = await findLogin(tx, portal, loginHash)
    const account = { user_id: userId, portal, name, login_hash: loginHash, credentials: sealed, ...source }
    if (!before && (await insertAccount(tx, account, stamp))) return 'added'
    // Another process may just have added it; otherwise it is the name that is taken.
    const known = before ?? (await findLogin(tx, portal, loginHash))
    if (!known) throw new UserError(`There is already a ${portal} account named "${name}". Give this one another name.`)
    if (known.user_id !== userId)
      throw new UserError(`The ${portal} account "${name}" already belongs to another user. One login has one owner.`)
    if (fromConfig && known.config_hash === source.config_hash) return 'unchanged'
    if (vault.open(known.credentials, contextOf(portal, loginHash)) === text) return 'unchanged'
    await tx
      .updateTable('accounts')
      .set((eb) => ({ credentials: sealed, ...source, ...withoutRefusal(eb), updated_at: stamp }))
      .where('id', '=', known.id)
      .execute()
    await tx.deleteFrom('portal_sessions').where('account_id', '=', known.id).execute()
    return 'updated'
  })
}

/** Parsed, so that the same credentials are the same text. */
function textOf(credentials: Credentials): string {
  return JSON.stringify(credentialsSchema.parse(credentials))
}

/** Keyed hash of what the configuration file gives for one account. */
export function configHash(vault: Vault, credentials: Credentials): string {
  return vault.hash(textOf(credentials))
}

/** The keyed hash under which a login is found again. */
export function hashOfLogin(vault: Vault, portal: string, username: string): string {
  return vault.hash(`${portal}:${username}`)
}

/** The account with this login, whoever's it is. */
export async function findLogin(reader: Reader, portal: string, loginHash: string) {
  return await reader
    .selectFrom('accounts')
    .select(['id', 'user_id', 'name', 'credentials', 'config_hash'])
    .where('portal', '=', portal)
    .where('login_hash', '=', loginHash)
    .executeTakeFirst()
}

type NewAccount = Pick<AccountRow, 'user_id' | 'portal' | 'name' | 'login_hash' | 'credentials'> & {
  config_hash?: string
}

/** Answers false when the login, or the user's name for it, is there already. */
export async function insertAccount(tx: Tx, account: NewAccount, stamp: string): Promise<boolean> {
  const row = await tx
    .insertInto('accounts')
    .values({ ...account, state: 'active', synced_at: null, created_at: stamp, updated_at: stamp })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The account's credentials, opened. They are secrets: keep them in the worker and out of every log. */
export async function openCredentials(reader: Reader, vault: Vault, accountId: number): Promise<Credentials> {
  const row = await reader
    .selectFrom('accounts')
    .select(['portal', 'login_hash', 'credentials'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return credentialsSchema.parse(JSON.parse(vault.open(row.credentials, contextOf(row.portal, row.login_hash))))
}

/** Ties the sealed text to its row, so that one row's secrets cannot be moved to another. */
export function contextOf(portal: string, loginHash: string): string {
  return `account:${portal}:${loginHash}`
}

const BY_USER = [sql.lit<SuspendedBy>('user'), sql.lit<SuspendedBy>('both')]

/** What becomes of an account whose refusal by the portal is over: active, unless its user has suspended it. */
export function withoutRefusal(eb: ExpressionBuilder<Schema, 'accounts'>) {
  const byUser = () => eb.case().when('suspended_by', 'in', BY_USER)
  return {
    state: byUser().then(sql.lit<AccountRow['state']>('suspended')).else(sql.lit<AccountRow['state']>('active')).end(),
    suspended_by: byUser().then(sql.lit<SuspendedBy>('user')).else(null).end(),
  }
}

/** Stops trying an account whose credentials the portal refused, and tells its user unless `tell` is false. */
export async function suspendAccount(tx: Tx, account: Account, now: Temporal.Instant, tell = true): Promise<void> {
  const row = await tx
    .updateTable('accounts')
    .set((eb) => ({
      state: 'suspended',
      suspended_by: eb
        .case()
        .when('suspended_by', '=', sql.lit('user'))
        .then(sql.lit<SuspendedBy>('both'))
        .else(sql.lit<SuspendedBy>('portal'))
        .end(),
      updated_at: toStamp(now),
    }))
    .where('id', '=', account.id)
    .where((eb) => eb.or([eb('state', '=', 'active'), eb('suspended_by', '=', 'user')]))
    .returning('id')
    .executeTakeFirst()
  await tx.deleteFrom('portal_sessions').where('account_id', '=', account.id).execute()
  if (row && tell)
    await insertNotice(tx, {
      userId: account.user_id,
      notice: { kind: 'account-suspended', accountId: account.id },
      now,
    })
}

/** The portal has taken the account's credentials: it may be used again, unless its user has suspended it. */
export async function activateAccount(tx: Tx, accountId: number, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('accounts')
    .set((eb) => ({ ...withoutRefusal(eb), updated_at: toStamp(now) }))
    .where('id', '=', accountId)
    .where('state', '=', 'suspended')
    .where((eb) => eb.or([eb('suspended_by', 'is', null), eb('suspended_by', '!=', 'user')]))
    .execute()
}
