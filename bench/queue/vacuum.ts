import { Client } from 'pg'

/** Removes what is dead and counts what is there, so that nobody is measured against yesterday's statistics. */
export async function vacuum(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze').finally(() => client.end())
}
