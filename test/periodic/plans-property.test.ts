import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { BookAction } from '../../src/db/actions/action.ts'
import type { Database } from '../../src/db/database.ts'
import { pauseAccount, resumeAccount } from '../../src/db/own-accounts.ts'
import { answerConsent } from '../../src/db/plan-consent.ts'
import { createPlan, stopPlan } from '../../src/db/plans.ts'
import { ENGINE } from '../support/engines.ts'
import { GUEST, OWNER } from '../support/house.ts'
import {
  type Answers,
  endClaim,
  FITNESS,
  newPlan,
  openPlanHouse,
  type PlanHouse,
  portalWith,
  X1,
  X3,
} from '../support/plan-house.ts'

/** Each run has a day of its own in this house. */
let house: PlanHouse
let executors: Database[]
let day = Temporal.PlainDate.from('2025-11-17')
before(async () => {
  house = await openPlanHouse()
  executors = [house.db, await house.open()]
})
after(() => house.close())

/** An executor may die before its moves are committed, or right after, before it knows. */
type Death = 'never' | 'before' | 'after'
type Step =
  | { do: 'look'; by: number; dies: Death }
  | { do: 'look-together' }
  | { do: 'work'; says: 'as it is' | 'limit-reached' | 'refused' | 'already-booked'; cancels: boolean }
  | { do: 'time' }
  | { do: 'stop' | 'refuse' | 'accept' | 'pause' | 'resume' }

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      by: fc.nat(1),
      dies: fc.constantFrom<Death>('never', 'before', 'after'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'look-together' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      says: fc.oneof(
        { weight: 8, arbitrary: fc.constant('as it is' as const) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('limit-reached' as const, 'refused' as const, 'already-booked' as const),
        },
      ),
      cancels: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'time' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('refuse' as const, 'accept' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
)

const worldArbitrary = fc.record({
  hours: fc.integer({ min: 1, max: 3 }),
  fewer: fc.nat(2),
  spare: fc.nat(2),
  places: fc.subarray([X1, X3, FITNESS], { minLength: 1 }),
  /** Which cells rivals leave: one bit each. */
  free: fc.func(fc.boolean()),
  steps: fc.array(stepArbitrary, { maxLength: 40 }),
  stopAfter: fc.option(fc.nat(40), { nil: undefined }),
})

describe('a plan, whatever dies and whoever interferes on the way', () => {
  it('makes each move once, ends once, and keeps no surplus', { timeout: 240_000 }, () =>
    fc.assert(
      fc.asyncProperty(worldArbitrary, async (world) => {
        day = day.add({ days: 1 })
        const { hours } = world
        const made = await createPlan(house.db, {
          ...newPlan(house.accounts),
          date: day.toString(),
          hours,
          least: Math.max(1, hours - world.fewer),
          to: 13 + hours + world.spare,
          places: world.places,
        })
        assert.ok(made.outcome === 'created')
        const { planId } = made
        await answerConsent(house.db, GUEST.id, {
          planId,
          accountId: house.accounts[3].id,
          version: 1,
          answer: 'accepted',
        })
        const run = { planId, portal: portalWith(house.db, (cell) => world.free(cell)), hour: 12 }
        setClock(run)
        const stops = world.stopAfter
        for (const [index, step] of world.steps.entries()) await take(run, index === stops ? { do: 'stop' } : step)
        await finish(run, 13 + hours + world.spare)
        await judge(planId)
      }),
      { numRuns: ENGINE === 'SQLite' ? 60 : 12 },
    ),
  )
})

type Run = { planId: number; portal: Answers; hour: number }

/** At the opening of the halls of this hour. */
function setClock({ hour }: Run): void {
  const opening = day.subtract({ days: 3 }).toZonedDateTime({ timeZone: 'Europe/Amsterdam', plainTime: `${hour}:00` })
  house.clock.set(opening.toInstant().toString())
}

async function take(run: Run, step: Step): Promise<void> {
  const { db } = house
  const [guests, third] = [house.accounts[3].id, house.accounts[2].id]
  switch (step.do) {
    case 'look':
      return await house.look(mortal(executors[step.by] ?? db, step.dies))
    case 'look-together':
      return void (await Promise.all(executors.map((each) => house.look(each))))
    case 'work':
      return await work(run, step)
    case 'time':
      run.hour = Math.min(run.hour + 1, 20)
      return setClock(run)
    case 'stop':
      return void (await stopPlan(db, OWNER.id, run.planId))
    case 'refuse':
      return void (await answerConsent(db, GUEST.id, {
        planId: run.planId,
        accountId: guests,
        version: 1,
        answer: 'refused',
      }))
    case 'accept':
      return void (await answerConsent(db, GUEST.id, {
        planId: run.planId,
        accountId: guests,
        version: 1,
        answer: 'accepted',
      }))
    case 'pause':
      return void (await pauseAccount(db, OWNER.id, third))
    case 'resume':
      return void (await resumeAccount(db, OWNER.id, third))
  }
}

async function work({ portal }: Run, { says, cancels }: Extract<Step, { do: 'work' }>): Promise<void> {
  const claim = await house.claim()
  if (!claim) return
  const answer = (action: BookAction) => (says === 'as it is' ? portal(action) : says)
  await endClaim(house.db, claim, answer, cancels)
}

function mortal(db: Database, dies: Death): Database {
  if (dies === 'never') return db
  return {
    ...db,
    async write(work, poke) {
      const done = await db.write(async (tx, now) => {
        const result = await work(tx, now)
        if (dies === 'before') throw new Error('the executor died')
        return result
      }, poke)
      if (dies === 'after') throw new Error('the executor died')
      return done
    },
  }
}

/** The clock never goes back: what was queued at a later hour would not be due any more. */
async function finish(run: Run, to: number): Promise<void> {
  for (const last = Math.max(run.hour, to); run.hour <= last; run.hour++) {
    setClock(run)
    await house.settle(run.portal, executors)
  }
  await resumeAccount(house.db, OWNER.id, house.accounts[2].id)
}

async function judge(planId: number): Promise<void> {
  const { db } = house
  const plan = await house.view(planId)
  assert.equal(plan.state, 'ended')
  const actions = await db.read.selectFrom('booking_actions').selectAll().where('date', '=', plan.date).execute()
  assert.ok(actions.every(({ status }) => status !== 'pending' && status !== 'processing'))

  const sorted = (ids: (number | null)[]) => ids.map(Number).toSorted((a, b) => a - b)
  const ofType = (type: string) => actions.filter(({ action_type }) => action_type === type)
  assert.deepEqual(sorted(ofType('book').map(({ id }) => id)), sorted(plan.tries.map(({ actionId }) => actionId)))
  const cancelled = plan.tries.flatMap(({ cancelActionId }) => cancelActionId ?? [])
  assert.deepEqual(sorted(ofType('cancel').map(({ id }) => id)), sorted(cancelled))

  const bookings = await db.read.selectFrom('user_bookings').select('id').where('date', '=', plan.date).execute()
  const held = plan.tries.filter(({ state, cancelling }) => state === 'won' && cancelling !== 'done')
  assert.deepEqual(sorted(bookings.map(({ id }) => id)), sorted(held.map(({ bookingId }) => bookingId)))
  const { outcome } = plan
  const told = [...(outcome?.run ?? []), ...(outcome?.leftovers ?? [])]
  assert.deepEqual(sorted(told.map(({ tryId }) => tryId)), sorted(held.map(({ id }) => id)))
  for (const [hour, wins] of Map.groupBy(held, (made) => made.hour)) {
    const surplus = wins.filter(({ cancelling }) => cancelling !== 'failed')
    assert.ok(surplus.length <= 1, `more than one is kept of ${hour}`)
  }
  for (const [cell, tries] of Map.groupBy(plan.tries, ({ hour, place }) => `${hour} ${place}`)) {
    const most = plan.places.find(({ place }) => cell.endsWith(place))?.maxAccounts ?? 0
    assert.ok(tries.filter(({ kind }) => kind === 'spread').length <= most)
  }
  const notices = await db.read.selectFrom('notices').selectAll().where('kind', '=', 'plan').execute()
  const events = notices
    .map(({ data, user_id }) => ({ ...JSON.parse(data), user_id }))
    .filter((n) => n.planId === planId)
  const makers = events.filter(({ user_id }) => user_id === OWNER.id).map(({ event }) => event)
  assert.deepEqual(makers, plan.tries.length === 0 ? ['ended'] : ['began', 'ended'])
}
