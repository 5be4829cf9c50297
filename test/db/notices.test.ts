import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { endNotice, insertNotice, listDueNotices, type Notice, postponeNotice } from '../../src/db/notices.ts'
import { ensureUser } from '../../src/db/users.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const clock = testClock('2026-11-23T12:00:00Z')
let house: TestHouse
beforeEach(async () => {
  clock.set('2026-11-23T12:00:00Z')
  house = await openTestHouse(clock)
  await ensureUser(house.db, OWNER.id, 'owner')
  await ensureUser(house.db, GUEST.id, 'member')
})
afterEach(() => house.close())

const ended = (actionId: number): Notice => ({ kind: 'action-ended', actionId })
const owe = (userId: number, notice: Notice) =>
  house.db.write((tx) => insertNotice(tx, { userId, notice, now: clock.now() }))
const due = async () => (await listDueNotices(house.db.read, clock.now())).map(({ userId, notice }) => [userId, notice])
const dueIds = async () => (await listDueNotices(house.db.read, clock.now())).map(({ id }) => id)

describe('notices', () => {
  it('are read back as they were owed', async () => {
    const gone: Notice = {
      kind: 'booking-gone',
      portal: 'polimisport',
      location: 'Gym',
      course: null,
      date: '2026-11-24',
      start: '18:00',
    }
    const trouble: Notice = {
      kind: 'portal-trouble',
      portal: 'x',
      trouble: 'blocked',
      actionId: 1,
      evidence: 'action-1-1',
    }

    await owe(OWNER.id, gone)
    await owe(GUEST.id, trouble)

    assert.deepEqual(await due(), [
      [OWNER.id, gone],
      [GUEST.id, trouble],
    ])
  })

  it('come one at a time to each user, in the order they were owed', async () => {
    for (const id of [1, 2]) for (const user of [OWNER.id, GUEST.id]) await owe(user, ended(id))

    assert.deepEqual(await due(), [
      [OWNER.id, ended(1)],
      [GUEST.id, ended(1)],
    ])
    await endNotice(house.db, 1, 'sent')
    assert.deepEqual(await due(), [
      [GUEST.id, ended(1)],
      [OWNER.id, ended(2)],
    ])
  })

  it('of the same thing are owed once, even after it was sent, but to each user', async () => {
    await owe(OWNER.id, ended(1))
    await owe(OWNER.id, ended(1))
    await owe(GUEST.id, ended(1))
    assert.equal((await due()).length, 2)

    await endNotice(house.db, 1, 'sent')
    await owe(OWNER.id, ended(1))

    assert.deepEqual(await due(), [[GUEST.id, ended(1)]])
  })

  it('of what can happen again are owed each time', async () => {
    const suspended: Notice = { kind: 'account-suspended', accountId: 1 }
    await owe(OWNER.id, suspended)
    clock.move({ hours: 1 })
    await owe(OWNER.id, suspended)

    await endNotice(house.db, 1, 'sent')

    assert.deepEqual(await due(), [[OWNER.id, suspended]])
  })

  it('are put off without letting a later one of the user pass', async () => {
    for (const id of [1, 2]) await owe(OWNER.id, ended(id))
    await owe(GUEST.id, ended(3))

    await postponeNotice(house.db, 1, clock.now().add({ seconds: 30 }))

    assert.deepEqual(await due(), [[GUEST.id, ended(3)]])
    clock.move({ seconds: 30 })
    const [first] = await listDueNotices(house.db.read, clock.now())
    assert.deepEqual([first?.notice, first?.attempts], [ended(1), 1])
  })

  it('that can never be delivered make way for the next', async () => {
    for (const id of [1, 2]) await owe(OWNER.id, ended(id))

    await endNotice(house.db, 1, 'dropped')
    await endNotice(house.db, 1, 'sent')

    assert.deepEqual(await dueIds(), [2])
    const row = await house.db.read
      .selectFrom('notices')
      .select(['state', 'ended_at'])
      .where('id', '=', 1)
      .executeTakeFirst()
    assert.deepEqual(row, { state: 'dropped', ended_at: '2026-11-23T12:00:00.000Z' })
  })
})
