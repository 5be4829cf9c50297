import type { Config } from '../../src/core/config.ts'
import { ensureBrowser } from '../../src/scripts/ensure-browser.ts'
import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Report, Scale } from '../report.ts'
import { type Booked, openBooker } from './booker.ts'
import { browserMemory, canMeasureMemory } from './memory.ts'
import { freshCode } from './one-time-code.ts'
import { type Memory, reportOf } from './report-booking.ts'
import { type Site, startSite } from './site.ts'

const COUNTS = { full: { cold: 8, warm: 40, restart: 8 }, quick: { cold: 1, warm: 2, restart: 1 } }
/** Accounts whose contexts are kept warm when memory is measured. */
const ACCOUNTS = 4

/** A whole booking at the stand-in of Polimisport, by a real worker with a real browser. */
export const bookingBench: Benchmark = {
  name: 'booking',
  what: 'one booking from the queue to its proof in the list, cold and warm, and the browser’s memory',
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const counts = COUNTS[scale]
  const named = process.env['BOOKWRIGHT_TEST_BROWSER']
  const wanted = { headless: true, ...(named === undefined ? {} : { executablePath: named }) }
  const executablePath = await ensureBrowser(wanted, (line) => console.error(`bookwright: ${line}`))
  const browser = { ...wanted, executablePath }
  const site = await startSite(place, counts.cold + ACCOUNTS)
  const cold = await measureCold(place, site, browser, counts.cold)
  const rest = await measureWarm(place, site, browser, counts)
  return reportOf({ cold, ...rest, browser: executablePath })
}

/** A new database and a new worker each time, and somebody whose one-time code was not used yet. */
async function measureCold(place: Place, site: Site, browser: Config['browser'], count: number): Promise<Booked[]> {
  const cold: Booked[] = []
  for (const [index, person] of site.people.slice(0, count).entries()) {
    const booker = await openBooker(place, site, browser)
    const account = await booker.add(person)
    await freshCode()
    cold.push(await booker.book(account, person, slotOf(site, index)))
    await booker.close()
  }
  return cold
}

type Rest = { warm: Booked[]; restarted: Booked[]; memory: Memory | undefined }

async function measureWarm(
  place: Place,
  site: Site,
  browser: Config['browser'],
  counts: { warm: number; restart: number },
): Promise<Rest> {
  const booker = await openBooker(place, site, browser)
  const [first, ...others] = site.people.slice(-ACCOUNTS)
  if (!first) throw new Error('the site has no people')
  const account = await booker.add(first)
  await freshCode()
  await booker.book(account, first, slotOf(site, 0))

  const restarted: Booked[] = []
  for (let index = 0; index < counts.restart; index++) {
    await booker.restart()
    restarted.push(await booker.book(account, first, slotOf(site, index)))
  }
  const warm: Booked[] = []
  for (let index = 0; index < counts.warm; index++) warm.push(await booker.book(account, first, slotOf(site, index)))

  let memory: Memory | undefined
  if (canMeasureMemory) {
    const one = await browserMemory(site.pid)
    for (const [index, person] of others.entries()) {
      await freshCode()
      await booker.book(await booker.add(person), person, slotOf(site, index))
    }
    memory = { accounts: ACCOUNTS, one, all: await browserMemory(site.pid) }
  }
  await booker.close()
  return { warm, restarted, memory }
}

function slotOf({ slots }: Site, index: number) {
  const slot = slots[index % slots.length]
  if (!slot) throw new Error('the stand-in has no class that can be booked now')
  return slot
}
