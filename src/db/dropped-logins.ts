import type { Reader, Tx } from './database.ts'

/**
 * Logins that the configuration file once gave, and that were removed since, under the keyed hash of what it gave. The
 * file is read at every start: what it gave before must not come back by that; new text in it does count.
 */
const keyOf = (configHash: string) => `dropped-login:${configHash}`

/** Remembers the logins of this user, or one of them, that the file gave: right before they are removed. */
export async function noteDroppedLogins(tx: Tx, userId: number, accountId?: number): Promise<void> {
  const rows = await tx
    .selectFrom('accounts')
    .select('config_hash')
    .where('user_id', '=', userId)
    .$if(accountId !== undefined, (query) => query.where('id', '=', Number(accountId)))
    .execute()
  const hashes = rows.flatMap(({ config_hash }) => (config_hash === null ? [] : [config_hash]))
  for (const hash of hashes)
    await tx
      .insertInto('bot_state')
      .values({ key: keyOf(hash), value: 'true' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
}

/** Whether what the file gives, by its keyed hash, was removed before. */
export async function isDroppedLogin(reader: Reader, configHash: string): Promise<boolean> {
  const row = await reader.selectFrom('bot_state').select('key').where('key', '=', keyOf(configHash)).executeTakeFirst()
  return row !== undefined
}
