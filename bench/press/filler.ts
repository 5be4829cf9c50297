import { setTimeout as pause } from 'node:timers/promises'
import { systemClock, toStamp } from '../../src/core/clock.ts'
import { openDatabase, type Tx } from '../../src/db/database.ts'
import { listen, say } from '../helper-side.ts'

/** Keeps about this many actions waiting for the drainers, spread over these accounts. */
const DEPTH = 300
const EVERY_MS = 20
const [url = '', accounts = ''] = process.argv.slice(2)
const accountIds = accounts.split(',').map(Number)
const db = await openDatabase({ url })
let filled = 0
listen(
  () => undefined,
  () => db.close(),
)
for (let first = true; ; first = false) {
  await db.write(fill)
  if (first) say('ready')
  await pause(EVERY_MS)
}

async function fill(tx: Tx): Promise<void> {
  const { waiting } = await tx
    .selectFrom('booking_actions')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow()
  const missing = Math.max(0, DEPTH - Number(waiting))
  if (missing > 0)
    await tx
      .insertInto('booking_actions')
      .values(Array.from({ length: missing }, action))
      .execute()
}

/** As cron asks for one: nobody is told, so that the bot has no messages to send for it. */
function action() {
  filled += 1
  const stamp = toStamp(systemClock.now())
  return {
    action_type: 'sync' as const,
    user_id: null,
    account_id: accountIds[filled % accountIds.length] ?? 0,
    portal: 'polimisport',
    status: 'pending' as const,
    priority: 80,
    run_at: stamp,
    dedupe_key: `bench:${process.pid}:${filled}`,
    max_attempts: 10,
    created_at: stamp,
  }
}
