import { Client } from 'pg'
import { listen, say } from '../helper-side.ts'
import { openContender } from '../queue/contender.ts'

/** The channel on which a claim is told. */
export const CLAIMED = 'raw_claimed'

if (import.meta.main) {
  const [url = ''] = process.argv.slice(2)
  const queue = await openContender('raw-postgres-notify', url)
  const client = new Client({ connectionString: url })
  await client.connect()
  const stop = await queue.work({
    started: () => void client.query({ name: 'tell', text: `select pg_notify('${CLAIMED}', '')` }),
    ended: () => true,
    failed(error) {
      throw error
    },
  })
  listen(
    () => undefined,
    async () => {
      await stop()
      await queue.close()
      await client.end()
    },
  )
  say('ready')
}
