import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findPlan } from '../../src/db/plan-views.ts'
import { createPlan, type NewPlan } from '../../src/db/plans.ts'
import type { Outcome } from '../../src/planner/plan/types.ts'
import { OWNER } from '../support/house.ts'
import { openPlanProcesses, type PlanProcesses } from '../support/plan-processes.ts'

/** Mondays; their halls open on the Friday before at the same hours. The first is that of the dossier's examples. */
const MONDAY = '2025-11-17'
const NEXT_MONDAY = '2025-11-24'
const PEOPLE = [
  { username: 'uone', password: 'first-secret' },
  { username: 'utwo', password: 'second-secret' },
  { username: 'uthree', password: 'third-secret' },
]
const X1 = { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 }
const X3 = { place: 'X3', options: ['X3 A', 'X3 B'], shared: false, maxAccounts: 2 }
const FITNESS = { place: 'Fitness', options: [null], shared: true, maxAccounts: 3 }

let processes: PlanProcesses
function openingDay(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 3 }).toString()
}

/** A quarter of an hour before the first opening the logins are checked. */
async function checkLogins(date: string): Promise<void> {
  await processes.at(`${openingDay(date)}T12:46`)
}

/** The tries are queued, and the hour opens, after time enough to learn the site's clock. */
async function openHour(date: string, hour: number): Promise<void> {
  for (const time of ['58:00', '59:53.700']) await processes.at(`${openingDay(date)}T${hour - 1}:${time}`)
}

/** Three hours from 13 on, with all accounts; answers the plan's id. */
async function makePlan(wish: Pick<NewPlan, 'date' | 'least' | 'to' | 'places'>): Promise<number> {
  const { db, accountIds } = processes
  const made = await createPlan(db, { userId: OWNER.id, portal: 'delft-x', hours: 3, from: 13, accountIds, ...wish })
  assert.ok(made.outcome === 'created')
  return made.planId
}

async function outcomeOf(id: number): Promise<Outcome> {
  const outcome = (await findPlan(processes.db.read, id))?.outcome
  assert.ok(outcome, `the plan has not ended:\n${processes.output()}`)
  return outcome
}

function cellsOf(won: Outcome['run']): string[] {
  return won.map(({ hour, option }) => `${hour} ${option}`)
}

/** Somebody has each of these (`15 X1 A`) from its opening on. */
async function setRivals(date: string, cells: readonly string[]): Promise<void> {
  const rivals = cells.map((cell) => ({ date, start: `${cell.slice(0, 2)}:00`, place: cell.slice(3), afterMs: 0 }))
  await processes.sim.control.setRivals(rivals)
}

function allHalls(hour: number): string[] {
  return [X1, X3].flatMap(({ options }) => options.map((option) => `${hour} ${option}`))
}

/**
 * The site holds what the plan tells, and nothing else; no request broke C1 or C2, or came before the opening by the
 * portal's clock.
 */
async function assertKept(date: string, { run, leftovers }: Outcome): Promise<void> {
  const { control } = processes.sim
  const bookings = (await control.state()).bookings.filter((booking) => booking.date === date)
  const held = bookings.map(({ start, place }) => `${Number(start.slice(0, 2))} ${place}`)
  assert.deepEqual(held.toSorted(), [...cellsOf(run), ...cellsOf(leftovers)].toSorted())
  const posts = await control.posts()
  assert.deepEqual(
    posts.filter(({ outcome }) => ['overlap', 'limit', 'duplicate', 'not-open'].includes(outcome)),
    [],
  )
  assert.deepEqual(
    posts.filter(({ offsetMs }) => offsetMs < -150),
    [],
  )
}

describe('a plan through the real processes, at the stand-in of X', () => {
  before(async () => {
    processes = await openPlanProcesses(`${openingDay(MONDAY)}T12:40`, PEOPLE)
    await processes.startWorker()
    await processes.startPeriodic()
  })
  after(() => processes.close())

  it('replays the first example of the dossier: a full run in one place', { timeout: 120_000 }, async () => {
    const date = MONDAY
    await setRivals(date, ['14 X1 A', '15 X1 A'])
    const id = await makePlan({ date, least: 3, to: 16, places: [X1] })

    await checkLogins(date)
    for (const hour of [13, 14, 15]) await openHour(date, hour)

    const outcome = await outcomeOf(id)
    assert.equal(outcome.result, 'full')
    assert.deepEqual(outcome.leftovers, [])
    assert.deepEqual(cellsOf(outcome.run), ['13 X1 A', '14 X1 B', '15 X1 B'])
    await assertKept(date, outcome)
  })

  it('replays the second, to two hours, though a token dies, a 429 comes and an executor is killed', {
    timeout: 120_000,
  }, async () => {
    const { control } = processes.sim
    const date = NEXT_MONDAY
    const alone = ['13 X1 A', '13 X1 B', '13 X3 A', '16 X1 A', '16 X1 B']
    await setRivals(date, [...alone, ...allHalls(14), ...allHalls(17)])
    for (const start of ['14:00', '17:00']) await control.fill({ date, start, place: 'Fitness' })
    const struck = (account: string) => ({ mode: 'once', path: 'participations', method: 'POST', account }) as const
    await control.setFault({ id: 'rate429', ...struck('uone'), from: `${openingDay(date)}T15:00` })
    await control.setFault({ id: 'token401', ...struck('uthree'), from: `${openingDay(date)}T16:00` })
    const dying = await processes.startPeriodic()
    const id = await makePlan({ date, least: 2, to: 18, places: [X1, X3, FITNESS] })

    await checkLogins(date)
    await openHour(date, 13)
    await processes.kill9(dying)
    for (const hour of [14, 15, 16, 17]) await openHour(date, hour)

    const outcome = await outcomeOf(id)
    assert.equal(outcome.result, 'fewer')
    assert.deepEqual(cellsOf(outcome.run), ['15 X1 A', '16 X3 A'])
    assert.deepEqual(cellsOf(outcome.leftovers), ['13 X3 B'])
    const { text } = await processes.ada.see(/2 of 3 hours.*X3 A/s)
    for (const place of ['X1 A', 'X3 A', 'X3 B']) assert.ok(text.includes(place), text)
    await assertKept(date, outcome)
    const answers = (await control.posts()).map(({ outcome }) => outcome)
    assert.ok(answers.includes('rate-limited') && answers.includes('bad-token'), 'the faults struck')
  })
})
