import type { SlotView } from '../../sim/delft-x/control/contract.ts'
import type { Account } from '../../src/db/accounts.ts'
import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Report, Row, Scale } from '../report.ts'
import { ms, percentile, round } from '../stats.ts'
import { openingsAfter, openShotHouse, type ShotHouse } from './house.ts'
import { byTimer, type PlainShooter, plainShooter } from './plain.ts'
import { type Person, type Site, startSite, TRAVEL_MS } from './site.ts'

const SKEWS_S = [-2, 0, 2]
/** A rival has each place so long after its opening. */
const RIVAL_MS = 80
/** Time for three logins, later only their checks, and to measure the clock. */
const AHEAD = { seconds: 18 }
/** A public bot that was too early tries again so often, for so long. */
const PLAIN_EVERY_MS = 500
const PLAIN_FOR_MS = 5_000
const OUR_PLACES = ['X1 A', 'X2 A', 'X3 A']
const THEIR_PLACES = ['X1 B', 'X2 B', 'X3 B']

type Won = { skewS: number; ours: boolean[]; theirs: boolean[]; late: number[] }

export const raceBench: Benchmark = {
  name: 'race',
  what: `who gets a place that a rival has ${RIVAL_MS} ms after its opening`,
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const rounds = scale === 'quick' ? 2 : 12
  const site = await startSite(place, OUR_PLACES.length + THEIR_PLACES.length)
  // Hour after hour of one day: whoever has won one may go for the next.
  await site.control.setRules({ c1: false, c2: false })
  const house = await openShotHouse(place, site)
  const ours: Account[] = []
  for (const person of site.people.slice(0, OUR_PLACES.length)) ours.push(await house.add(person))
  const theirs = site.people.slice(OUR_PLACES.length)
  const openings = openingsAfter(Temporal.Now.instant(), 'X1')
  const all: Won[] = []
  for (const skewS of scale === 'quick' ? [2] : SKEWS_S) {
    const won: Won = { skewS, ours: [], theirs: [], late: [] }
    for (let n = 0; n < rounds; n++) {
      const opening = openings.next().value
      if (!opening) break
      await race(site, house, { ours, theirs }, opening, won)
    }
    all.push(won)
  }
  return reportOf(all)
}

type Opening = { date: string; start: string; opensAt: Temporal.Instant }

/** Everybody goes for a place of their own, with a rival of its own, at the same instant. */
async function race(
  site: Site,
  house: ShotHouse,
  { ours, theirs }: { ours: readonly Account[]; theirs: readonly Person[] },
  { date, start, opensAt }: Opening,
  won: Won,
): Promise<void> {
  const { control } = site
  await house.setClocks(opensAt.subtract(AHEAD), won.skewS * 1_000)
  const rivals = [...OUR_PLACES, ...THEIR_PLACES].map((place) => ({ date, start, place, afterMs: RIVAL_MS }))
  await control.setRivals(rivals)
  const slots = (await control.slots(date)).filter((slot) => slot.start === start)
  const slotAt = (place: string | undefined): SlotView => {
    const slot = slots.find((it) => it.place === place)
    if (!slot) throw new Error(`the stand-in does not list ${place}`)
    return slot
  }
  const shooters = await Promise.all(theirs.map((person, n) => plainShooter(site, person, slotAt(THEIR_PLACES[n]))))
  const before = (await control.posts()).length
  const ids = await Promise.all(ours.map((account, n) => house.queue(account, slotAt(OUR_PLACES[n]))))
  const inMs = house.now().until(opensAt).total('milliseconds')
  const plain = shooters.map((shooter) => byTimer(Date.now() + inMs, () => insist(shooter)))
  const ended = await Promise.all(ids.map((id) => house.ended(id)))
  won.ours.push(...ended.map(({ result }) => result?.kind === 'booked'))
  won.theirs.push(...(await Promise.all(plain)))
  const posts = (await control.posts()).slice(before)
  for (const place of OUR_PLACES) {
    const first = posts.find((post) => post.place === place)
    if (first) won.late.push(first.offsetMs)
  }
  await Promise.all(shooters.map((shooter) => shooter.close()))
  await control.clearRivals()
}

/** Fires, and again while it may be too early; whether it has booked. */
async function insist(shooter: PlainShooter): Promise<boolean> {
  const end = performance.now() + PLAIN_FOR_MS
  for (;;) {
    if ((await shooter.fire()) === 201) return true
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, PLAIN_EVERY_MS))
  }
}

function reportOf(all: readonly Won[]): Report {
  const total = { ours: all.flatMap(({ ours }) => ours), theirs: all.flatMap(({ theirs }) => theirs) }
  return {
    rows: [
      ...all.flatMap(rowsOf),
      { what: 'all: Bookwright', figures: shareOf(total.ours) },
      { what: 'all: setTimeout on the own clock, repeated', figures: shareOf(total.theirs) },
    ],
    notes: [
      `Real worker, browser and queue, actions claimed ahead; the stand-in of X as a process of its own, ${TRAVEL_MS} ms there and back.`,
      `Everybody has places and rivals of their own. The plain shooter is logged in ahead and asks again every ${PLAIN_EVERY_MS} ms for ${PLAIN_FOR_MS / 1_000} s.`,
    ],
    figures: Object.fromEntries(
      all.map(({ skewS, ours, theirs, late }) => [
        `${skewS} s`,
        { n: ours.length, ours: count(ours), theirs: count(theirs), ourP50Ms: round(percentile(late, 0.5)) },
      ]),
    ),
  }
}

function rowsOf({ skewS, ours, theirs, late }: Won): Row[] {
  const portal = `portal ${skewS > 0 ? '+' : ''}${skewS} s`
  const arrived = `arrived p50 ${ms(percentile(late, 0.5))}, first ${ms(percentile(late, 0))}, last ${ms(percentile(late, 1))}`
  return [
    { what: `Bookwright, ${portal}`, figures: `${shareOf(ours)}; ${arrived}` },
    { what: `setTimeout on the own clock, ${portal}`, figures: shareOf(theirs) },
  ]
}

function shareOf(won: readonly boolean[]): string {
  return `won ${count(won)} of ${won.length}`
}

function count(won: readonly boolean[]): number {
  return won.filter(Boolean).length
}
