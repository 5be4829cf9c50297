import assert from 'node:assert/strict'
import type { Move, Plan, PlanState, Try } from '../../../src/planner/plan/types.ts'
import type { Look } from './portal.ts'

/** The rules of dossier delft-x §7 as they must hold at every look, said without the planner. */
type Attempt = Extract<Move, { do: 'try' }>

const isHeld = (made: Try) => made.state === 'open' || (made.state === 'won' && made.cancelling !== 'done')
const isOpen = (made: Try) => made.state === 'open'
const isAwaited = (state: PlanState) => (made: Try) => isOpen(made) && !state.overdue.includes(made.id)

/** Whatever is stored, nothing is held or under way twice: C1, C2, with the bookings beside the plan. */
export function assertLimits(state: PlanState): void {
  const ours = state.tries.filter(isHeld)
  for (const made of ours) {
    const others = [...state.held, ...ours.filter((other) => other.id !== made.id)]
    for (const other of others.filter(({ account }) => account === made.account)) {
      assert.notEqual(other.hour, made.hour, 'C1: one booking of an account at an hour')
      assert.notEqual(other.place, made.place, 'C2: one booking of an account in a place')
    }
  }
}

/** Of each hour one booking is kept once the surplus has been asked back, and never none of those won. */
export function assertOneKept({ tries }: PlanState): void {
  for (const hour of new Set(tries.filter(({ state }) => state === 'won').map(({ hour }) => hour))) {
    const won = tries.filter((made) => made.hour === hour && made.state === 'won')
    assert.equal(won.filter(({ cancelling }) => cancelling === null).length, 1, 'R5: one is kept, the rest given back')
  }
}

/** What may be tried: by whom, where, after what. */
export function assertAllowed(plan: Plan, { before, moves, isDue }: Look, move: Attempt): void {
  const wanted = plan.places.findIndex(({ place }) => place === move.place)
  const place = plan.places[wanted]
  assert.ok(place?.options.includes(move.option) && plan.accounts.includes(move.account))
  assert.ok(move.hour >= plan.from && move.hour < plan.to && isDue(move.place, move.hour))
  assert.ok(!before.stopped && !before.unusable.includes(move.account))
  assertNotGivenUp(before, move)
  const atHour = before.tries.filter(({ hour }) => hour === move.hour)
  const here = atHour.filter((made) => made.place === move.place)
  assert.ok(
    before.tries.filter(isAwaited(before)).every(({ hour }) => hour === move.hour),
    'R1: hour by hour',
  )
  assert.ok(!atHour.some(isKept), 'nothing is tried for an hour that is held')
  const earlier = plan.places.slice(0, wanted).map(({ place }) => place)
  assert.ok(
    !atHour.filter(isAwaited(before)).some((made) => earlier.includes(made.place)),
    'R7: the next place waits for this one',
  )
  if (move.kind === 'spread') assert.deepEqual(here, [], 'R4: the first tries all go at once')
  else assertSibling(here, move, isAwaited(before))
  assert.equal(moves.filter((other) => other.do === 'try' && other.account === move.account).length, 1)
}

/** R7: while nothing is overdue no place is gone back to from a later one. */
export function assertInOrder(plan: Plan, { before }: Look, move: Attempt): void {
  const later = plan.places.slice(plan.places.findIndex(({ place }) => place === move.place) + 1)
  const isLater = (made: Try) => made.hour === move.hour && later.some(({ place }) => place === made.place)
  assert.ok(!before.tries.some((made) => isOpen(made) && isLater(made)))
}

/** R6: who was refused, once, where nobody of ours has won or may still win. */
function assertSibling(here: readonly Try[], move: Attempt, isAwaited: (made: Try) => boolean): void {
  const own = here.filter(({ account }) => account === move.account)
  assert.ok(own.length > 0 && own.every(({ state }) => state === 'taken'), 'R6: only who was refused')
  assert.ok(
    own.every(({ option }) => option !== move.option),
    'R6: once',
  )
  assert.ok(!here.some(({ state }) => state === 'won'), 'R6: only where nobody of ours won')
  assert.ok(!here.some((made) => made.option === move.option && made.kind === 'spread' && isAwaited(made)))
}

/** R4: as many as may, dealt round over the options; R3: those with fewer bookings first, where all else is equal. */
export function assertDealt(plan: Plan, { before, moves }: Look): void {
  const dealt = moves.filter((move): move is Attempt => move.do === 'try' && move.kind === 'spread')
  const place = plan.places.find((wanted) => wanted.place === dealt[0]?.place)
  const options = place?.options ?? []
  assert.deepEqual(
    dealt.map(({ option }) => option),
    dealt.map((_, turn) => options[turn % options.length]),
  )
  if (before.held.length > 0) return
  const ranks = dealt.map(({ account }) => ({
    held: before.tries.filter((made) => made.account === account && isHeld(made)).length,
    order: plan.accounts.indexOf(account),
  }))
  const isLast = (hour: number) => before.tries.every((made) => !isHeld(made) || made.hour < hour)
  if (!dealt.every(({ hour }) => isLast(hour))) return
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a.held - b.held || a.order - b.order),
  )
}

/** Never more tries than allowed: so many accounts for an hour of a place, each once at an option of it. */
export function assertCounts(plan: Plan, { tries }: PlanState): void {
  const cells = new Set(tries.map((made) => JSON.stringify([made.hour, made.option, made.account])))
  assert.equal(cells.size, tries.length, 'nobody tries the same twice')
  for (const { place, maxAccounts } of plan.places)
    for (const hour of new Set(tries.map((made) => made.hour))) {
      const accounts = tries.filter((made) => made.hour === hour && made.place === place).map(({ account }) => account)
      assert.ok(new Set(accounts).size <= maxAccounts, `${new Set(accounts).size} accounts try for ${place} at ${hour}`)
    }
}

/** R8: what the portal has said once holds for the account from then on. */
function assertNotGivenUp({ tries }: PlanState, move: Attempt): void {
  const own = tries.filter(({ account }) => account === move.account)
  const isAtPlace = ({ place }: Try) => place === move.place
  assert.ok(!own.some(({ state }) => state === 'auth-failed'))
  assert.ok(!own.some((made) => made.state === 'overlap' && made.hour === move.hour))
  assert.ok(!own.some((made) => isAtPlace(made) && ['limit', 'no-subscription'].includes(made.state)))
}

function isKept(made: Try): boolean {
  return made.state === 'won' && made.cancelling === null
}
