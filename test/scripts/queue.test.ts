import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { addStep, endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import { coolPortal } from '../../src/db/portal-states.ts'
import { beatWorker } from '../../src/db/workers.ts'
import { newBook } from '../support/queue.ts'
import { book, bookNext, LIMITS, openScriptHouse, PASSWORD, type ScriptHouse } from './support.ts'

let house: ScriptHouse
beforeEach(async () => {
  house = await openScriptHouse()
})
afterEach(() => house.close())

const queue = async (...args: string[]) => await house.run('queue', args)
const failed = {
  status: 'failed',
  error: { kind: 'slot-full', message: 'no place left', portalSays: 'Esaurito' },
} as const
/** Later than any test runs: the classes of these tests would begin before. */
const YEARS = { hours: 24 * 365 * 20 }

describe('./bookwright queue', () => {
  it('reads well when there is nothing', async () => {
    const { status, output } = await queue()

    assert.equal(status, 0, output)
    assert.equal(
      output.trim(),
      [
        'Waiting: 0 due, 0 for later',
        'In work: 0',
        'Ended in the last 24 hours: 0 completed, 0 failed, 0 cancelled, 0 expired',
        'Workers: 0 alive',
        'Messages owed to people: 0',
      ].join('\n'),
    )
  })

  it('tells what waits, what is worked on by whom, what ended, and who is alive', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
      await book(db, account, 2)
      const claim = await claimNextAction(db, 'w7', LIMITS)
      assert.ok(claim)
      await addStep(db, claim.lease, 'confirming')
      await book(db, account, 3)
      await beatWorker(db, 'w7')
      await db.write((tx, now) => coolPortal(tx, 'elsewhere', now.add({ minutes: 10 }), 'rate-limited'))
    })

    const { output } = await queue()

    assert.match(output, /Waiting: 1 due, 0 for later\n {2}longest: #3 book YOGA, 2026-11-\d\d \d\d:\d\d, Giuriati/)
    assert.match(output, /In work: 1\n {2}#2 by w7 since (now|\d+ s ago), confirming/)
    assert.match(output, /1 completed, 0 failed/)
    assert.match(output, /Workers: 1 alive\n {2}w7, started (now|\d+ s ago), alive/)
    assert.match(output, /elsewhere asked for quiet: left alone until .*\(in \d+ min\)/)
    assert.match(output, /Messages owed to people: 1/)
  })

  it('gives the same as one JSON document', async () => {
    await house.within(async (db, account) => await book(db, account, 1))

    const data = JSON.parse((await queue('--json')).output)

    assert.deepEqual(data.waiting, { due: 1, later: 0 })
    assert.equal(data.oldestDue.id, 1)
    assert.deepEqual(data.inWork, [])
  })

  it('lists actions by state, in lines that fit a terminal', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
      await book(db, account, 2)
    })

    const all = await queue('list')
    const open = await queue('list', '--state', 'open')
    const nobody = await queue('list', '--user', '1')

    assert.deepEqual(
      all.output.match(/^#\d+ +\w+/gm)?.map((line) => line.replace(/ +/, ' ')),
      ['#2 pending', '#1 completed'],
    )
    assert.ok(all.output.split('\n').every((line) => line.length <= 100))
    assert.deepEqual(open.output.match(/^#\d+/gm), ['#2'])
    assert.equal(nobody.output.trim(), 'There is no such action.')
  })

  it('shows all about an action, and no secret', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.ok(claim)
      await addStep(db, claim.lease, 'confirming')
      await endAttempt(db, claim.lease, { ...failed, evidence: 'action-1-1' })
    })

    const { output } = await queue('show', '#1')

    assert.match(output, /#1 book YOGA/)
    assert.match(output, /Account: Ada at polimisport, of user 5000000001/)
    assert.match(output, /State: failed/)
    assert.match(output, /Error: slot-full: no place left; the site says: Esaurito/)
    assert.match(output, /attempt 1: failed after \d+ ms, .* by w1, evidence in action-1-1/)
    assert.match(output, /attempt 1: confirming/)
    assert.ok(!output.includes(PASSWORD))
  })

  it('says what an action waits for', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await claimNextAction(db, 'w1', LIMITS)
      await book(db, account, 2)
    })

    assert.match((await queue('show', '2')).output, /Next: waits for its account, busy with #1/)
    assert.match((await queue('show', '1')).output, /Next: a worker is at it/)
  })

  it('asks again for what failed, as a new action', async () => {
    const start = Temporal.Now.instant().add(YEARS)
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await db.write((tx) =>
        tx
          .updateTable('booking_actions')
          .set({ date: start.toString().slice(0, 10) })
          .execute(),
      )
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.ok(claim)
      await endAttempt(db, claim.lease, failed)
    })

    const { status, output } = await queue('retry', '1')

    assert.equal(status, 0, output)
    assert.match(output, /^Queued as #2: book YOGA/)
    assert.match((await queue('retry', '1')).output, /#2 is already in the queue for that/)
    assert.match((await queue('retry', '2')).output, /#2 has not ended: it is pending/)
  })

  it('does not ask again for what was done, or has begun', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
      await book(db, account, 2)
      await db.write((tx) => tx.updateTable('booking_actions').set({ date: '2020-01-02' }).execute())
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.ok(claim)
      await endAttempt(db, claim.lease, failed)
    })

    const [done, past] = [await queue('retry', '1'), await queue('retry', '2')]

    assert.deepEqual([done.status, past.status], [1, 1])
    assert.match(done.output, /#1 was done/)
    assert.match(past.output, /#2 is past: it began on 2020-01-02/)
  })

  it('tells a look at a class for a chat from reading the timetable, and does not repeat it', async () => {
    await house.within(async (db, account) => {
      const { id: accountId, portal } = account
      const { slot } = newBook(account, 1)
      const deadline = db.clock.now().add({ seconds: 30 })
      await enqueueAction(db, { type: 'refresh', userId: null, accountId, portal, slot, deadline })
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.ok(claim)
      await endAttempt(db, claim.lease, failed)
    })

    assert.match((await queue('show', '1')).output, /look at YOGA, 2026-11-24 07:00/)
    const { status, output } = await queue('retry', '1')
    assert.equal(status, 1)
    assert.match(output, /#1 looked at a class for somebody whose chat showed it/)
  })

  it('cancels at once what waits, asks a worker to stop, and says when it is too late', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await claimNextAction(db, 'w1', LIMITS)
      await book(db, account, 2)
    })

    assert.match((await queue('cancel', '2')).output, /#2 is cancelled/)
    assert.match((await queue('cancel', '1')).output, /A worker is at #1 and has been asked to stop/)
    await house.within(async (db) => {
      await db.write((tx) => tx.updateTable('booking_actions').set({ cancel_requested: 0 }).execute())
      await markSubmitted(db, {
        actionId: 1,
        token: 1,
        attempt: 1,
        workerId: 'w1',
        startedAt: Temporal.Now.instant(),
      })
    })
    const late = await queue('cancel', '1')
    assert.equal(late.status, 1)
    assert.match(late.output, /Too late: the request of #1 may have reached the site/)
  })

  for (const [args, says] of [
    [['show'], /the number of an action is missing/],
    [['show', 'two'], /has to be a number from 1, not 'two'/],
    [['cancel', '0'], /has to be a number from 1/],
    [['list', '--state', 'lost'], /there is no state 'lost'/],
    [['list', '--limit', '-3'], /--limit/],
    [['explode'], /there is no command 'explode'/],
    [['show', '1', '2'], /what is '2'\?/],
    [['--wrong'], /--wrong/],
  ] as const) {
    it(`explains itself when asked for "${args.join(' ')}"`, async () => {
      const { status, output } = await queue(...args)

      assert.equal(status, 2)
      assert.match(output, says)
      assert.match(output, /Usage: \.\/bookwright queue/)
    })
  }

  it('says so when there is no such action, as JSON where that was asked for', async () => {
    const { status, output } = await queue('show', '99', '--json')

    assert.equal(status, 1)
    assert.match(JSON.parse(output).error, /There is no action #99/)
  })
})
