import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Facts, violationsIn } from './verdict.ts'

/** One action that was asked for, booked once and told once. */
const WELL: Facts = {
  actions: [{ id: 1, account: 'ada', user: 7, slot: 'yoga', status: 'completed', takenBack: undefined }],
  bookings: [{ account: 'ada', slot: 'yoga' }],
  submits: [{ account: 'ada', slot: 'yoga', worker: '100', from: 10, to: 20 }],
  attempts: [{ account: 'ada', worker: 'w1', from: 1_000, to: 2_000 }],
  lostAttempts: 0,
  results: new Map([['7 yoga', 1]]),
  telegramViolations: [],
}
const action = (changes: Partial<Facts['actions'][number]>): Pick<Facts, 'actions'> => ({
  actions: WELL.actions.map((one) => ({ ...one, ...changes })),
})

const cases: [what: string, facts: Partial<Facts>, violation: RegExp][] = [
  ['an action that never ended', { ...action({ status: 'processing' }), results: new Map() }, /never ended/],
  ['a wish that failed', { ...action({ status: 'failed' }), bookings: [] }, /was wanted, but failed/],
  ['a booking made twice', { bookings: [...WELL.bookings, ...WELL.bookings] }, /was booked 2 times/],
  ['a "booked" that is not', { bookings: [] }, /the portal does not hold it/],
  ['a "failed" that had worked', action({ status: 'failed' }), /is called failed, and the portal holds it/],
  ['a booking nobody asked for', { bookings: [...WELL.bookings, { account: 'ada', slot: 'judo' }] }, /nobody asked/],
  ['a result told twice', { results: new Map([['7 yoga', 2]]) }, /told the result 2 times/],
  ['a result never told', { results: new Map() }, /told the result 0 times/],
  [
    'an action worked on after it was taken back',
    action({ takenBack: 'cancelled' }),
    /taken back at once, and still completed/,
  ],
  [
    'an account worked for twice at once',
    { attempts: [...WELL.attempts, { account: 'ada', worker: 'w2', from: 1_900, to: 2_500 }] },
    /was worked for by w1 until 2000, and by w2 from 1900/,
  ],
  [
    'two requests that book at once',
    { submits: [...WELL.submits, { account: 'ada', slot: 'judo', worker: '101', from: 19, to: 30 }] },
    /was being booked for by 100/,
  ],
  ['a bot that is no good at Telegram', { telegramViolations: ['sendMessage: chat_id'] }, /Telegram was asked/],
]

describe('the verdict on a chaos', () => {
  it('finds nothing where all is well', () => {
    assert.deepEqual(violationsIn(WELL), [])
  })

  it('finds nothing in what was taken back while it waited', () => {
    const facts = {
      ...WELL,
      ...action({ status: 'cancelled', takenBack: 'cancelled' }),
      bookings: [],
      results: new Map(),
    }

    assert.deepEqual(violationsIn(facts), [])
  })

  for (const [what, facts, violation] of cases) {
    it(`finds ${what}`, () => {
      const found = violationsIn({ ...WELL, ...facts })

      assert.ok(
        found.some((text) => violation.test(text)),
        found.join('\n') || 'nothing was found',
      )
    })
  }
})
