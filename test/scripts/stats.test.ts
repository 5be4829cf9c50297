import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { ensureUser, updateUser } from '../../src/db/users.ts'
import { addShot, insertEnded } from '../support/ended.ts'
import { GUEST } from '../support/house.ts'
import { book, bookNext, openScriptHouse, PASSWORD, type ScriptHouse } from './support.ts'

let house: ScriptHouse
beforeEach(async () => {
  house = await openScriptHouse()
})
afterEach(() => house.close())

const stats = async (...args: string[]) => await house.run('stats', args)

/** A month with something of everything. */
async function live(): Promise<void> {
  await house.within(async (db, account) => {
    await ensureUser(db, GUEST.id, 'member')
    await updateUser(db, GUEST.id, { first_name: 'Bruno' })
    const credentials = { username: '10654322', password: 'pw' }
    await takeOverAccount(db, house.vault, { userId: GUEST.id, portal: 'polimisport', name: 'Gym', credentials })
    const [gym] = await listAccountsOf(db.read, GUEST.id)
    assert.ok(gym)
    await insertEnded(db, [
      ...[0.25, 1.2, 1.2, 1.5, 300].map((seconds) => ({ account, seconds, attemptSeconds: 0.2, daysAgo: 2 })),
      ...(['slot-full', 'slot-full', 'timeout', 'overlap', 'network', 'internal'] as const).map((fails) => ({
        ...{ account, fails, daysAgo: 3 },
      })),
      { account, status: 'expired', daysAgo: 4 },
      { account, type: 'sync', daysAgo: 20 },
    ])
    await addShot(db, { account, lateMs: 4.25, answerMs: 31 })
    await addShot(db, { account, lateMs: 8, answerMs: 29, outcome: 'slot-full' })
  })
}

describe('./bookwright stats', () => {
  it('says plainly that there is nothing yet', async () => {
    await house.within(async (_db, { id }) => assert.equal(id, 1))

    const { status, output } = await stats()

    assert.equal(status, 0, output)
    assert.match(
      output,
      /^The last 30 days, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \(30 days ago\)\n\nPolimisport, Ada, of user 5000000001\n {2}nothing yet\n$/,
    )
  })

  it('is a table by account and kind of action, that fits a terminal', async () => {
    await live()

    const { output } = await stats()

    const lines = output.split('\n')
    assert.deepEqual(lines.slice(1, -4), [
      '',
      'Polimisport, all 2 accounts',
      ...ADA,
      '',
      'Polimisport, Ada, of user 5000000001',
      ...ADA,
      '',
      'Polimisport, Gym, of Bruno (5000000002)',
      '  nothing yet',
      '',
    ])
    assert.ok(lines.every((line) => line.length <= 100))
    assert.match(output, /rate: done, of done, lost \(won by others\)/)
    assert.ok(!output.includes(PASSWORD))
  })

  it('covers as many days as it is asked for', async () => {
    await live()

    const { output } = await stats('--days', '7')
    const long = await stats('--days', '100')

    assert.match(output, /^The last 7 days/)
    assert.doesNotMatch(output, /sync/)
    assert.match(long.output, /Only 90 days are kept \(keep\.days\)\./)
  })

  it('gives the same as one JSON document', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
    })

    const data = JSON.parse((await stats('--json')).output)

    assert.equal(data.days, 30)
    const [{ portal, actions, shots, accounts }] = data.portals
    assert.equal(portal, 'polimisport')
    assert.deepEqual([actions[0].type, actions[0].ended, actions[0].rate, shots], ['book', 1, 1, null])
    assert.deepEqual([accounts[0].name, accounts[0].userId, accounts[0].actions[0].done], ['Ada', 5_000_000_001, 1])
  })

  for (const [args, says] of [
    [['--days', '0'], /--days has to be a number from 1, not '0'/],
    [['--days', 'week'], /--days has to be a number from 1, not 'week'/],
    [['yesterday'], /yesterday/],
    [['--wrong'], /--wrong/],
  ] as const) {
    it(`explains itself when asked for "${args.join(' ')}"`, async () => {
      const { status, output } = await stats(...args)

      assert.equal(status, 2)
      assert.match(output, says)
      assert.match(output, /Usage: \.\/bookwright stats/)
    })
  }

  it('does not look farther back than anything is kept', async () => {
    const { status, output } = await stats('--days', '4000')

    assert.equal(status, 1)
    assert.match(output, /--days 4000 is more than 3650/)
  })
})

const ADA = [
  '  action    ended    done   rate   lost  refused  wrong     took  9 in 10      try  9 in 10',
  '  book         12       5    45%      2        1      3    1.2 s    5 min   200 ms   200 ms',
  '    slot-full 2, internal 1, network 1, overlap 1, others 1; expired 1',
  '  sync          1       1   100%      0        0      0    1.0 s    1.0 s    1.0 s    1.0 s',
  '  shots at openings: 2, won 1 (50%)',
  '    there after the opening: 4.3 ms at best, typically 4.3 ms',
  '    answered: in 29 ms at best, typically 29 ms',
]
