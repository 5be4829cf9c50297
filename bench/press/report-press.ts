import type { Figures, Report, Row } from '../report.ts'
import { ms, round, type Summary, summarise } from '../stats.ts'
import type { FloorOfPress } from './floor-bot.ts'
import type { Loaded } from './load.ts'
import type { Pickups } from './pickup.ts'
import type { Presses } from './presses.ts'

export type Measured = {
  floors: FloorOfPress[]
  alone: Presses
  /** With a house full of people, rules and history. */
  crowded: Presses
  steady: Loaded
  rushed: Loaded
  pickupFloors: number[]
  one: Pickups
  four: Pickups
}

/** Budgets of the plan: times its floor, or milliseconds. */
const PRESS_TIMES_FLOOR = 3
const STEADY_P99_MS = 25
const RUSHED_P99_MS = 150
const PICKUP_P50_MS = 2
const PICKUP_P99_MS = 6

export function reportOf(measured: Measured): Report {
  const { floors, alone, crowded, steady, rushed, pickupFloors, one, four } = measured
  const floor = summarise(floors.map(({ both }) => both))
  const library = summarise(floors.map(({ libraryCall }) => libraryCall))
  const commit = summarise(floors.map((each) => each.commit))
  const answered = summarise(alone.answered)
  const times = answered.p50 / floor.p50
  const inCrowd = summarise(crowded.answered)
  const timesInCrowd = inCrowd.p50 / floor.p50
  const pickupFloor = summarise(pickupFloors)
  return {
    rows: [
      { what: 'floor of a press: one durable commit + one call', figures: show(floor) },
      { what: '  of that the commit', figures: show(commit) },
      { what: '  the call through the bot’s library instead', figures: show(library) },
      {
        what: 'press → answer, bot alone',
        figures: `${show(answered)} = ${times.toFixed(2)} × floor`,
        budget: `p50 ≤ ${PRESS_TIMES_FLOOR} × floor`,
        ok: times <= PRESS_TIMES_FLOOR && alone.errors.length === 0,
      },
      { what: 'press → message edited, bot alone', figures: show(summarise(alone.edited)) },
      {
        what: 'press → answer, with 100 users, 1,000 rules and 100,000 ended actions',
        figures: `${show(inCrowd)} = ${timesInCrowd.toFixed(2)} × floor, ${(inCrowd.p50 / answered.p50).toFixed(2)} × alone`,
        budget: `p50 ≤ ${PRESS_TIMES_FLOOR} × floor`,
        ok: timesInCrowd <= PRESS_TIMES_FLOOR && crowded.errors.length === 0,
      },
      ...loadRows(`while 4 workers end ${Math.round(steady.endedPerSecond)} actions/s`, steady, STEADY_P99_MS),
      ...loadRows(
        `while they drain as fast as they can (${Math.round(rushed.endedPerSecond)}/s)`,
        rushed,
        RUSHED_P99_MS,
      ),
      { what: 'floor of a pickup: poke + plain claim', figures: show(pickupFloor) },
      ...pickupRows('1 worker waits', one),
      ...pickupRows('4 workers wait', four),
    ],
    notes: [
      'A press arrives over a local Bot API server; its answer is timed there, when it has arrived whole.',
      'Actions of the load belong to other accounts and to nobody who is told: the bot has no messages to send for them.',
    ],
    figures: {
      floor: figuresOf(floor),
      floorCommit: figuresOf(commit),
      libraryCall: figuresOf(library),
      answered: { ...figuresOf(answered), timesFloor: round(times), errors: alone.errors.length },
      edited: figuresOf(summarise(alone.edited)),
      crowded: { ...figuresOf(inCrowd), timesFloor: round(timesInCrowd), errors: crowded.errors.length },
      steady: loadFigures(steady),
      rushed: loadFigures(rushed),
      pickupFloor: figuresOf(pickupFloor),
      pickupOneWorker: pickupFigures(one, pickupFloor),
      pickupFourWorkers: pickupFigures(four, pickupFloor),
    },
  }
}

function loadRows(when: string, load: Loaded, limit: number): Row[] {
  const answered = summarise(load.answered)
  const errors = errorsOf(load)
  return [
    {
      what: `press → answer, ${when}`,
      figures: `${show(answered)}, ${errors.length} errors${errors[0] === undefined ? '' : ` (${errors[0]})`}`,
      budget: `p99 ≤ ${limit} ms, no error`,
      ok: answered.p99 <= limit && errors.length === 0,
    },
    { what: '  → message edited', figures: show(summarise(load.edited)) },
  ]
}

function pickupRows(when: string, pickups: Pickups): Row[] {
  const queued = summarise(pickups.fromQueued)
  return [
    {
      what: `queued → started, ${when}`,
      figures: show(queued),
      budget: `p50 ≤ ${PICKUP_P50_MS} ms, p99 ≤ ${PICKUP_P99_MS} ms`,
      ok: queued.p50 <= PICKUP_P50_MS && queued.p99 <= PICKUP_P99_MS,
    },
    { what: '  with the writing of the action', figures: show(summarise(pickups.fromAsked)) },
  ]
}

function errorsOf(load: Loaded): string[] {
  return [...load.errors, ...load.drainerErrors]
}

function loadFigures(load: Loaded): Figures {
  return {
    ...figuresOf(summarise(load.answered)),
    edited: figuresOf(summarise(load.edited)),
    endedPerSecond: round(load.endedPerSecond, 0),
    errors: errorsOf(load).length,
  }
}

function pickupFigures(pickups: Pickups, floor: Summary): Figures {
  const queued = summarise(pickups.fromQueued)
  const asked = summarise(pickups.fromAsked)
  return { ...figuresOf(queued), timesFloor: round(queued.p50 / floor.p50), withWriting: figuresOf(asked) }
}

function figuresOf({ n, p50, p99, max }: Summary): Figures {
  return { n, p50, p99, max }
}

function show({ p50, p99 }: Summary): string {
  return `p50 ${ms(p50)}, p99 ${ms(p99)}`
}
