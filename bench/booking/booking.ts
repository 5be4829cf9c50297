import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Report, Row, Scale } from '../report.ts'
import { ms, round, type Summary, summarise } from '../stats.ts'
import { browserMemory } from './memory.ts'
import { makePeople } from './people.ts'
import { openPortalHouse, type PortalHouse } from './portal-house.ts'

const COUNTS = { full: { cold: 8, warm: 40, restarts: 8 }, quick: { cold: 1, warm: 2, restarts: 1 } }
/** Contexts kept warm beside the first, for the memory of a further account. */
const FURTHER_ACCOUNTS = 3
/** What the Python original sleeps, fixed, for one course booking on the same path (shared/performance.md). */
const ORIGINAL_SLEEPS_MS = 12_500
const COLD_LIMIT_MS = 2_000
const WARM_LIMIT_MS = 150
const MEMORY_LIMIT_MIB = 40

/** One booking on the stand-in of the site, through queue, worker and a real browser, proven by the site's list. */
export const bookingBench: Benchmark = {
  name: 'booking',
  what: 'one booking on the stand-in, from queued to proven: cold login, warm session, restarted worker',
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const counts = COUNTS[scale]
  const people = makePeople(counts.cold + FURTHER_ACCOUNTS)
  const house = await openPortalHouse(place, people)
  const cold = await inTurn(people.slice(0, counts.cold), async (person) => {
    const account = await house.addAccount(person)
    return withWorker(house, () => house.book(account))
  })
  const [first] = people
  if (!first) throw new Error('nobody is there to book')
  const account = await house.addAccount(first)
  const restarted = await inTurn(Array.from({ length: counts.restarts }), () =>
    withWorker(house, () => house.book(account)),
  )
  const { warm, perAccount } = await withWorker(house, async () => {
    await house.book(account)
    const warm = await inTurn(Array.from({ length: counts.warm }), () => house.book(account))
    const one = browserMemory()
    for (const person of people.slice(counts.cold)) await house.book(await house.addAccount(person))
    const all = browserMemory()
    const perAccount = one === undefined || all === undefined ? undefined : (all - one) / FURTHER_ACCOUNTS
    return { warm, perAccount }
  })
  return reportOf(summarise(cold), summarise(warm), summarise(restarted), perAccount)
}

/** A worker whose browser has not been started, ended afterwards. */
async function withWorker<T>(house: PortalHouse, work: () => Promise<T>): Promise<T> {
  const worker = await house.startWorker()
  try {
    return await work()
  } finally {
    await worker.stop()
  }
}

async function inTurn<T>(items: readonly T[], measure: (item: T) => Promise<number>): Promise<number[]> {
  const measured: number[] = []
  for (const item of items) measured.push(await measure(item))
  return measured
}

function reportOf(cold: Summary, warm: Summary, restarted: Summary, perAccount: number | undefined): Report {
  const timed = (what: string, summary: Summary, limit: number | undefined): Row => ({
    what,
    figures: `p50 ${ms(summary.p50)}, slowest ${ms(summary.max)}: the original's sleeps alone are ${(ORIGINAL_SLEEPS_MS / summary.p50).toFixed(0)} × that`,
    ...(limit === undefined ? {} : { budget: `p50 ≤ ${limit} ms`, ok: summary.p50 <= limit }),
  })
  const memory: Row[] =
    perAccount === undefined
      ? []
      : [
          {
            what: 'memory of a further account (PSS of the browser)',
            figures: `${perAccount.toFixed(0)} MiB`,
            budget: `≤ ${MEMORY_LIMIT_MIB} MiB`,
            ok: perAccount <= MEMORY_LIMIT_MIB,
          },
        ]
  return {
    rows: [
      { what: 'fixed sleeps of the Python original', figures: ms(ORIGINAL_SLEEPS_MS) },
      timed('cold: browser start, login with code, booking, proof', cold, COLD_LIMIT_MS),
      timed('restarted worker: browser start, saved session', restarted, undefined),
      timed('warm session', warm, WARM_LIMIT_MS),
      ...memory,
    ],
    notes: ['From the insert into the queue to the end written, with the booking seen on the site’s own list.'],
    figures: {
      originalSleepsMs: ORIGINAL_SLEEPS_MS,
      cold: { ...cold },
      restarted: { ...restarted },
      warm: { ...warm },
      timesFasterCold: round(ORIGINAL_SLEEPS_MS / cold.p50, 1),
      timesFasterWarm: round(ORIGINAL_SLEEPS_MS / warm.p50, 1),
      ...(perAccount === undefined ? {} : { memoryPerAccountMiB: round(perAccount, 1) }),
    },
  }
}
