import assert from 'node:assert/strict'
import type { Outcome, Plan, PlanState, Won } from '../../../src/planner/plan/types.ts'

/** What an outcome says must be so, and be all there is to say. */
export function assertExplained(plan: Plan, state: PlanState, outcome: Outcome): void {
  assertRun(plan, state, outcome)
  assertHoldings(state, outcome)
  assertStory(plan, state, outcome)
}

function assertRun(plan: Plan, state: PlanState, { result, run, story }: Outcome): void {
  const first = run[0]?.hour ?? 0
  assert.deepEqual(
    run.map(({ hour }) => hour),
    run.map((_, index) => first + index),
    'the hours of the run are adjacent',
  )
  if (result === 'full') assert.equal(run.length, plan.hours)
  if (result === 'full') return
  if (result === 'fewer') assert.ok(run.length >= plan.least && run.length < plan.hours)
  else assert.deepEqual(run, [])
  assert.equal(result === 'stopped', state.stopped)
  if (result !== 'stopped')
    assert.ok(longest(story.map(({ came }) => came === 'leftover' || came === 'run')) < plan.hours)
  if (result === 'failed')
    assert.ok(longest(story.map(({ came }) => came === 'leftover')) < plan.least, 'no block would have done')
}

/** Run and leftovers are, together, what is held: each once, as it was won. */
function assertHoldings({ tries }: PlanState, { run, leftovers }: Outcome): void {
  const held = tries.filter(({ state, cancelling }) => state === 'won' && cancelling !== 'done')
  const told: Won[] = [...run, ...leftovers]
  assert.deepEqual(
    told.map(({ tryId }) => tryId).toSorted((a, b) => a - b),
    held.map(({ id }) => id),
  )
  for (const { tryId, ...won } of told) {
    const made = held.find(({ id }) => id === tryId)
    assert.deepEqual(won, { hour: made?.hour, place: made?.place, option: made?.option, account: made?.account })
  }
  assert.ok(
    tries.every(({ state, cancelling }) => state !== 'open' && cancelling !== 'open'),
    'nothing is under way',
  )
}

function assertStory(plan: Plan, { tries }: PlanState, { result, run, leftovers, story }: Outcome): void {
  assert.deepEqual(
    story.map(({ hour }) => hour),
    Array.from({ length: plan.to - plan.from }, (_, index) => plan.from + index),
    'a line for each hour of the window',
  )
  const told = story.flatMap((line) => line.places.flatMap((place) => place.tries))
  assert.deepEqual(
    told.toSorted((a, b) => a.id - b.id),
    tries,
    'every try is told once',
  )
  for (const { hour, came, places } of story) {
    assert.ok(places.every((at) => at.tries.every((made) => made.hour === hour && made.place === at.place)))
    const isIn = (won: readonly Won[]) => won.some((one) => one.hour === hour)
    assert.equal(came === 'run', isIn(run))
    if (came !== 'run') assert.equal(came === 'leftover', isIn(leftovers))
    if (came === 'stopped') assert.equal(result, 'stopped')
    if (came === 'needless') assert.ok(result === 'full' || result === 'fewer')
    if (came === 'hopeless') assert.equal(result, 'failed')
    if (came !== 'given-up') continue
    assert.deepEqual(
      places.map(({ place }) => place),
      plan.places.map(({ place }) => place),
    )
    for (const { tries, barred } of places)
      if (tries.length === 0)
        assert.deepEqual(
          barred.map(({ account }) => account),
          plan.accounts,
          'nobody could',
        )
  }
}

function longest(hours: readonly boolean[]): number {
  let [best, length] = [0, 0]
  for (const isHeld of hours) {
    length = isHeld ? length + 1 : 0
    best = Math.max(best, length)
  }
  return best
}
