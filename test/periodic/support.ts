import { createLog } from '../../src/core/log.ts'
import type { Account } from '../../src/db/accounts.ts'
import type { Database } from '../../src/db/database.ts'
import { openDatabase } from '../../src/db/database.ts'
import { addRule, listRules, type NewRule } from '../../src/db/periodic-bookings.ts'
import { markRefreshed } from '../../src/db/portal-states.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { lookAtRules } from '../../src/periodic/rules.ts'
import { settleOccurrences } from '../../src/periodic/settle.ts'
import { nextDates } from '../../src/planner/occurrences.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

/** Wednesday noon in Rome; Monday's class opens on Saturday at 00:00, and is asked about on Friday at 23:00. */
const WEDNESDAY = '2026-11-25T11:00:00Z'
export const FRIDAY_23 = '2026-11-27T22:00:00Z'
export const SATURDAY_00 = '2026-11-27T23:00:00Z'

export type RuleHouse = TestHouse & {
  clock: ReturnType<typeof testClock>
  account: Account
  addRule(rule?: Partial<NewRule>): Promise<number>
  /** Makes it that time, with a timetable just read that has the class of every rule. */
  at(instant: string): Promise<void>
  /** One look of an executor. */
  look(db?: Database): Promise<void>
  /** A connection of another process. */
  open(): Promise<Database>
  /** "2026-11-30 asked" */
  occurrences(): Promise<string[]>
  /** What people are owed: "asked". */
  owed(): Promise<string[]>
  /** "book 2026-11-30 pending" */
  actions(): Promise<string[]>
  /** The timetable as a worker has just read it, with these classes. */
  timetable(...slots: Partial<TimetableSlot>[]): Promise<void>
}

export async function openRuleHouse(start = WEDNESDAY): Promise<RuleHouse> {
  const clock = testClock(start)
  const house = await openTestHouse(clock)
  const { db, databaseUrl } = house
  const account = await house.addAccount(OWNER.id, { username: '10654321', password: 'secret-of-ada' })
  const log = createLog('test', 'silent')
  const others: Database[] = []
  const timetable = (...slots: Partial<TimetableSlot>[]) =>
    db.write(async (tx, now) => {
      await markRefreshed(tx, account.portal, now)
      await replaceTimetable(tx, account.portal, slots.map(yoga), now)
    })
  return {
    ...house,
    clock,
    account,
    async addRule(rule = {}) {
      const { id } = await addRule(db, {
        userId: OWNER.id,
        accountId: account.id,
        portal: account.portal,
        location: 'Giuriati - Corsi Platinum',
        course: 'Yoga',
        weekday: 1,
        start: '18:00',
        end: '18:55',
        mode: 'ask',
        ...rule,
      })
      return id
    },
    async look(on = db) {
      await settleOccurrences(on, log)
      await lookAtRules(on, log)
    },
    async open() {
      const other = await openDatabase({ url: databaseUrl, clock })
      others.push(other)
      return other
    },
    async occurrences() {
      const rows = await db.read.selectFrom('pending_confirmations').selectAll().orderBy('date').orderBy('id').execute()
      return rows.map(({ date, state }) => `${date} ${state}`)
    },
    async owed() {
      const rows = await db.read
        .selectFrom('notices')
        .selectAll()
        .where('kind', '=', 'occurrence')
        .orderBy('id')
        .execute()
      return rows.map(({ data }) => JSON.parse(data).state)
    },
    async actions() {
      const rows = await db.read
        .selectFrom('booking_actions')
        .selectAll()
        .where('action_type', 'in', ['book', 'cancel'])
        .orderBy('id')
        .execute()
      return rows.map(({ action_type, date, status }) => `${action_type} ${date} ${status}`)
    },
    timetable,
    async at(instant) {
      clock.set(instant)
      const rules = await listRules(db.read)
      const slots = rules.flatMap(({ weekday, time_slot, course_name }) =>
        nextDates({ weekday, time: time_slot, timeZone: 'Europe/Rome' }, clock.now(), 2).map((date) => ({
          date,
          start: time_slot,
          course: course_name,
        })),
      )
      await timetable(...slots)
    },
    async close() {
      for (const other of others) await other.close()
      await house.close()
    },
  }
}

function yoga(change: Partial<TimetableSlot>): TimetableSlot {
  return {
    date: '2026-11-30',
    start: '18:00',
    end: '18:55',
    location: 'Giuriati - Corsi Platinum',
    course: 'Yoga',
    siteId: null,
    instructor: null,
    spots: 5,
    state: 'available',
    ...change,
  }
}
