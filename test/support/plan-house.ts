import assert from 'node:assert/strict'
import { createLog } from '../../src/core/log.ts'
import { type Account, getAccount, suspendAccount } from '../../src/db/accounts.ts'
import type { BookAction } from '../../src/db/actions/action.ts'
import { type Claim, claimNextAction } from '../../src/db/actions/claim.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { recordBooking, removeBooking } from '../../src/db/bookings.ts'
import { type Database, openDatabase, type Tx } from '../../src/db/database.ts'
import { findPlan, type PlanView } from '../../src/db/plan-views.ts'
import { createPlan, type NewPlan } from '../../src/db/plans.ts'
import { checkPlanLogins } from '../../src/periodic/plan-logins.ts'
import { lookAtPlans } from '../../src/periodic/plans.ts'
import type { PortalFacts } from '../../src/portals/contract.ts'
import type { PortalErrorKind } from '../../src/portals/errors.ts'
import { polimisportFacts } from '../../src/portals/polimisport/facts.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from './house.ts'

/** A Monday; its halls open on Friday at the same hours, the gym on the Monday before. */
export const DATE = '2025-11-17'
const OPENING_DAY = '2025-11-14'

/** A portal with the rules of dossier delft-x §6: halls open 72 hours ahead, the gym 168. */
export const FACTS: PortalFacts = {
  ...polimisportFacts,
  timeZone: 'Europe/Amsterdam',
  opening: ({ date, start, location }) =>
    Temporal.PlainDateTime.from(`${date}T${start}`)
      .toZonedDateTime('Europe/Amsterdam')
      .toInstant()
      .subtract({ hours: location === 'Fitness' ? 168 : 72 }),
}

export const X1 = { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 }
export const X3 = { place: 'X3', options: ['X3 A', 'X3 B'], shared: false, maxAccounts: 2 }
export const FITNESS = { place: 'Fitness', options: [null], shared: true, maxAccounts: 3 }

/** What the portal says to a try: booked, or why not. */
type Answer = 'booked' | PortalErrorKind
export type Answers = (action: BookAction) => Answer | Promise<Answer>

export type PlanHouse = TestHouse & {
  clock: ReturnType<typeof testClock>
  /** Three of the owner's, then one of a guest's. */
  accounts: [Account, Account, Account, Account]
  /** Makes a plan of the owner's three accounts, of 13 to 16 h in X1 unless told otherwise; answers its id. */
  plan(plan?: Partial<NewPlan>): Promise<number>
  view(planId: number): Promise<PlanView>
  /** A look of an executor, at plans and at logins. */
  look(on?: Database): Promise<void>
  /** A connection of another process. */
  open(): Promise<Database>
  claim(): Promise<Claim | undefined>
  /**
   * Ends what can be claimed, one after the other, and lets the executors look at once after each end, until nothing
   * is left. Cancellings and checks succeed.
   */
  settle(answer: Answers, executors?: readonly Database[]): Promise<void>
  /** Makes it so many minutes before or after an hour of the opening day, and has an executor look. */
  at(time: string, executors?: readonly Database[]): Promise<void>
  /** Kinds and users of what people are owed about plans: `ended 5000000001`. */
  owed(): Promise<string[]>
}

/** A house with accounts for plans, some days before anything opens, with a clock that stands still. */
export async function openPlanHouse(start = '2025-11-10T03:00:00Z'): Promise<PlanHouse> {
  const clock = testClock(start)
  const house = await openTestHouse(clock)
  const { db, databaseUrl } = house
  const login = (name: string) => ({ username: name, password: `secret-of-${name}` })
  const accounts: PlanHouse['accounts'] = [
    await house.addAccount(OWNER.id, login('ada1')),
    await house.addAccount(OWNER.id, login('ada2')),
    await house.addAccount(OWNER.id, login('ada3')),
    await house.addAccount(GUEST.id, login('bruno')),
  ]
  const log = createLog('test', process.env['BOOKWRIGHT_TEST_LOG'] === undefined ? 'silent' : 'debug')
  const others: Database[] = []
  const look = async (on = db) => {
    await lookAtPlans(on, log, () => FACTS)
    await checkPlanLogins(on, log, () => FACTS)
  }
  const lookAll = (executors: readonly Database[]) => Promise.all(executors.map((each) => look(each)))
  const claim = () => claimNextAction(db, 'w1', new Map([['polimisport', 24]]))
  return {
    ...house,
    clock,
    accounts,
    look,
    claim,
    async plan(plan = {}) {
      const made = await createPlan(db, { ...newPlan(accounts.slice(0, 3)), ...plan })
      if (made.outcome !== 'created') throw new Error(`the plan was not made: ${made.outcome}`)
      return made.planId
    },
    async view(planId) {
      const view = await findPlan(db.read, planId)
      if (!view) throw new Error(`there is no plan ${planId}`)
      return view
    },
    async open() {
      const other = await openDatabase({ url: databaseUrl, clock })
      others.push(other)
      return other
    },
    async settle(answer, executors = [db]) {
      await lookAll(executors)
      for (let next = await claim(); next; next = await claim()) {
        await endClaim(db, next, answer)
        await lookAll(executors)
      }
    },
    async at(time, executors = [db]) {
      clock.set(`${OPENING_DAY}T${time}+01:00`)
      await lookAll(executors)
    },
    async owed() {
      const rows = await db.read
        .selectFrom('notices')
        .selectAll()
        .where('kind', 'in', ['plan', 'plan-consent'])
        .orderBy('id')
        .execute()
      return rows.map(({ kind, data, user_id }) => `${kind === 'plan' ? JSON.parse(data).event : kind} ${user_id}`)
    },
    async close() {
      for (const other of others) await other.close()
      await house.close()
    },
  }
}

/** Opens such a house for one test. */
export async function withHouse(test: (house: PlanHouse) => Promise<void>): Promise<void> {
  const house = await openPlanHouse()
  try {
    await test(house)
  } finally {
    await house.close()
  }
}

/** Three hours in X1 of these accounts. */
export function newPlan(accounts: readonly Account[]): NewPlan {
  return {
    userId: OWNER.id,
    portal: 'polimisport',
    date: DATE,
    hours: 3,
    least: 3,
    from: 13,
    to: 16,
    places: [X1],
    accountIds: accounts.map(({ id }) => id),
  }
}

/** Ends an action as a worker does; `cancels`: whether the portal lets a booking be cancelled. */
export async function endClaim(db: Database, { action, lease }: Claim, answer: Answers, cancels = true): Promise<void> {
  switch (action.type) {
    case 'book':
      return await endBooking(db, { action, lease }, await answer(action))
    case 'cancel': {
      const error = { kind: 'refused', message: 'too late to cancel' } as const
      if (!cancels) return void (await endAttempt(db, lease, { status: 'failed', error }))
      const effects = (tx: Tx) => removeBooking(tx, action.bookingId)
      return void (await endAttempt(db, lease, { status: 'completed', result: { kind: 'cancelled' }, effects }))
    }
    default:
      return void (await endAttempt(db, lease, { status: 'completed', result: { kind: 'checked' } }))
  }
}

async function endBooking(
  db: Database,
  { action, lease }: Pick<Claim, 'lease'> & { action: BookAction },
  answer: Answer,
): Promise<void> {
  const account = await getAccount(db.read, action.accountId)
  if (answer !== 'booked') {
    const effects = async (tx: Tx, now: Temporal.Instant) => {
      if (answer === 'bad-credentials') await suspendAccount(tx, account, now)
    }
    const error = { kind: answer, message: 'the portal said no' }
    return void (await endAttempt(db, lease, { status: 'failed', error, effects }))
  }
  const effects = async (tx: Tx, now: Temporal.Instant) => {
    const booking_id = await recordBooking(tx, account, { ...action.slot, cancellable: true }, now)
    await tx.updateTable('booking_actions').set({ booking_id }).where('id', '=', action.id).execute()
  }
  await endAttempt(db, lease, { status: 'completed', result: { kind: 'booked' }, effects })
}

/**
 * A portal on which rivals have everything but `free` (`13 X1 B`): halls have one place, the gym many. Fails the test
 * when an account is about to hold two bookings in one hour (C1) or one place (C2).
 */
export function portalWith(db: Database, isFree: (cell: string) => boolean): Answers {
  return async ({ slot, accountId }) => {
    const held = await db.read.selectFrom('user_bookings').selectAll().where('date', '=', slot.date).execute()
    const own = held.filter(({ account_id }) => account_id === accountId)
    assert.ok(!own.some(({ time_slot }) => time_slot === slot.start), `C1: ${accountId} holds ${slot.start}`)
    assert.ok(!own.some(({ location }) => location === slot.location), `C2: ${accountId} holds ${slot.location}`)
    const isOurs = held.some(({ time_slot, course_name }) => time_slot === slot.start && course_name === slot.course)
    const hour = Number(slot.start.slice(0, 2))
    return isFree(`${hour} ${slot.course}`) && (slot.course === null || !isOurs) ? 'booked' : 'slot-full'
  }
}
