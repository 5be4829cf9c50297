import type { Plan, PlanPlace, PlanState } from '../../../src/planner/plan/types.ts'
import { fixedPortal, type Played, play } from './portal.ts'

/** A booking: who is where at which hour. */
type Booked = { account: number; hour: number; place: string }

/** A plan, the bookings its accounts have beside it, and the cells that rivals leave free; all the rest is theirs. */
type World = { plan: Plan; held: readonly Booked[]; isFree: (hour: number, option: string) => boolean; free: string }

const FROM = 13
const hall = (place: string, options: number) => ({
  place,
  options: Array.from({ length: options }, (_, index) => `${place}${index + 1}`),
  shared: false,
})
const GYM = { place: 'S', options: ['S'], shared: true }

/** The places of small worlds: one hall or two, of one option or two, and a gym as the second. */
const PLACES = {
  X: [hall('X', 1)],
  'X of two': [hall('X', 2)],
  'X, Y': [hall('X', 1), hall('Y', 1)],
  'X of two, Y': [hall('X', 2), hall('Y', 1)],
  'X of two, gym': [hall('X', 2), GYM],
  'X of two, Y of two': [hall('X', 2), hall('Y', 2)],
} as const

export type Size = {
  places: keyof typeof PLACES
  accounts: number
  /** The length of the window. */
  window: number
  hours: number
  least: number
  maxAccounts: number
}

/** Who of the accounts is busy at some hour of the window after its first. */
export function busyAfterFirst(held: readonly Booked[]): number[] {
  return [...new Set(held.filter(({ hour }) => hour > FROM).map(({ account }) => account))]
}

/** Every set of free cells for a plan of that size, with these bookings beside it. */
export function* worlds(size: Size, held: readonly Booked[] = []): Generator<World> {
  const places: PlanPlace[] = PLACES[size.places].map((place) => ({ ...place, maxAccounts: size.maxAccounts }))
  const { hours, least } = size
  const plan = { hours, least, from: FROM, to: FROM + size.window, places, accounts: upTo(size.accounts) }
  const cells = upTo(size.window).flatMap((nth) =>
    places.flatMap(({ options }) => options.map((option) => `${FROM + nth - 1} ${option}`)),
  )
  const bit = new Map(cells.map((cell, index) => [cell, 1 << index]))
  for (let set = 0; set < 1 << cells.length; set++) {
    const isFree = (hour: number, option: string) => (set & (bit.get(`${hour} ${option}`) ?? 0)) !== 0
    yield { plan, held, isFree, free: cells.filter((cell) => set & (bit.get(cell) ?? 0)).join(', ') }
  }
}

/**
 * Every booking that one of the accounts could have beside a plan of that size: in its places or elsewhere, in the
 * window or the hour before it.
 */
export function bookedBeside(size: Size): Booked[] {
  const places = [...PLACES[size.places].map(({ place }) => place), 'elsewhere']
  const hours = [FROM - 1, ...upTo(size.window).map((nth) => FROM + nth - 1)]
  return upTo(size.accounts).flatMap((account) =>
    hours.flatMap((hour) => places.map((place) => ({ account, hour, place }))),
  )
}

export function playIn(world: World): Played {
  return play(world.plan, fixedPortal(world.plan, world.isFree), { held: world.held })
}

/**
 * The longest run, by brute force, that can be had in a world by whoever decides the hours in order and books each in
 * the first place by priority that has a free option and an account for it (C1, C2), until N adjacent ones are held: the
 * best over every choice of the account, made knowing what will be free. Nothing when that is less than is accepted.
 * `mayPass`: it may also leave hours out, knowing the same.
 */
export function longestPossible(
  world: World,
  mayPass = false,
  hour: number = FROM,
  won: readonly Booked[] = [],
): number {
  const { plan, held, isFree } = world
  const length = longestBlock(won.map((booked) => booked.hour))
  if (length >= plan.hours || hour >= plan.to) return length >= plan.least ? Math.min(length, plan.hours) : 0
  const passed = () => longestPossible(world, mayPass, hour + 1, won)
  const isBarred = (account: number, place: string) =>
    [...held, ...won].some((has) => has.account === account && (has.hour === hour || has.place === place))
  const first = plan.places.find(
    ({ place, options }) =>
      options.some((option) => isFree(hour, option)) && plan.accounts.some((account) => !isBarred(account, place)),
  )
  if (first === undefined) return passed()
  const choices = plan.accounts.filter((account) => !isBarred(account, first.place))
  const booked = choices.map((account) =>
    longestPossible(world, mayPass, hour + 1, [...won, { account, hour, place: first.place }]),
  )
  return Math.max(...booked, mayPass ? passed() : 0)
}

/**
 * Whether the plan's success ever hung on who of several accounts won an hour: at some hour that it won, another account
 * could have won it in its stead, and the two are not free at the same later hours of the window.
 */
export function hasFork(world: World, state: PlanState): boolean {
  const won = state.tries.filter((made) => made.state === 'won' && made.cancelling === null)
  return won.some((mine) => {
    const before = [...world.held, ...won.filter((made) => made.hour < mine.hour)]
    const isBarred = (account: number) =>
      before.some((has) => has.account === account && (has.hour === mine.hour || has.place === mine.place))
    const others = world.plan.accounts.filter((account) => account !== mine.account && !isBarred(account))
    return others.some((other) => busyLater(world, other, mine.hour) !== busyLater(world, mine.account, mine.hour))
  })
}

function busyLater({ held }: World, account: number, hour: number): string {
  const hours = held.filter((has) => has.account === account && has.hour > hour).map((has) => has.hour)
  return [...new Set(hours)].sort().join()
}

function longestBlock(hours: readonly number[]): number {
  let best = 0
  for (const hour of hours) {
    let length = 1
    while (hours.includes(hour + length)) length++
    best = Math.max(best, length)
  }
  return best
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
