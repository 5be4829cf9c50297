import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DelftXSim } from '../../../sim/delft-x/server.ts'
import { type Cell, MONDAY, openSite, Visitor } from './visitor.ts'

/** The dossier's two worked examples (section 7), each attempt as its tables have it. */
const PEOPLE = ['u1', 'u2', 'u3'].map((username) => ({ username, password: 'p' }))
type Row = [account: string, place: string, outcome: string, surplus?: 'cancelled']

const FULL_RUN: Record<string, Row[]> = {
  '13:00': [
    ['u1', 'X1 A', 'booked'],
    ['u2', 'X1 B', 'booked', 'cancelled'],
    ['u3', 'X1 A', 'taken'],
  ],
  '14:00': [
    ['u1', 'X1 B', 'limit'],
    ['u2', 'X1 A', 'taken'],
    ['u3', 'X1 B', 'booked'],
  ],
  '15:00': [
    ['u2', 'X1 A', 'taken'],
    ['u2', 'X1 B', 'booked'],
  ],
}

const TWO_HOURS: Record<string, Row[]> = {
  '13:00': [
    ['u1', 'X1 A', 'taken'],
    ['u2', 'X1 B', 'taken'],
    ['u3', 'X1 A', 'taken'],
    ['u3', 'X1 B', 'taken'],
    ['u1', 'X3 A', 'taken'],
    ['u2', 'X3 B', 'booked'],
  ],
  '14:00': [
    ['u1', 'X1 A', 'taken'],
    ['u3', 'X1 B', 'taken'],
    ['u2', 'X1 A', 'taken'],
    ['u1', 'X3 A', 'taken'],
    ['u3', 'X3 B', 'taken'],
    ['u2', 'X3 B', 'limit'],
    ['u1', 'Fitness', 'taken'],
    ['u3', 'Fitness', 'taken'],
    ['u2', 'Fitness', 'taken'],
  ],
  '15:00': [
    ['u1', 'X1 A', 'booked'],
    ['u3', 'X1 B', 'booked', 'cancelled'],
    ['u2', 'X1 A', 'taken'],
  ],
  '16:00': [
    ['u1', 'X1 A', 'limit'],
    ['u3', 'X1 A', 'taken'],
    ['u2', 'X1 B', 'taken'],
    ['u2', 'X3 A', 'limit'],
    ['u3', 'X3 A', 'booked'],
    ['u1', 'X3 B', 'booked', 'cancelled'],
  ],
  '17:00': [
    ['u2', 'X1 A', 'taken'],
    ['u3', 'X1 B', 'taken'],
    ['u1', 'X3 A', 'taken'],
    ['u1', 'X3 B', 'taken'],
    ['u3', 'Fitness', 'taken'],
  ],
}

/** What competitors take in the second example, 80 ms after each opening. */
const TAKEN = ['13:00 X1 A', '13:00 X1 B', '13:00 X3 A', '14:00 X1 A', '14:00 X1 B', '14:00 X3 A', '14:00 X3 B'].concat(
  ['16:00 X1 A', '16:00 X1 B', '17:00 X1 A', '17:00 X1 B', '17:00 X3 A', '17:00 X3 B'],
)

/** Makes all attempts 100 ms after their openings, one after another. */
async function replay(sim: DelftXSim, hours: Record<string, Row[]>): Promise<void> {
  const visitors = new Map<string, Visitor>()
  for (const person of PEOPLE) visitors.set(person.username, await new Visitor(sim).logIn(person))
  for (const [start, rows] of Object.entries(hours)) {
    await sim.control.setClock({ at: `2025-11-14T${start}:00.100`, frozen: true })
    for (const [account, place, , surplus] of rows) {
      const answer = await visitors.get(account)?.book({ date: MONDAY, start, place })
      if (surplus) assert.equal(await visitors.get(account)?.cancel(answer?.body.id ?? 0), 200)
    }
  }
}

async function outcomes(sim: DelftXSim) {
  return (await sim.control.posts()).map(({ account, start, place, outcome }) => [start, account, place, outcome])
}

const expected = (hours: Record<string, Row[]>) =>
  Object.entries(hours).flatMap(([start, rows]) =>
    rows.map(([account, place, outcome]) => [start, account, place, outcome]),
  )

async function held(sim: DelftXSim): Promise<string[]> {
  return (await sim.control.state()).bookings
    .map(({ start, username, place }) => `${start} ${username} ${place}`)
    .sort()
}

describe('the worked examples of the dossier', () => {
  const cell = (text: string): Cell => ({ date: MONDAY, start: text.slice(0, 5), place: text.slice(6) })

  it('come out as written: three hours for three accounts', async (t) => {
    const sim = await openSite(t, { people: PEOPLE })
    await sim.control.setRivals(['14:00 X1 A', '15:00 X1 A'].map((text) => ({ ...cell(text), afterMs: 80 })))
    await replay(sim, FULL_RUN)

    assert.deepEqual(await outcomes(sim), expected(FULL_RUN))
    assert.deepEqual(await held(sim), ['13:00 u1 X1 A', '14:00 u3 X1 B', '15:00 u2 X1 B'])
  })

  it('come out as written: two hours at last', async (t) => {
    const sim = await openSite(t, { people: PEOPLE })
    await sim.control.setRivals(TAKEN.map((text) => ({ ...cell(text), afterMs: 80 })))
    for (const start of ['14:00', '17:00']) await sim.control.fill({ date: MONDAY, start, place: 'Fitness' })
    await replay(sim, TWO_HOURS)

    assert.deepEqual(await outcomes(sim), expected(TWO_HOURS))
    assert.deepEqual(await held(sim), ['13:00 u2 X3 B', '15:00 u1 X1 A', '16:00 u3 X3 A'])
  })
})
