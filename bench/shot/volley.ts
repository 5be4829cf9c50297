import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Report, Scale } from '../report.ts'
import { ms, percentile, round } from '../stats.ts'
import { openingsAfter, openShotHouse } from './house.ts'
import { startSite, TRAVEL_MS } from './site.ts'

const ACCOUNTS = 20
/** Time to log in 20 accounts the first time, and to measure the clock. */
const AHEAD = { seconds: 60 }
const LATER = { seconds: 25 }

type Volley = { offsets: number[]; booked: number }

export const volleyBench: Benchmark = {
  name: 'volley',
  what: `${ACCOUNTS} accounts that fire at the same instant`,
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const rounds = scale === 'quick' ? 1 : 8
  const site = await startSite(place, ACCOUNTS)
  const house = await openShotHouse(place, site)
  const accounts = []
  for (const person of site.people) accounts.push(await house.add(person))
  const openings = openingsAfter(Temporal.Now.instant(), 'Fitness')
  const volleys: Volley[] = []
  for (let n = 0; n < rounds; n++) {
    const { date, start, opensAt } = openings.next().value ?? never()
    await house.setClocks(opensAt.subtract(n === 0 ? AHEAD : LATER), 0)
    await site.control.fill({ date, start, place: 'Fitness', taken: 0 })
    const slot = (await site.control.slots(date)).find((it) => it.start === start && it.place === 'Fitness') ?? never()
    const before = (await site.control.posts()).length
    const ids = await Promise.all(accounts.map((account) => house.queue(account, slot)))
    const ended = await Promise.all(ids.map((id) => house.ended(id)))
    const posts = (await site.control.posts()).slice(before)
    volleys.push({
      offsets: posts.map(({ offsetMs }) => offsetMs),
      booked: ended.filter(({ result }) => result?.kind === 'booked').length,
    })
    // Nobody books a second time on one day: the next round is another's.
    for (const { username } of site.people) await site.control.cancelByHand({ username, date, start, place: 'Fitness' })
  }
  return reportOf(volleys)
}

function never(): never {
  throw new Error('the stand-in has no such opening')
}

function reportOf(volleys: readonly Volley[]): Report {
  const spreads = volleys.map(({ offsets }) => Math.max(...offsets) - Math.min(...offsets))
  const all = volleys.flatMap(({ offsets }) => offsets)
  const booked = volleys.reduce((sum, volley) => sum + volley.booked, 0)
  const early = all.filter((offset) => offset < 0).length
  return {
    rows: [
      {
        what: `arrival after the opening, ${ACCOUNTS} accounts × ${volleys.length}`,
        figures: `p50 ${ms(percentile(all, 0.5))}, p99 ${ms(percentile(all, 0.99))}, max ${ms(Math.max(...all))}; early ${early} of ${all.length}`,
        budget: 'none early',
        ok: early === 0,
      },
      {
        what: 'from the first arrival of a volley to its last',
        figures: `p50 ${ms(percentile(spreads, 0.5))}, worst ${ms(Math.max(...spreads))}`,
      },
      { what: 'booked', figures: `${booked} of ${ACCOUNTS * volleys.length}` },
    ],
    notes: [
      `Real worker, browser and queue, one process; the stand-in of X as another, ${TRAVEL_MS} ms there and back. A request that was sent again counts too.`,
    ],
    figures: {
      n: all.length,
      p50: round(percentile(all, 0.5)),
      p99: round(percentile(all, 0.99)),
      max: round(Math.max(...all)),
      early,
      spreadP50: round(percentile(spreads, 0.5)),
      spreadWorst: round(Math.max(...spreads)),
      booked,
    },
  }
}
