import type { Account } from '../../src/db/accounts.ts'
import { type Claim, claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import type { NewAction } from '../../src/db/actions/new-action.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import type { ActionRow, NoticeRow } from '../../src/db/schema.ts'
import { OWNER, openTestHouse, type TestHouse, testClock } from './house.ts'

/** The instant at which the clock of a test queue stands. */
export const NOON = '2026-11-23T12:00:00.000Z'
export const AMPLE: ReadonlyMap<string, number> = new Map([['polimisport', 100]])

export type TestQueue = TestHouse & {
  clock: ReturnType<typeof testClock>
  accounts: Account[]
  /** Queues the booking of a slot of the first account, each a different one; answers its id. */
  book(changes?: Partial<Extract<NewAction, { type: 'book' }>>): Promise<number>
  /** Queues a check, refresh or sync. */
  ask(type: 'check' | 'refresh' | 'sync', userId: number | null, account?: Account): Promise<number>
  claim(workerId?: string, limits?: ReadonlyMap<string, number>): Promise<Claim | undefined>
  /** Claims; throws when there is nothing to be claimed. */
  mustClaim(workerId?: string): Promise<Claim>
  /** Claims whatever can be claimed, ending each at once; answers the ids in order. */
  drain(): Promise<number[]>
  row(id: number): Promise<ActionRow>
  notices(): Promise<NoticeRow[]>
}

/** A database with a clock that stands still, and accounts of the owner. */
export async function openTestQueue(accounts = 1): Promise<TestQueue> {
  const clock = testClock(NOON)
  const house = await openTestHouse(clock)
  const { db } = house
  const all: Account[] = []
  for (let n = 1; n <= accounts; n++)
    all.push(await house.addAccount(OWNER.id, { username: `ada${n}`, password: 'pw' }))
  const [first] = all
  if (!first) throw new Error('a queue needs an account')
  let slots = 0
  const claim: TestQueue['claim'] = (workerId = 'w1', limits = AMPLE) => claimNextAction(db, workerId, limits)
  return {
    ...house,
    clock,
    accounts: all,
    async book(changes = {}) {
      const { id } = await enqueueAction(db, { ...newBook(first, slots++), ...changes })
      return id
    },
    async ask(type, userId, { id: accountId, portal } = first) {
      const { id } = await enqueueAction(db, { type, userId, accountId, portal })
      return id
    },
    claim,
    async mustClaim(workerId) {
      const claimed = await claim(workerId)
      if (!claimed) throw new Error('there was nothing to claim')
      return claimed
    },
    async drain() {
      const ids: number[] = []
      for (let next = await claim(); next; next = await claim()) {
        ids.push(next.action.id)
        await endAttempt(db, next.lease, { status: 'completed', result: { kind: 'checked' } })
      }
      return ids
    },
    row: (id) => db.read.selectFrom('booking_actions').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    notices: () => db.read.selectFrom('notices').selectAll().orderBy('id').execute(),
  }
}

/** The owner's wish for a slot of his own number, a day ahead. */
export function newBook({ id: accountId, portal }: Account, slot: number): Extract<NewAction, { type: 'book' }> {
  const start = `${String(6 + (slot % 16)).padStart(2, '0')}:${slot % 32 < 16 ? '00' : '30'}`
  return {
    type: 'book',
    userId: OWNER.id,
    accountId,
    portal,
    slot: {
      date: Temporal.PlainDate.from('2026-11-24')
        .add({ days: Math.floor(slot / 32) })
        .toString(),
      start,
      end: null,
      location: 'Giuriati - Corsi Platinum',
      course: 'YOGA',
      siteId: null,
    },
    deadline: Temporal.Instant.from('2026-11-24T12:00:00Z'),
  }
}
