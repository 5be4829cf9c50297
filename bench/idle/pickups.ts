import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { findAction } from '../../src/db/actions/read.ts'
import { nowMs } from '../instant.ts'
import type { Place } from '../place.ts'
import { openContender } from '../queue/contender.ts'
import { CLAIMED } from './floor-worker.ts'
import { type IdleHouse, PORTAL } from './idle-house.ts'

/** Everything is idle again before the next one. */
const PAUSE_MS = 250
const LIMIT_MS = 10_000

/** Milliseconds from queued until it is told that a worker has claimed the action, one by one. */
export async function measurePickups({ db, account }: IdleHouse, count: number): Promise<number[]> {
  const times: number[] = []
  let news = Promise.withResolvers<number>()
  const stop = await db.waker.listen('news', () => news.resolve(nowMs()))
  for (let index = 0; index < count; index++) {
    const { id } = await enqueueAction(db, { userId: null, accountId: account, portal: PORTAL, type: 'check' })
    const queued = nowMs()
    for (;;) {
      const told = await news.promise
      news = Promise.withResolvers()
      const action = await findAction(db.read, id)
      if (action?.startedAt != null) {
        times.push(told - queued)
        break
      }
      if (nowMs() - queued > LIMIT_MS) throw new Error(`action #${id} was not claimed in time`)
    }
    await pause(PAUSE_MS)
    await db.write((tx) => tx.deleteFrom('booking_actions').execute())
    news = Promise.withResolvers()
  }
  stop()
  return times
}

/** The same with plain statements: LISTEN, a prepared claim, and NOTIFY to tell of it. */
export async function measureFloor(place: Place, url: string, count: number): Promise<number[]> {
  const queue = await openContender('raw-postgres-notify', url)
  place.onClose(() => queue.close())
  await queue.fill(0, false)
  const worker = place.help(new URL('./floor-worker.ts', import.meta.url), [url])
  await worker.heard()
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`listen ${CLAIMED}`)
  let told = Promise.withResolvers<number>()
  client.on('notification', () => told.resolve(nowMs()))
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    told = Promise.withResolvers()
    await queue.enqueue()
    const queued = nowMs()
    times.push((await told.promise) - queued)
    await pause(PAUSE_MS)
  }
  await worker.stop()
  await client.end()
  return times
}
