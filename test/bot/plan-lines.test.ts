import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { barredLine, barredOf } from '../../src/bot/plans/barred-lines.ts'
import { hourLines } from '../../src/bot/plans/hour-lines.ts'
import { readTexts } from '../../src/bot/texts.ts'
import type { TryView } from '../../src/db/plan-tries.ts'
import type { PlanView } from '../../src/db/plan-views.ts'
import type { Bar, PlanLine } from '../../src/planner/plan/types.ts'
import { ANNA, NOW, TUESDAY } from './support.ts'

const hall = (place: string) => ({ place, options: [`${place} A`, `${place} B`], shared: false, maxAccounts: 3 })

/** An ended plan that has this story, a line an hour from 13 on, and nothing tried. */
function ended(story: readonly Omit<PlanLine, 'hour'>[]): PlanView {
  return {
    id: 1,
    userId: ANNA.id,
    portal: 'delft-x',
    date: TUESDAY,
    hours: 2,
    least: 2,
    from: 13,
    to: 13 + story.length,
    places: [hall('X1'), hall('X3')],
    version: 1,
    state: 'ended',
    outcome: {
      result: 'failed',
      run: [],
      leftovers: [],
      story: story.map((line, index) => ({ hour: 13 + index, ...line })),
    },
    chatMessageId: null,
    createdAt: NOW.toString(),
    endedAt: NOW.toString(),
    accounts: [],
    tries: [],
  }
}

const barred = (place: string, ...all: Bar[]) => ({
  place,
  tries: [],
  barred: all.map((why, index) => ({ account: index + 1, why })),
})
const linesOf = (language: 'en' | 'it', plan: PlanView) =>
  hourLines({ words: readTexts()[language], plan, names: new Map(), now: NOW })

describe('what an ended plan holds', () => {
  const won = (id: number, option: string): TryView => ({
    id,
    planId: 1,
    hour: 13,
    place: 'X1',
    option,
    account: id,
    kind: 'spread',
    state: 'won',
    cancelling: null,
    accountName: `Account ${id}`,
    actionId: id,
    cancelActionId: null,
    bookingId: id,
    error: null,
    portalSays: null,
    outcomeUnknown: false,
    waits: null,
    recallable: false,
    foreign: false,
    queuedAt: NOW.toString(),
    cancelQueuedAt: null,
    at: NOW.toString(),
  })
  const plan = ended([{ came: 'given-up', places: [] }])

  it('is extra where it was won after the end', () => {
    const line = linesOf('en', { ...plan, tries: [won(1, 'A')] })
    assert.deepEqual(line, ['13:00 🔸 X1 A · Account 1 (extra)'])
  })

  it('is extra beside what is kept of the hour', () => {
    const kept = { tryId: 1, hour: 13, place: 'X1', option: 'A', account: 1 }
    const outcome = { result: 'full' as const, run: [kept], leftovers: [], story: [] }
    const lines = linesOf('en', { ...plan, outcome, tries: [won(1, 'A'), won(2, 'B')] })
    assert.deepEqual(lines, ['13:00 ✅ X1 A · Account 1, X1 B · Account 2 (extra)'])
  })
})

describe('where nobody could try', () => {
  it('is told with the reason of each account', () => {
    const account = (accountId: number, name: string) => ({
      accountId,
      name,
      ownerId: accountId,
      ownerName: name,
      consent: 'accepted' as const,
      suspended: false,
      usable: true,
    })
    const accounts = [account(1, 'Anna'), account(2, '<Bruno>')]
    const plan = { ...ended([{ came: 'given-up', places: [barred('X1', 'place', 'hour', 'place')] }]), accounts }
    const [one, ...others] = barredOf(plan)

    assert.ok(one && others.length === 0)
    assert.equal(
      barredLine(readTexts().en, plan, one),
      '<b>13:00 X1</b>: has an hour there: Anna, ?; something else booked then: &lt;Bruno&gt;',
    )
    assert.match(barredLine(readTexts().it, plan, one), /ci ha già un’ora: Anna, \?; impegnato a quell’ora: /)
  })
})

describe('why an hour was lost', () => {
  const plan = ended([
    { came: 'given-up', places: [barred('X1', 'place'), barred('X3', 'hour')] },
    { came: 'given-up', places: [barred('X1', 'unusable'), barred('X3', 'auth-failed')] },
    { came: 'given-up', places: [barred('X1', 'no-subscription')] },
    { came: 'given-up', places: [] },
    { came: 'given-up', places: [barred('X1', 'place', 'place'), barred('X3', 'place', 'auth-failed', 'hour')] },
    { came: 'needless', places: [] },
    { came: 'stopped', places: [] },
  ])

  it('is said in English', () => {
    assert.deepEqual(linesOf('en', plan), [
      '13:00 🔴 X1: everybody has an hour there → X3: all booked elsewhere then',
      '14:00 🔴 X1: nobody may try → X3: login refused',
      '15:00 🔴 X1: no subscription',
      '16:00 ➖ already begun',
      '17:00 🔴 X1: everybody has an hour there → X3: nobody could try',
      '18:00 ➖ not needed',
      '19:00 ➖ not tried, stopped',
    ])
  })

  it('is said in Italian', () => {
    assert.deepEqual(linesOf('it', plan), [
      '13:00 🔴 X1: tutti ci hanno già un’ora → X3: tutti impegnati a quell’ora',
      '14:00 🔴 X1: nessuno può provare → X3: accesso rifiutato',
      '15:00 🔴 X1: manca l’abbonamento',
      '16:00 ➖ già iniziata',
      '17:00 🔴 X1: tutti ci hanno già un’ora → X3: nessuno poteva provare',
      '18:00 ➖ non serve',
      '19:00 ➖ non provata, fermato',
    ])
  })
})
