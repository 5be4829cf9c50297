import { randomBytes } from 'node:crypto'
import { stampAfter, toStamp } from '../core/clock.ts'
import type { Vault } from '../core/vault.ts'
import type { Database, Reader, Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import type { UserRow } from './schema.ts'
import { findUser, listOwners } from './users.ts'

export type Invite = { id: number; createdAt: string; expiresAt: string }
/** A new invitation. `code` is known to whoever made it and to nobody else: the database holds only its keyed hash. */
export type NewInvite = Invite & { code: string }

const CODE_BYTES = 16
/** What a code looks like: 128 bits in letters that Telegram takes in a link. */
export const CODE = /^[\w-]{22}$/
const HOUR_MS = 3_600_000
const MEMBER_MS = 3 * 24 * HOUR_MS
const OWNER_MS = HOUR_MS
/** Telegram keeps for a day what is opened in time while no bot runs; after that an expired invitation is of no use. */
const KEPT_MS = 2 * 24 * HOUR_MS

/** An invitation to become a member, for three days and one person. */
export async function inviteMember(db: Database, vault: Vault, createdBy: number): Promise<NewInvite> {
  return await db.write((tx, now) => insertInvite(tx, vault, { role: 'member', createdBy }, now))
}

/**
 * An invitation to become the owner, for an hour; older ones are void from now on. Undefined while there is an owner.
 */
export async function inviteOwner(db: Database, vault: Vault): Promise<NewInvite | undefined> {
  return await db.write(async (tx, now) => {
    if ((await listOwners(tx)).length > 0) return undefined
    await tx.deleteFrom('invites').where('role', '=', 'owner').where('used_by', 'is', null).execute()
    return await insertInvite(tx, vault, { role: 'owner', createdBy: null }, now)
  })
}

async function insertInvite(
  tx: Tx,
  vault: Vault,
  { role, createdBy }: { role: UserRow['role']; createdBy: number | null },
  now: Temporal.Instant,
): Promise<NewInvite> {
  await tx.deleteFrom('invites').where('expires_at', '<', stampAfter(now, -KEPT_MS)).execute()
  const code = randomBytes(CODE_BYTES).toString('base64url')
  const createdAt = toStamp(now)
  const expiresAt = stampAfter(now, role === 'owner' ? OWNER_MS : MEMBER_MS)
  const row = {
    code_hash: hashOf(vault, code),
    role,
    created_by: createdBy,
    created_at: createdAt,
    expires_at: expiresAt,
    used_by: null,
    used_at: null,
  }
  const { id } = await tx.insertInto('invites').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, code, createdAt, expiresAt }
}

/** The member invitations that can still be used, oldest first. */
export async function listOpenInvites(reader: Reader, now: Temporal.Instant): Promise<Invite[]> {
  return await reader
    .selectFrom('invites')
    .select(['id', 'created_at as createdAt', 'expires_at as expiresAt'])
    .where('role', '=', 'member')
    .where('used_by', 'is', null)
    .where('expires_at', '>', toStamp(now))
    .orderBy('id')
    .execute()
}

/** Takes an invitation back. Answers false when it was used, revoked or forgotten before. */
export async function revokeInvite(db: Database, id: number): Promise<boolean> {
  const gone = await db.write((tx) =>
    tx
      .deleteFrom('invites')
      .where('id', '=', id)
      .where('role', '=', 'member')
      .where('used_by', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  )
  return gone !== undefined
}

/** Who opens a link, and when they did: that counts, not when we got to know of it. */
export type Opening = { userId: number; firstName: string; at: Temporal.Instant }

/**
 * Lets in whoever opens an invitation that is open: as a member, or as the owner while there is none; the owners are
 * owed the news. Of several at once exactly one comes in. A member uses up none but the owner's. Answers what the
 * person has become; undefined when nothing came of it.
 */
export async function redeemInvite(
  db: Database,
  vault: Vault,
  code: string,
  opening: Opening,
): Promise<UserRow['role'] | undefined> {
  const codeHash = hashOf(vault, code)
  // Whatever strangers try, it costs no write.
  const open = await findOpen(db.read, codeHash)
  if (!open) return undefined
  return await db.write(
    async (tx, now) => {
      const known = await findUser(tx, opening.userId)
      if (known && open.role === 'member') return undefined
      if (open.role === 'owner' && (await listOwners(tx)).length > 0) return undefined
      const taken = await take(tx, codeHash, opening, now)
      if (!taken) return undefined
      await letIn(tx, opening, taken, now)
      return taken.role
    },
    ['news'],
  )
}

async function findOpen(reader: Reader, codeHash: string) {
  return await reader
    .selectFrom('invites')
    .select('role')
    .where('code_hash', '=', codeHash)
    .where('used_by', 'is', null)
    .executeTakeFirst()
}

type Taken = { role: UserRow['role']; created_by: number | null }

async function take(tx: Tx, codeHash: string, opening: Opening, now: Temporal.Instant): Promise<Taken | undefined> {
  return await tx
    .updateTable('invites')
    .set({ used_by: opening.userId, used_at: toStamp(now) })
    .where('code_hash', '=', codeHash)
    .where('used_by', 'is', null)
    .where('expires_at', '>', toStamp(opening.at))
    .returning(['role', 'created_by'])
    .executeTakeFirst()
}

async function letIn(tx: Tx, { userId, firstName }: Opening, taken: Taken, now: Temporal.Instant): Promise<void> {
  const { role, created_by } = taken
  const user = { id: userId, role, first_name: firstName, invited_by: created_by, created_at: toStamp(now) }
  await tx
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => (role === 'owner' ? conflict.column('id').doUpdateSet({ role }) : conflict.doNothing()))
    .execute()
  if (role === 'owner') return
  for (const owner of await listOwners(tx))
    await insertNotice(tx, { userId: owner.id, notice: { kind: 'user-joined', memberId: userId, firstName }, now })
}

function hashOf(vault: Vault, code: string): string {
  return vault.hash(`invite:${code}`)
}
