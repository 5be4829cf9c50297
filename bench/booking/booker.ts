import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SlotView } from '../../sim/polimisport/control/contract.ts'
import type { Config } from '../../src/core/config.ts'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import { createLog } from '../../src/core/log.ts'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { listSteps, waitForEnd } from '../../src/db/actions/read.ts'
import { openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import { startWorker, type Worker } from '../../src/worker/worker.ts'
import type { Place } from '../place.ts'
import type { Person, Site } from './site.ts'

/** One booking: milliseconds from the queueing to the end, and what came when, from the claim on. */
export type Booked = { ms: number; steps: { name: string; ms: number }[] }

/** A new database with a real worker on it, as in production but in this process. */
export type Booker = {
  add(person: Person): Promise<Account>
  /** Books through the queue, and takes it back on the site afterwards. */
  book(account: Account, person: Person, slot: SlotView): Promise<Booked>
  /** Ends the worker with its browser, and starts another. */
  restart(): Promise<void>
  close(): Promise<void>
}

const BOOKING_LIMIT_MS = 60_000
const GYM = 'Giuriati - Fit Center'
const CLASSES = 'Giuriati - Corsi Platinum'
let bookers = 0

export async function openBooker(place: Place, site: Site, browser: Config['browser']): Promise<Booker> {
  bookers += 1
  const dataDir = join(place.folder, `booker-${bookers}`)
  mkdirSync(dataDir)
  const keyFile = join(dataDir, 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const db = await openDatabase({ url: `file:${join(dataDir, 'bookwright.db')}` })
  const keep = { days: 90, evidenceDays: 14 }
  const config = {
    browser,
    dataDir,
    portals: { polimisport: site.urls },
    worker: { concurrency: 2 },
    shots: SHOT_DEFAULTS,
    keep,
  }
  const start = () => startWorker({ db, vault, config, log: createLog('bench', 'silent') })
  let worker: Worker | undefined = await start()
  const stop = async () => {
    const running = worker
    worker = undefined
    await running?.stop('at once')
  }
  place.onClose(stop)

  return {
    async add({ username, password, secret }) {
      const userId = Number(username)
      await ensureUser(db, userId, 'member')
      const credentials = { username, password, otpauth: secret }
      await takeOverAccount(db, vault, { userId, portal: 'polimisport', name: 'Polimisport', credentials })
      const account = (await listAccountsOf(db.read, userId)).at(-1)
      if (!account) throw new Error('the account was not added')
      return account
    },
    async book(account, { username }, slot) {
      const { id: accountId, user_id: userId, portal } = account
      const start = performance.now()
      const { id } = await enqueueAction(db, { type: 'book', userId, accountId, portal, ...asked(slot) })
      const action = await waitForEnd(db, id, AbortSignal.timeout(BOOKING_LIMIT_MS))
      const ms = performance.now() - start
      if (action.result?.kind !== 'booked') throw new Error(`not booked: ${JSON.stringify(action.error)}`)
      await site.control.cancelByHand({ username, slotId: slot.id })
      const steps = await listSteps(db.read, id)
      return { ms, steps: lengthsOf([...steps, { name: 'ended', at: action.completedAt ?? '' }]) }
    },
    async restart() {
      await stop()
      worker = await start()
    },
    async close() {
      await stop()
      await db.close()
    },
  }
}

/** How long each step lasted: until the next one. */
function lengthsOf(steps: readonly { name: string; at: string }[]): Booked['steps'] {
  return steps.slice(0, -1).map(({ name, at }, index) => {
    const next = steps[index + 1]?.at ?? at
    return { name, ms: Temporal.Instant.from(at).until(next).total('milliseconds') }
  })
}

function asked({ activity, date, time, minutes, skill, id, startsAt }: SlotView) {
  const end = Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: 'minute' })
  const location = activity === 'gym' ? GYM : CLASSES
  return {
    slot: { location, course: skill, date, start: time, end, siteId: id },
    deadline: Temporal.Instant.from(startsAt),
  }
}
