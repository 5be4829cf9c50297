import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { putBack } from '../../src/db/actions/work.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import type { WatchKind } from '../../src/db/schema.ts'
import { type Seen, shareLook, shareTimetable, takeTurn } from '../../src/db/slot-looks.ts'
import { findSlotLike, replaceTimetable } from '../../src/db/slots.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { NOON, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const YOGA: TimetableSlot = {
  date: '2026-11-24',
  start: '18:00',
  end: '19:00',
  location: 'Giuriati - Corsi Platinum',
  course: 'YOGA',
  siteId: 'A',
  instructor: null,
  spots: 0,
  state: 'disabled',
}
const FULL: Seen = { state: 'disabled', spots: 0 }
const FREE: Seen = { state: 'available', spots: 1 }
const OPENED = Temporal.Instant.from('2026-11-22T00:00:00Z')

let queue: TestQueue
let db: Database
beforeEach(async () => {
  queue = await openTestQueue(4)
  db = queue.db
  await show(YOGA)
  queue.clock.move({ minutes: 5 })
})
afterEach(() => queue.close())

const now = () => queue.clock.now()
const show = (...slots: TimetableSlot[]) => db.write((tx, at) => replaceTimetable(tx, 'polimisport', slots, at))
const turn = (slot = YOGA, on = db) =>
  on.write((tx, at) => takeTurn(tx, { portal: 'polimisport', slot, opensAt: OPENED }, at))
const share = (seen: Seen, by: number, again?: Temporal.Instant, slot = YOGA) =>
  db.write((tx, at) => shareLook(tx, { portal: 'polimisport', slot, seen, by, again }, at))
/** The account of this number watches the slot; answers the action's id. */
const watch = async (account: number, how: WatchKind = 'book', slot = YOGA) => {
  const owner = queue.accounts[account]
  assert.ok(owner)
  const { id } = await enqueueAction(db, {
    ...newBook(owner, 0),
    slot,
    watch: how,
    notBefore: now().add({ minutes: 3 }),
    deadline: now().add({ hours: 30 }),
  })
  return id
}
const dueIn = async (id: number) =>
  now()
    .until(Temporal.Instant.from((await queue.row(id)).run_at))
    .total('seconds')

describe('looking at a slot', () => {
  it('is the turn of one; the others wait, then take what it saw', async () => {
    assert.deepEqual(await turn(), { turn: 'look' })
    queue.clock.move({ seconds: 2 })
    assert.deepEqual(await turn(), {
      turn: 'wait',
      until: Temporal.Instant.from(NOON).add({ minutes: 5, seconds: 45 }),
    })

    await share(FREE, 1)

    assert.deepEqual(await turn(), { turn: 'take', seen: { ...FREE, at: now() } })
    queue.clock.move({ seconds: 45 })
    assert.deepEqual(await turn(), { turn: 'look' })
  })

  it('is the turn of another one when nothing is heard of the first', async () => {
    await turn()
    queue.clock.move({ seconds: 45 })

    assert.deepEqual(await turn(), { turn: 'look' })
  })

  it('is the turn of one of many at the same moment, over two processes', async () => {
    const other = await openDatabase({ url: queue.databaseUrl, clock: queue.clock })
    try {
      const turns = await Promise.all(Array.from({ length: 12 }, (_, n) => turn(YOGA, n % 2 === 0 ? db : other)))

      assert.deepEqual(turns.map(({ turn }) => turn).toSorted(), ['look', ...Array(11).fill('wait')])
    } finally {
      await other.close()
    }
  })

  it('is everybody’s own where an account only saw that it holds the slot', async () => {
    await share({ state: 'booked', spots: null }, 1)

    assert.deepEqual(await turn(), { turn: 'look' })
    await share({ state: 'booked', spots: 2 }, 1)
    assert.equal((await turn()).turn, 'take')
  })

  it('does not mix up two slots alike, nor two places', async () => {
    const other = { ...YOGA, siteId: 'B' }
    const elsewhere = { ...YOGA, siteId: 'C', location: 'Bovisa - Corsi Platinum' }
    await show(YOGA, other, elsewhere)
    queue.clock.move({ minutes: 5 })
    const ids = [await watch(0), await watch(1, 'book', other), await watch(2, 'book', elsewhere)]

    await turn(other)
    await share(FREE, 0, undefined, other)

    assert.deepEqual(await turn(), { turn: 'look' })
    assert.equal((await turn(elsewhere)).turn, 'look')
    assert.deepEqual(await Promise.all(ids.map(dueIn)), [180, 0, 180])
    assert.deepEqual(await turn({ ...YOGA, siteId: null }), { turn: 'look' }, 'which of the two is not known')
    assert.deepEqual(await turn({ ...YOGA, siteId: null }), { turn: 'look' })
  })

  it('is everybody’s own where the timetable does not show the slot', async () => {
    const gone = { ...YOGA, start: '07:00' }

    assert.deepEqual(await turn(gone), { turn: 'look' })
    assert.deepEqual(await turn(gone), { turn: 'look' })
    await share(FREE, 1, undefined, gone)
  })
})

describe('what a look showed', () => {
  it('is told to all who watch: a free place at once, in the order in which they began', async () => {
    const ids = [await watch(2), await watch(0, 'tell'), await watch(1)]
    const unsure = await watch(3)
    await db.write((tx) =>
      tx.updateTable('booking_actions').set({ outcome_unknown: 1 }).where('id', '=', unsure).execute(),
    )

    await share(FREE, 0)

    assert.deepEqual(await Promise.all([...ids, unsure].map(dueIn)), [0, 0, 0, 180])
    const claimed = [await queue.mustClaim(), await queue.mustClaim(), await queue.mustClaim()]
    assert.deepEqual(
      claimed.map(({ action }) => action.id),
      ids,
    )
  })

  it('spares the others their look while it is full; who has watched longest looks next', async () => {
    const [first, second, third] = [await watch(0), await watch(1), await watch(2)]
    const again = now().add({ minutes: 4 })

    await share(FULL, second, again)

    assert.deepEqual(await Promise.all([first, third].map(dueIn)), [240, 260])
    const row = await queue.row(third)
    assert.equal(row.looked_at, now().toString({ fractionalSecondDigits: 3 }))
    assert.deepEqual(JSON.parse(row.error ?? ''), { kind: 'slot-full', message: 'the watched slot is still full' })
    assert.equal((await queue.row(second)).looked_at, null, 'its own end tells it')
  })

  it('wakes only who watches this slot, and nobody who has ended', async () => {
    const [here, elsewhere, stopped] = [
      await watch(0),
      await watch(1, 'book', { ...YOGA, course: 'PILATES' }),
      await watch(2),
    ]
    await db.write((tx) =>
      tx.updateTable('booking_actions').set({ status: 'cancelled' }).where('id', '=', stopped).execute(),
    )

    await share(FREE, 0)

    assert.deepEqual(await Promise.all([here, elsewhere, stopped].map(dueIn)), [0, 180, 180])
  })

  it('of a whole timetable wakes who watches a slot with a free place', async () => {
    const pilates = { ...YOGA, course: 'PILATES', siteId: 'P' }
    const ids = [await watch(0), await watch(1, 'book', pilates)]

    await db.write(async (tx, at) => {
      await replaceTimetable(tx, 'polimisport', [{ ...YOGA, ...FREE }, pilates], at)
      await shareTimetable(tx, 'polimisport', at)
    })

    assert.deepEqual(await Promise.all(ids.map(dueIn)), [0, 180])
  })

  it('reaches who goes back to the queue at that moment', async () => {
    const id = await watch(0)
    queue.clock.move({ minutes: 3 })
    const { lease } = await queue.mustClaim()
    await turn()

    await Promise.all([
      db.write(async (tx, at) => {
        const answer = await takeTurn(tx, { portal: 'polimisport', slot: YOGA, opensAt: OPENED }, at)
        await putBack(tx, lease, answer.turn === 'wait' ? answer.until : at, at)
      }),
      share(FREE, 99),
    ])

    assert.equal(await dueIn(id), 0)
    assert.equal((await queue.row(id)).attempt, 0, 'it has used up no attempt')
  })

  it('is kept with the slot', async () => {
    await share({ state: 'booked', spots: 2 }, 1)

    const row = await findSlotLike(db.read, 'polimisport', YOGA)
    assert.deepEqual([row?.state, row?.spots, row?.seen_at], ['booked', 2, '2026-11-23T12:05:00.000Z'])
  })
})
