import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { ENGINE } from './engines.ts'

/** All that the database keeps: SQLite's files, or the rows of all tables on a PostgreSQL server. */
export async function everythingKept(house: { folder: string; databaseUrl: string }): Promise<Buffer[]> {
  if (ENGINE === 'SQLite')
    return readdirSync(house.folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.startsWith('bookwright.db'))
      .map((entry) => readFileSync(join(house.folder, entry.name)))
  const client = new Client({ connectionString: house.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
    )
    const kept: Buffer[] = []
    for (const { name } of rows) {
      const table = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
      kept.push(Buffer.from(table.rows.map(({ row }) => row).join('\n')))
    }
    return kept
  } finally {
    await client.end()
  }
}
