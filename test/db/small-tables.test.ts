import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { readBotState, writeBotState } from '../../src/db/bot-state.ts'
import { coolPortal, findPortalState, markRefreshed } from '../../src/db/portal-states.ts'
import { beatWorker, countLiveWorkers, removeWorker, WORKER_SILENT_MS } from '../../src/db/workers.ts'
import { openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const NOON = '2026-11-23T12:00:00.000Z'
const clock = testClock(NOON)
let house: TestHouse
beforeEach(async () => {
  clock.set(NOON)
  house = await openTestHouse(clock)
})
afterEach(() => house.close())

describe('workers', () => {
  it('count as alive until they have been silent too long', async () => {
    await beatWorker(house.db, 'w1')
    clock.move({ milliseconds: WORKER_SILENT_MS })
    await beatWorker(house.db, 'w2')
    assert.equal(await countLiveWorkers(house.db), 2)

    clock.move({ milliseconds: 1 })

    assert.equal(await countLiveWorkers(house.db), 1)
    await beatWorker(house.db, 'w1')
    assert.equal(await countLiveWorkers(house.db), 2)
  })

  it('are gone when they sign off, and with them those silent for a day', async () => {
    await beatWorker(house.db, 'killed long ago')
    clock.move({ hours: 23 })
    await beatWorker(house.db, 'killed lately')
    clock.move({ hours: 2 })
    await beatWorker(house.db, 'w1')

    await removeWorker(house.db, 'w1')

    const left = await house.db.read.selectFrom('workers').select('id').execute()
    assert.deepEqual(left, [{ id: 'killed lately' }])
  })
})

describe('the state of a portal', () => {
  const state = () => findPortalState(house.db.read, 'polimisport')

  it('is unknown at first', async () => {
    assert.deepEqual(await state(), { refreshedAt: null, cooledUntil: null, blockedUntil: null })
  })

  it('keeps both when it is read and when it is to be left alone, in either order', async () => {
    const until = clock.now().add({ minutes: 15 })

    await house.db.write((tx) => coolPortal(tx, 'polimisport', until, 'rate-limited'))
    await house.db.write((tx) => markRefreshed(tx, 'polimisport', clock.now()))
    const known = { refreshedAt: NOON, cooledUntil: '2026-11-23T12:15:00.000Z', blockedUntil: null }
    assert.deepEqual(await state(), known)

    const cooledUntil = '2026-11-23T12:16:00.000Z'
    await house.db.write((tx) => coolPortal(tx, 'polimisport', until.add({ minutes: 1 }), 'blocked'))
    assert.deepEqual(await state(), { ...known, cooledUntil, blockedUntil: cooledUntil })
    assert.deepEqual(await findPortalState(house.db.read, 'elsewhere'), {
      refreshedAt: null,
      cooledUntil: null,
      blockedUntil: null,
    })
  })
})

describe('a portal that is left alone', () => {
  it('is so for as long as it ever asked', async () => {
    const at = (minutes: number) => clock.now().add({ minutes })
    const cool = (minutes: number, why: 'rate-limited' | 'blocked') =>
      house.db.write((tx) => coolPortal(tx, 'polimisport', at(minutes), why))
    const state = async () => {
      const { cooledUntil, blockedUntil } = await findPortalState(house.db.read, 'polimisport')
      return [cooledUntil, blockedUntil].map((stamp) => stamp?.slice(11, 16))
    }

    await cool(15, 'blocked')
    await cool(1, 'rate-limited')
    assert.deepEqual(await state(), ['12:15', '12:15'])
    await cool(20, 'rate-limited')
    assert.deepEqual(await state(), ['12:20', '12:15'])
    await cool(16, 'blocked')
    assert.deepEqual(await state(), ['12:20', '12:16'])
  })
})

describe('the notes of the bot', () => {
  it('are read as they were written last, whatever the value', async () => {
    assert.equal(await readBotState(house.db.read, 'a'), undefined)

    await writeBotState(house.db, 'a', { deep: ['ü', 1, null] })
    await writeBotState(house.db, 'b', null)
    assert.deepEqual(await readBotState(house.db.read, 'a'), { deep: ['ü', 1, null] })
    assert.equal(await readBotState(house.db.read, 'b'), null)

    await writeBotState(house.db, 'a', 7)
    assert.equal(await readBotState(house.db.read, 'a'), 7)
  })
})
