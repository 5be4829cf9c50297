import type { PortalClock } from '../../src/planner/portal-clock.ts'
import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Figures, Report, Row, Scale } from '../report.ts'
import { ms, percentile, round } from '../stats.ts'
import { keepCoreBusy } from './busy.ts'
import { bySchedule, byTimer, plainShooter } from './plain.ts'
import { openShooter, type Shooter, slotAhead } from './shooter.ts'
import { type Site, startSite, TRAVEL_MS } from './site.ts'

const SKEWS_S = [-2, 0, 2]
const P50_MS = 10
const P99_MS = 25
/** Between two instants: longer than a request takes. */
const EVERY_MS = 70

/** When requests arrived, in milliseconds after the instant that was aimed at, by the portal's clock. */
type Arrivals = { who: string; skewS: number; load: Load; late: number[]; clock?: PortalClock; wrongMs?: number }
type Load = 'idle' | 'one core busy'

export const shotBench: Benchmark = {
  name: 'shot',
  what: 'how long after an instant of the portal’s clock a request arrives there',
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const shots = scale === 'quick' ? 10 : 200
  const site = await startSite(place, 2)
  const [ours, theirs] = site.people
  if (!ours || !theirs) throw new Error('nobody is there')
  const shooter = await openShooter(place, site, ours)
  const { date, start, course } = slotAhead()
  const slot = (await site.control.slots(date)).find((it) => it.start === start && it.place === course)
  if (!slot) throw new Error('the stand-in does not list the slot')
  const plain = await plainShooter(site, theirs, slot)
  place.onClose(() => plain.close())
  const all: Arrivals[] = []
  for (const load of ['idle', 'one core busy'] as const) {
    const relax = load === 'idle' ? () => undefined : keepCoreBusy(place)
    for (const skewS of scale === 'quick' ? [2] : SKEWS_S) {
      await site.control.setClock({ offsetSeconds: skewS })
      all.push(await shootByPortal(site, shooter, skewS, load, shots))
      for (const [who, way] of [
        ['setTimeout, own clock', byTimer],
        ['node-schedule, own clock', bySchedule],
      ] as const) {
        const late = await volley(site, shots, (instant) => way(instant, plain.fire), Date.now() + 300)
        all.push({ who, skewS, load, late })
      }
    }
    relax()
  }
  return reportOf(all)
}

async function shootByPortal(
  site: Site,
  shooter: Shooter,
  skewS: number,
  load: Load,
  shots: number,
): Promise<Arrivals> {
  const clock = await shooter.aim()
  const first = Math.ceil(performance.now() + clock.ahead + 300)
  const late = await volley(site, shots, (instant) => shooter.fireAt(instant), first)
  const wrongMs = clock.ahead - performance.timeOrigin - skewS * 1_000
  return { who: 'Bookwright', skewS, load, late, clock, wrongMs }
}

/** Fires at `shots` instants in turn, and reads from the stand-in when each arrived. */
async function volley(
  { control }: Site,
  shots: number,
  fire: (epochMs: number) => Promise<unknown>,
  first: number,
): Promise<number[]> {
  const before = (await control.posts()).length
  const instants = Array.from({ length: shots }, (_, index) => first + index * EVERY_MS)
  for (const instant of instants) await fire(instant)
  const posts = (await control.posts()).slice(before)
  if (posts.length !== shots) throw new Error(`${posts.length} of ${shots} requests arrived`)
  return posts.map(({ arrivedAt }, index) => epochMs(arrivedAt) - (instants[index] ?? 0))
}

/** With its fractions. */
function epochMs(instant: string): number {
  return Number(Temporal.Instant.from(instant).epochNanoseconds / 1_000n) / 1_000
}

function reportOf(all: readonly Arrivals[]): Report {
  const rows = all.map(rowOf)
  const clocks = all.flatMap(({ clock, wrongMs, skewS, load }) =>
    clock ? [`${skewS} s, ${load}: off by ${ms(Math.abs(wrongMs ?? 0))}, bound ± ${ms(clock.error)}`] : [],
  )
  return {
    rows,
    notes: [
      `The stand-in of X as a process of its own, ${TRAVEL_MS} ms there and back; its clock is off by so many seconds. Instants are ${EVERY_MS} ms apart, on`,
      'the portal’s clock for Bookwright; whoever goes by their own clock aims at the same time of day there.',
      ...clocks.map((line) => `Clock as measured, ${line}`),
    ],
    figures: Object.fromEntries(all.map((one) => [`${one.who}, ${one.skewS} s, ${one.load}`, figuresOf(one)])),
  }
}

function rowOf(arrivals: Arrivals): Row {
  const { who, skewS, load, late } = arrivals
  const at = (share: number) => percentile(late, share)
  const early = late.filter((each) => each < 0).length
  const what = `${who}, portal ${skewS > 0 ? '+' : ''}${skewS} s, ${load}`
  const figures = `p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, max ${ms(at(1))}; early ${early} of ${late.length}`
  if (who !== 'Bookwright') return { what, figures }
  if (load !== 'idle') return { what, figures, budget: 'none early', ok: early === 0 }
  const ok = early === 0 && at(0.5) <= P50_MS && at(0.99) <= P99_MS
  return { what, figures, budget: `p50 ≤ ${P50_MS}, p99 ≤ ${P99_MS} ms, none early`, ok }
}

function figuresOf({ late, clock, wrongMs }: Arrivals): Figures {
  const at = (share: number) => round(percentile(late, share))
  const measured = { n: late.length, min: at(0), p50: at(0.5), p99: at(0.99), max: at(1) }
  if (!clock || wrongMs === undefined) return measured
  return { ...measured, clockWrongMs: round(wrongMs), clockBoundMs: round(clock.error) }
}
