import type { Reader, Tx } from './database.ts'

type Login = { portal: string; login_hash: string }

/**
 * Remembers that an account from the configuration file was removed by its user, and what the file had given for it:
 * the file is read at every start, and would bring it back.
 */
export async function noteRemoved(tx: Tx, login: Login, configHash: string): Promise<void> {
  const value = JSON.stringify(configHash)
  await tx
    .insertInto('bot_state')
    .values({ key: keyOf(login), value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Whether the account was removed when the file had given just this for it. */
export async function wasRemoved(reader: Reader, login: Login, configHash: string): Promise<boolean> {
  const row = await reader.selectFrom('bot_state').select('value').where('key', '=', keyOf(login)).executeTakeFirst()
  return row?.value === JSON.stringify(configHash)
}

function keyOf({ portal, login_hash }: Login): string {
  return `removed-login:${portal}:${login_hash}`
}
