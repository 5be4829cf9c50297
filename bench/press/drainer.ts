import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { messageOf } from '../../src/core/errors.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { openDatabase } from '../../src/db/database.ts'
import { listen, say } from '../helper-side.ts'

/** What a drainer tells when it is asked to stop. */
export type Drained = { ended: number; seconds: number; errors: string[] }

/** A worker whose actions take no time: claims and ends so many a second; 0: as many as it can. */
const [url = '', rate = '0'] = process.argv.slice(2)
/** No limit of a portal holds it back; the actions that are pressed for are left alone. */
const LIMITS = new Map([['polimisport', 1000]])
const perSecond = Number(rate)
const db = await openDatabase({ url })
await db.waker.listen('work', () => undefined)
const errors: string[] = []
let stopping = false
let ended = 0
listen(
  () => {
    stopping = true
  },
  () => db.close(),
)
say('ready')
const start = performance.now()
while (!stopping) {
  const did = await drainOne().catch((error) => void errors.push(messageOf(error)))
  if (perSecond > 0) await pause(Math.max(did ? 0 : 1, start + (ended * 1000) / perSecond - performance.now()))
  else if (did) await turn()
  else await pause(1)
}
say({ ended, seconds: (performance.now() - start) / 1000, errors } satisfies Drained)

async function drainOne(): Promise<boolean> {
  const claim = await claimNextAction(db, `drainer-${process.pid}`, LIMITS, ['sync'])
  if (!claim) return false
  await endAttempt(db, claim.lease, {
    status: 'completed',
    result: { kind: 'synced', bookings: 0, added: 0, removed: 0 },
  })
  ended += 1
  return true
}
