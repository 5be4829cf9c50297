import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SlotView } from '../../sim/delft-x/control/contract.ts'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import { createLog } from '../../src/core/log.ts'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import type { Action } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import { delftXFacts } from '../../src/portals/delft-x/facts.ts'
import { startWorker } from '../../src/worker/worker.ts'
import type { Place } from '../place.ts'
import type { Person, Site } from './site.ts'

/** A house with a real worker and browser, whose clock and the stand-in's are set to shortly before openings. */
export type ShotHouse = {
  add(person: Person): Promise<Account>
  /** Sets our clock to `instant`, and the portal's to `skewMs` more. */
  setClocks(instant: Temporal.Instant, skewMs: number): Promise<void>
  now(): Temporal.Instant
  /** Queues the booking of a slot that is about to open. */
  queue(account: Account, slot: SlotView): Promise<number>
  ended(actionId: number): Promise<Action>
}

const LIMIT_MS = 90_000

export async function openShotHouse(place: Place, site: Site): Promise<ShotHouse> {
  const dataDir = join(place.folder, 'house')
  mkdirSync(dataDir)
  ensureVaultKey(join(dataDir, 'vault.key'))
  const vault = openVault(join(dataDir, 'vault.key'))
  let offset = new Temporal.Duration()
  const clock = { now: () => Temporal.Now.instant().add(offset) }
  const db = await openDatabase({ url: `file:${join(dataDir, 'bookwright.db')}`, clock })
  place.onClose(() => db.close())
  const config = {
    browser: { headless: true },
    dataDir,
    portals: { 'delft-x': site.urls },
    worker: { concurrency: 4 },
    shots: SHOT_DEFAULTS,
    keep: { days: 90, evidenceDays: 14 },
  }
  const worker = await startWorker({ db, vault, config, log: createLog('bench', 'silent') })
  place.onClose(() => worker.stop('at once'))
  let people = 0

  return {
    now: clock.now,
    async add(credentials) {
      people += 1
      await ensureUser(db, people, 'member')
      await takeOverAccount(db, vault, { userId: people, portal: 'delft-x', name: `Account ${people}`, credentials })
      const [account] = await listAccountsOf(db.read, people)
      if (!account) throw new Error('the account was not added')
      return account
    },
    async setClocks(instant, skewMs) {
      offset = Temporal.Now.instant().until(instant)
      await site.control.setClock({ offsetSeconds: (offset.total('milliseconds') + skewMs) / 1_000 })
    },
    async queue({ id: accountId, user_id: userId, portal }, { place, date, start, startDate }) {
      const isHall = place !== 'Fitness'
      const location = isHall ? place.split(' ')[0] : place
      const slot = { date, start, end: null, location: String(location), course: isHall ? place : null, siteId: null }
      const deadline = Temporal.Instant.from(startDate)
      const { id } = await enqueueAction(db, { type: 'book', userId, accountId, portal, slot, deadline })
      return id
    },
    ended: (actionId) => waitForEnd(db, actionId, AbortSignal.timeout(LIMIT_MS)),
  }
}

/** The next openings of halls after `now`, an hour apart, each with the hour that opens and its date. */
export function* openingsAfter(now: Temporal.Instant, location: string) {
  const { timeZone, opening } = delftXFacts
  let day = now.toZonedDateTimeISO(timeZone).toPlainDate()
  for (; ; day = day.add({ days: 1 }))
    for (let hour = 7; hour <= 23; hour++) {
      const slot = { date: day.toString(), start: `${String(hour).padStart(2, '0')}:00`, location }
      const opensAt = opening(slot)
      if (Temporal.Instant.compare(opensAt, now.add({ minutes: 5 })) > 0) yield { ...slot, opensAt }
    }
}
