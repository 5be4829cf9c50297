import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { takeOverAccount } from '../../src/db/accounts.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { LeaseLostError, renewLease } from '../../src/db/actions/lease.ts'
import { listAttempts } from '../../src/db/actions/read.ts'
import { tidyQueue } from '../../src/db/actions/tidy.ts'
import { endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { ENGINE } from '../support/engines.ts'
import { OWNER } from '../support/house.ts'
import { AMPLE, NOON, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const ROUNDS = 200
const ERROR = { kind: 'network', message: 'down' } as const

let queue: TestQueue
let handles: Database[] = []

/**
 * Several handles do the work at nearly the same moment, in any order; answers in the order of `works`. At times one of
 * them has a start of a few reads: the slower ones would hardly ever be first.
 */
async function atOnce<T extends readonly unknown[]>(
  ...works: { [K in keyof T]: (db: Database) => Promise<T[K]> }
): Promise<T> {
  const ahead = Math.random() < 0.3 ? Math.floor(Math.random() * works.length) : undefined
  const answers = works.map(async (work, index) => {
    const db = handles[index % handles.length] ?? queue.db
    const readsLate = ahead === undefined ? Math.random() * 4 : ahead === index ? 0 : Math.random() * 8
    for (let late = readsLate; late > 1; late--) await db.read.selectFrom('bot_state').select('key').execute()
    return await work(db)
  })
  return (await Promise.all(answers)) as unknown as T
}
const claim = (db: Database) => claimNextAction(db, 'w1', AMPLE)
const times = <T>(count: number, work: T): T[] => Array.from({ length: count }, () => work)
const account = (index: number) => queue.accounts[index] ?? assert.fail()

describe('races on PostgreSQL', {
  skip: ENGINE === 'SQLite' && 'on SQLite transactions of all processes run one after the other',
}, () => {
  before(async () => {
    queue = await openTestQueue(8)
    const open = () => openDatabase({ url: queue.databaseUrl, clock: queue.clock })
    handles = await Promise.all(times(4, undefined).map(open))
  })
  after(async () => {
    await Promise.all(handles.map((db) => db.close()))
    await queue.close()
  })
  beforeEach(() => empty())

  async function empty(): Promise<void> {
    queue.clock.set(NOON)
    await queue.db.write(async (tx) => {
      await tx.deleteFrom('notices').execute()
      await tx.deleteFrom('booking_actions').execute()
    })
  }
  /** Plays the round again and again; each begins with an empty queue. Counts how often each outcome was seen. */
  async function rounds(play: () => Promise<string>, count = ROUNDS): Promise<string[]> {
    const seen = new Set<string>()
    for (let n = 0; n < count; n++) {
      seen.add(await play())
      await empty()
    }
    return [...seen].sort()
  }

  it('cancel and claim: it never ran, or its worker is told', async () => {
    await rounds(async () => {
      const id = await queue.book()
      const [claimed, answer] = await atOnce(claim, (db) => cancelAction(db, id, OWNER.id))
      const { status, cancel_requested } = await queue.row(id)
      if (claimed) assert.deepEqual([answer, status, cancel_requested], ['requested', 'processing', 1])
      else assert.deepEqual([answer, status, cancel_requested], ['cancelled', 'cancelled', 0])
      return answer
    })
  })

  it('cancel and submit: it is sent and too late, or not sent', async () => {
    const seen = await rounds(async () => {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      const [sent, answer] = await atOnce(
        (db) => markSubmitted(db, lease),
        (db) => cancelAction(db, id, OWNER.id),
      )
      assert.equal(answer, sent ? 'too-late' : 'requested')
      return answer
    })
    assert.deepEqual(seen, ['requested', 'too-late'], 'each was first at times')
  })

  it('cancel and another try: there is no other one', async () => {
    const seen = await rounds(async () => {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      const again = { status: 'pending', runAt: queue.clock.now(), error: ERROR } as const
      const [, answer] = await atOnce(
        (db) => endAttempt(db, lease, { ...again, outcomeUnknown: false, countsAsAttempt: true }),
        (db) => cancelAction(db, id, OWNER.id),
      )
      assert.equal((await queue.row(id)).status, 'cancelled', answer)
      return answer
    })
    assert.deepEqual(seen, ['cancelled', 'requested'], 'each was first at times')
  })

  it('a person asks for what cron asked for while it is claimed: it is theirs', async () => {
    await rounds(async () => {
      const id = await queue.ask('sync', null)
      const [claimed, asked] = await atOnce(claim, (db) => enqueueAction(db, sync()))
      assert.deepEqual(asked, { id, duplicate: true })
      assert.equal((await queue.row(id)).user_id, OWNER.id)
      return String(claimed !== undefined)
    })
  })

  it('a person asks for what cron asked for while it ends: they are told its end, or it is done again', async () => {
    const seen = await rounds(async () => {
      const id = await queue.ask('sync', null)
      queue.clock.move({ hours: 2 })
      const { lease } = await queue.mustClaim()
      const [, asked] = await atOnce(
        (db) => endAttempt(db, lease, { status: 'completed', result: { kind: 'checked' } }),
        (db) => enqueueAction(db, sync()),
      )
      const told = (await queue.notices()).map(({ data }) => JSON.parse(data).actionId)
      assert.deepEqual(told, asked.duplicate ? [id] : [])
      assert.equal(asked.duplicate, asked.id === id)
      return String(asked.duplicate)
    })
    assert.deepEqual(seen, ['false', 'true'], 'each was first at times')
  })

  it('many presses on one slot: one action, and one is told that it is new', async () => {
    await rounds(async () => {
      const asked = await atOnce(...times(4, (db: Database) => enqueueAction(db, newBook(account(0), 0))))
      assert.equal(new Set(asked.map(({ id }) => id)).size, 1)
      assert.equal(asked.filter(({ duplicate }) => !duplicate).length, 1)
      return ''
    })
  })

  it('many presses with one origin on several slots: one action', async () => {
    await rounds(async () => {
      const press = (slot: number) => (db: Database) =>
        enqueueAction(db, { ...newBook(account(0), slot), origin: 'update:1' })
      const asked = await atOnce(press(0), press(1), press(2), press(3))
      assert.equal(new Set(asked.map(({ id }) => id)).size, 1)
      return ''
    }, 50)
  })

  it('many claims of one account: one', async () => {
    await rounds(async () => {
      await queue.book()
      await queue.book()
      const claims = await atOnce(...times(4, claim))
      assert.equal(claims.filter(Boolean).length, 1)
      return ''
    })
  })

  it('eight claims of a portal with three sessions: three', async () => {
    const three = new Map([['polimisport', 3]])
    await rounds(async () => {
      for (let n = 0; n < 8; n++) await queue.book(newBook(account(n), 0))
      const claims = await atOnce(...times(8, (db: Database) => claimNextAction(db, 'w1', three)))
      const accounts = claims.flatMap((claimed) => (claimed ? [claimed.action.accountId] : []))
      assert.deepEqual([accounts.length, new Set(accounts).size], [3, 3])
      return ''
    }, 50)
  })

  it('two take back what was lost while its worker renews: lost once, or kept', async () => {
    const seen = await rounds(async () => {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      queue.clock.move({ seconds: 21 })
      const [renewed] = await atOnce((db) => answerOf(renewLease(db, lease)), tidyQueue, tidyQueue)
      const outcomes = (await listAttempts(queue.db.read, id)).map(({ outcome }) => outcome)
      const { status } = await queue.row(id)
      assert.deepEqual([status, outcomes], renewed ? ['processing', []] : ['pending', ['lost']])
      return String(renewed)
    })
    assert.deepEqual(seen, ['false', 'true'], 'each was first at times')
  })

  it('two read one timetable at once: no slot is there twice', async () => {
    const slots = Array.from({ length: 6 }, (_, n) => slotAt(`${String(10 + n)}:00`))
    await rounds(async () => {
      await queue.db.write((tx) => tx.deleteFrom('slots').execute())
      const refresh = (seen: TimetableSlot[]) => (db: Database) =>
        db.write((tx, now) => replaceTimetable(tx, 'polimisport', seen, now))
      await atOnce(refresh(slots), refresh([...slots].reverse()), refresh(slots))
      const rows = await queue.db.read.selectFrom('slots').select('time_slot').orderBy('time_slot').execute()
      assert.deepEqual(
        rows.map((row) => row.time_slot),
        slots.map(({ start }) => start),
      )
      return ''
    }, 50)
  })

  it('two processes take one account over: it is there once', async () => {
    await rounds(async () => {
      const credentials = { username: `new${Math.random()}`, password: 'pw' }
      const add = (db: Database) =>
        takeOverAccount(db, queue.vault, {
          userId: OWNER.id,
          portal: 'polimisport',
          name: credentials.username,
          credentials,
        })
      assert.deepEqual((await atOnce(add, add)).sort(), ['added', 'unchanged'])
      return ''
    }, 50)
  })
})

function sync() {
  const { id: accountId, portal } = account(0)
  return { type: 'sync', userId: OWNER.id, accountId, portal } as const
}

/** Whether the lease is still held. */
async function answerOf(renewing: Promise<unknown>): Promise<boolean> {
  try {
    await renewing
    return true
  } catch (error) {
    assert.ok(error instanceof LeaseLostError, String(error))
    return false
  }
}

function slotAt(start: string): TimetableSlot {
  return {
    date: '2026-11-24',
    start,
    end: '23:00',
    location: 'Giuriati - Corsi Platinum',
    course: 'YOGA',
    siteId: null,
    instructor: null,
    state: 'available',
    spots: 3,
  }
}
