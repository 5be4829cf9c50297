import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { messageOf, UserError } from '../../core/errors.ts'
import type { Vault } from '../../core/vault.ts'
import type { Database, Tx } from '../database.ts'
import { openEverySecret } from '../secrets.ts'
import type { Row, Source } from './source.ts'
import { TABLES, type Table } from './tables.ts'

/** Rows sent at once: enough to be fast, few enough to be held in memory. */
const BATCH = 2_000

/**
 * Copies everything to the PostgreSQL database `target`, which must not hold anything of ours yet, and compares it row
 * by row, all in one transaction: interrupted or failed, it leaves nothing there and can be done again.
 * Answers how many sealed secrets open there. Throws `UserError`.
 */
export async function copyEverything(
  source: Source,
  target: Database,
  vault: Vault | undefined,
  tell: (text: string) => void,
): Promise<number> {
  const mark = { key: 'migrated', value: JSON.stringify(randomUUID()) }
  let secrets = 0
  await target.write(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    await keepOthersOut(tx)
    // The connection was lost while the server said that it had committed.
    if (await isThere(tx, mark)) return
    await refuseRows(tx)
    for (const table of TABLES) {
      await copyTable(tx, source, table)
      await compareTable(tx, source, table)
      await goOnNumbering(tx, source, table)
      tell(`${table.name}: ${source.count(table)}`)
    }
    secrets = vault ? await openEverySecret(tx, vault) : 0
    await tx.insertInto('bot_state').values(mark).execute()
    // Until the server knows what is in the tables it reads them whole to find an action.
    await sql`analyze ${sql.join(TABLES.map(({ name }) => sql.table(name)))}`.execute(tx)
  })
  return secrets
}

async function isThere(tx: Tx, { key, value }: { key: string; value: string }): Promise<boolean> {
  const row = await tx.selectFrom('bot_state').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value === value
}

async function keepOthersOut(tx: Tx): Promise<void> {
  const tables = sql.join(TABLES.map(({ name }) => sql.table(name)))
  try {
    await sql`lock table ${tables} in access exclusive mode nowait`.execute(tx)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error
    throw new UserError(
      'The PostgreSQL database is in use: Bookwright, or another migrate-to, is running on it. End that and try again.',
      { cause: error },
    )
  }
}

async function refuseRows(tx: Tx): Promise<void> {
  for (const table of TABLES) {
    const count = await countRows(tx, table)
    if (count === 0) continue
    throw new UserError(
      `The PostgreSQL database is not empty: it has ${count} ${count === 1 ? 'row' : 'rows'} in ${table.name}. Name an empty one (createdb makes one). Nothing was changed.`,
    )
  }
}

async function countRows(tx: Tx, { name }: Table): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(tx)
  return Number(rows[0]?.count)
}

async function copyTable(tx: Tx, source: Source, table: Table): Promise<void> {
  const to = sql.table(table.name)
  for (const rows of source.batches(table, BATCH)) {
    const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)))
    const json = JSON.stringify(rows)
    try {
      await sql`insert into ${to} (${columns}) select ${columns} from json_populate_recordset(null::${to}, ${json}::json)`.execute(
        tx,
      )
    } catch (error) {
      throw refused(error, table, rows)
    }
  }
}

/** What only the data can be the reason of: a text, a number or a column that PostgreSQL does not take. */
function refused(error: unknown, { name, key }: Table, rows: Row[]): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^(22|42703|23)/.test(code)) return error
  const [from, to] = [rows[0]?.[key], rows.at(-1)?.[key]]
  return new UserError(
    `PostgreSQL does not take the rows ${from} to ${to} of ${name} (${messageOf(error)}). Nothing was changed there; please report this.`,
  )
}

/** Every row as it was, and none besides. */
async function compareTable(tx: Tx, source: Source, table: Table): Promise<void> {
  const { name, key } = table
  let count = 0
  for (const rows of source.batches(table, BATCH)) {
    const keys = rows.map((row) => row[key])
    const found = await sql<Row>`select * from ${sql.table(name)} where ${sql.ref(key)} = any(${keys})`.execute(tx)
    const copies = new Map(found.rows.map((row) => [row[key], row]))
    const other = rows.find((row) => !isDeepStrictEqual({ ...row }, { ...copies.get(row[key]) }))
    if (other)
      throw new UserError(`${name} ${other[key]} is not the same after copying. Nothing was kept; please report this.`)
    count += rows.length
  }
  const copied = await countRows(tx, table)
  if (copied !== count || count !== source.count(table))
    throw new UserError(`${name} has ${copied} rows after copying ${count}. Nothing was kept; please report this.`)
}

/** A number is never used again, even if its row has been removed. */
async function goOnNumbering(tx: Tx, { numbers }: Source, { name, key }: Table): Promise<void> {
  const last = numbers.get(name)
  if (last === undefined || last < 1) return
  await sql`select setval(pg_get_serial_sequence(${name}, ${key}), ${last})`.execute(tx)
}
