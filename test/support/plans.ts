import Sqlite from 'better-sqlite3'
import { Client } from 'pg'

export type Heard = { sql: string; parameters: readonly unknown[] }

/** Tables that grow as long as Bookwright is used, by the names that queries give them. */
const HISTORY = '(booking_actions|action_steps|attempts|shots|notices)'

/** The steps of the queries' plans that read a whole table of history, each with its query. */
export async function tableScans(url: string, queries: readonly Heard[]): Promise<string[]> {
  return url.startsWith('file:') ? scansOnSqlite(url, queries) : await scansOnPostgres(url, queries)
}

function scansOnSqlite(url: string, queries: readonly Heard[]): string[] {
  const sqlite = new Sqlite(url.slice('file:'.length))
  try {
    return queries.flatMap(({ sql, parameters }) =>
      sqlite
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...parameters)
        .filter(({ detail }) =>
          /^SCAN (booking_actions|a|action_steps|attempts|t|shots|notices|n)\b(?!.* USING)/.test(detail),
        )
        .map(({ detail }) => `${detail}: ${sql}`),
    )
  } finally {
    sqlite.close()
  }
}

/** A small table is read whole whatever its indexes: forbidden to, PostgreSQL does so only where no index serves. */
async function scansOnPostgres(url: string, queries: readonly Heard[]): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    // As the real connections plan: once, whatever the values are.
    await client.query(
      'set enable_seqscan = off; set enable_bitmapscan = off; set plan_cache_mode = force_generic_plan',
    )
    const scans: string[] = []
    for (const [index, { sql, parameters }] of queries.entries()) {
      await client.query(`prepare heard_${index} as ${sql}`)
      const values = parameters.length === 0 ? '' : `(${parameters.map(() => 'null').join(', ')})`
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute heard_${index}${values}`)
      const steps = rows.map((row) => row['QUERY PLAN'].trim())
      const whole = steps.filter((step) => new RegExp(`Seq Scan on ${HISTORY}\\b`).test(step))
      scans.push(...whole.map((step) => `${step}: ${sql}`))
    }
    return scans
  } finally {
    await client.end()
  }
}
