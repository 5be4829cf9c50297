import { claimNextAction } from '../../src/db/actions/claim.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { openDatabase } from '../../src/db/database.ts'
import { listen, say } from '../helper-side.ts'
import { nowMs } from '../instant.ts'

/** An action was claimed, at this instant of the machine's clock. */
export type Started = { id: number; at: number }

/** A worker without a portal: waits, claims and ends as the real one does, and tells when it claimed what. */
const [url = ''] = process.argv.slice(2)
const LOOK_EVERY_MS = 1000
const LIMITS = new Map([['polimisport', 3]])
const db = await openDatabase({ url })
let wake = Promise.withResolvers<void>()
await db.waker.listen('work', () => wake.resolve())
setInterval(() => wake.resolve(), LOOK_EVERY_MS)
listen(
  () => undefined,
  () => db.close(),
)
say('ready')
for (;;) {
  wake = Promise.withResolvers()
  await claimAll()
  await wake.promise
}

async function claimAll(): Promise<void> {
  for (;;) {
    const claim = await claimNextAction(db, `claimer-${process.pid}`, LIMITS)
    const at = nowMs()
    if (!claim) return
    await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'checked' } })
    say({ id: claim.action.id, at } satisfies Started)
  }
}
