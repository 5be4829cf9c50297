import type { Database, Reader } from './database.ts'

/** What the bot wrote down under this key; undefined when there is nothing. */
export async function readBotState(reader: Reader, key: string): Promise<unknown> {
  const row = await reader.selectFrom('bot_state').select('value').where('key', '=', key).executeTakeFirst()
  return row && JSON.parse(row.value)
}

/** All that the bot wrote down under keys that begin like this. */
export async function listBotState(reader: Reader, prefix: string): Promise<unknown[]> {
  const rows = await reader
    .selectFrom('bot_state')
    .select('value')
    .where((eb) => eb(eb.fn<string>('substr', ['key', eb.lit(1), eb.lit(prefix.length)]), '=', prefix))
    .orderBy('key')
    .execute()
  return rows.map(({ value }) => JSON.parse(value))
}

/** Writes something down for the bot, in place of what stood there. */
export async function writeBotState(db: Database, key: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value)
  await db.write((tx) =>
    tx
      .insertInto('bot_state')
      .values({ key, value: json })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json }))
      .execute(),
  )
}

/** Forgets what was written down under this key. */
export async function deleteBotState(db: Database, key: string): Promise<void> {
  await db.write((tx) => tx.deleteFrom('bot_state').where('key', '=', key).execute())
}
