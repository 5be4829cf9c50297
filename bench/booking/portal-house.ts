import { join } from 'node:path'
import { connectPolimisport } from '../../sim/polimisport/client.ts'
import type { PolimisportControl, SlotView } from '../../sim/polimisport/control/contract.ts'
import { systemClock } from '../../src/core/clock.ts'
import { createLog } from '../../src/core/log.ts'
import { ensureVaultKey, openVault, type Vault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import { startWorker, type Worker } from '../../src/worker/worker.ts'
import { nowMs } from '../instant.ts'
import type { Place } from '../place.ts'
import type { BenchPerson } from './people.ts'

const OWNER = 1001
const BOOKING_LIMIT_MS = 60_000

/** A database, its workers, and the stand-in of Polimisport as a process of its own. */
export type PortalHouse = {
  addAccount(person: BenchPerson): Promise<Account>
  startWorker(): Promise<Worker>
  /** Books a class that is free, through the queue; answers the milliseconds from queued to ended. */
  book(account: Account): Promise<number>
}

export async function openPortalHouse(place: Place, people: readonly BenchPerson[]): Promise<PortalHouse> {
  const sim = place.start(
    'sim/polimisport/main.ts',
    people.flatMap((person) => ['--person', JSON.stringify(person)]),
  )
  const { baseUrl, ssoBaseUrl, controlUrl } = await sim.ready()
  const site = connectPolimisport(String(controlUrl))
  const keyFile = join(place.folder, 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const db = await openDatabase({ url: `file:${join(place.folder, 'bookwright.db')}`, clock: systemClock })
  place.onClose(() => db.close())
  await ensureUser(db, OWNER, 'owner')
  return {
    addAccount: (person) => addAccount(db, vault, person),
    startWorker: () =>
      startWorker({
        db,
        vault,
        log: createLog('bench', 'silent'),
        config: {
          browser: { headless: true },
          dataDir: place.folder,
          portals: { polimisport: { baseUrl: String(baseUrl), ssoBaseUrl: String(ssoBaseUrl) } },
          worker: { concurrency: 2 },
        },
      }),
    book: (account) => book(db, site, account),
  }
}

async function addAccount(db: Database, vault: Vault, person: BenchPerson): Promise<Account> {
  const { username, password, secret, name } = person
  const credentials = { username, password, otpauth: secret }
  await takeOverAccount(db, vault, { userId: OWNER, portal: 'polimisport', name, credentials })
  const account = (await listAccountsOf(db.read, OWNER)).find((each) => each.name === name)
  if (!account) throw new Error(`${name} has no account`)
  return account
}

async function book(db: Database, site: PolimisportControl, account: Account): Promise<number> {
  const slot = await freeSlot(site)
  const { id: accountId, portal } = account
  const end = Temporal.PlainTime.from(slot.time).add({ minutes: slot.minutes }).toString({ smallestUnit: 'minute' })
  const location = slot.activity === 'gym' ? 'Giuriati - Fit Center' : 'Giuriati - Corsi Platinum'
  const begun = nowMs()
  const { id } = await enqueueAction(db, {
    type: 'book',
    userId: OWNER,
    accountId,
    portal,
    slot: { date: slot.date, start: slot.time, end, location, course: slot.skill, siteId: slot.id },
    deadline: Temporal.Instant.from(slot.startsAt),
  })
  const action = await waitForEnd(db, id, AbortSignal.timeout(BOOKING_LIMIT_MS))
  const took = nowMs() - begun
  if (action.result?.kind !== 'booked') throw new Error(`not booked: ${JSON.stringify(action.error)}`)
  // The next booking finds the site as this one found it.
  for (const { username, slotId } of (await site.state()).bookings) await site.cancelByHand({ username, slotId })
  return took
}

/** A class of tomorrow: open at any hour of the day. */
async function freeSlot(site: PolimisportControl): Promise<SlotView> {
  const { slots } = await site.state()
  const tomorrow = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 1 }).toString()
  const slot = slots.find(({ date, spots, skill }) => date === tomorrow && spots > 1 && skill !== null)
  if (!slot) throw new Error('the stand-in has no free class')
  return slot
}
