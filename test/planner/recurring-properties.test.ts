import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isQuiet, quietEnd, quietStart } from '../../src/planner/quiet-hours.ts'
import { type Mode, planBooking, planKeeping } from '../../src/planner/recurring.ts'
import { anyOccurrence } from './any-occurrence.ts'
import { bookingQuestion, keepingQuestion, minutes, QUESTIONS } from './questions.ts'
import { before, latest } from './support.ts'

const RUNS = { numRuns: 3_000 }
const anyMode = fc.constantFrom<Mode[]>('ask', 'automatic', 'book-then-ask')

for (const [name, plan, leastToAnswer, lastAnswer] of QUESTIONS)
  describe(`the question ${name}, in every zone and year, seen at any time`, () => {
    it('has its deadline ahead, with time to answer before it, and before the class', () => {
      fc.assert(
        fc.property(anyOccurrence, (occurrence) => {
          const question = plan(occurrence)
          if (!question) return
          const out = latest(question.at, occurrence.now)

          assert.ok(minutes(out, question.deadline) >= leastToAnswer)
          assert.ok(minutes(question.deadline, occurrence.start) >= lastAnswer)
        }),
        RUNS,
      )
    })

    it('is the same for who sees it when it goes out, and goes out then', () => {
      fc.assert(
        fc.property(anyOccurrence, (occurrence) => {
          const question = plan(occurrence)
          if (!question) return
          const out = latest(question.at, occurrence.now)
          const again = plan({ ...occurrence, now: out })

          assert.ok(again && !before(out, again.at))
          assert.equal(`${again.deadline}`, `${question.deadline}`)
        }),
        RUNS,
      )
    })

    it('goes out no sooner, ends no sooner and never comes back when it is seen later', () => {
      fc.assert(
        fc.property(anyOccurrence, fc.oneof(fc.nat(90), fc.nat(3_000)), (occurrence, pause) => {
          const now = occurrence.now.add({ minutes: pause })
          const sooner = plan(occurrence)
          const later = plan({ ...occurrence, now })

          if (!later) return
          assert.ok(sooner)
          assert.ok(!before(latest(later.at, now), latest(sooner.at, occurrence.now)))
          assert.ok(!before(later.deadline, sooner.deadline))
        }),
        RUNS,
      )
    })
  })

describe('the question whether to book, in every zone and year, seen at any time', () => {
  it('is left out only when the class is too near to answer, or opens when it is over', () => {
    fc.assert(
      fc.property(anyOccurrence, (occurrence) => {
        const { start, opening, now, leadMinutes, quiet } = occurrence
        const usual = opening.subtract({ minutes: leadMinutes })
        const inTime = minutes(latest(usual, now), start) >= 20 && before(opening, start)

        if (inTime) assert.ok(planBooking('ask', occurrence))
        else if (!quiet || minutes(now, start) < 20) assert.equal(planBooking('ask', occurrence), undefined)
      }),
      RUNS,
    )
  })

  it('ends at the opening when it is put ten minutes before it, else has its lead, if the class leaves the time', () => {
    fc.assert(
      fc.property(anyOccurrence, (occurrence) => {
        const question = bookingQuestion(occurrence)
        if (!question) return
        const { start, opening, now, leadMinutes } = occurrence
        const out = latest(question.at, now)
        if (minutes(question.deadline, start) === 15) return

        if (minutes(out, opening) >= 10) assert.equal(`${question.deadline}`, `${opening}`)
        else {
          assert.ok(!before(question.deadline, opening))
          assert.ok(minutes(out, question.deadline) >= leadMinutes)
        }
      }),
      RUNS,
    )
  })

  it('comes the lead before the opening, or just before the quiet hours that this is in', () => {
    fc.assert(
      fc.property(anyOccurrence, (occurrence) => {
        const { opening, now, leadMinutes, quiet } = occurrence
        const usual = opening.subtract({ minutes: leadMinutes })
        const question = bookingQuestion(occurrence)
        if (!question) return
        if (!quiet || !isQuiet(quiet, latest(usual, now))) {
          assert.equal(`${question.at}`, `${usual}`)
          return
        }
        const justBefore = quietStart(quiet, usual).subtract({ minutes: 1 })
        if (isQuiet(quiet, usual) && !before(justBefore, now)) assert.equal(`${question.at}`, `${justBefore}`)
      }),
      RUNS,
    )
  })

  it('is due since the same time however long it is due, and does not run ahead of the clock', () => {
    fc.assert(
      fc.property(anyOccurrence, fc.nat(600), (occurrence, pause) => {
        const { opening, leadMinutes, now } = occurrence
        const muchLater = now.add({ minutes: pause })
        const question = bookingQuestion(occurrence)
        const still = bookingQuestion({ ...occurrence, now: muchLater })
        if (!question || !still || before(now, question.at) || before(muchLater, still.at)) return

        const usual = opening.subtract({ minutes: leadMinutes })
        assert.ok(!before(latest(usual, now), still.at))
      }),
      RUNS,
    )
  })

  it('has a plan with its booking moment ahead of the class and no sooner than now and the opening', () => {
    fc.assert(
      fc.property(anyMode, anyOccurrence, (mode, occurrence) => {
        const { start, opening, now, leadMinutes } = occurrence
        const plan = planBooking(mode, occurrence)

        if (plan) {
          assert.equal(`${plan.bookAt}`, `${latest(opening, now)}`)
          assert.ok(before(plan.bookAt, start))
        }
        if (mode === 'ask') return
        assert.equal(plan !== undefined, before(latest(opening, now), start))
        if (!plan) return
        assert.equal(minutes(plan.decideAt, opening), leadMinutes)
        assert.equal(`${plan.deadline}`, `${start}`)
      }),
      RUNS,
    )
  })
})

describe('the question whether to keep a booking, in every zone and year, seen at any time', () => {
  it('is left out only when the class is too near to answer after booking', () => {
    fc.assert(
      fc.property(anyOccurrence, (occurrence) => {
        const { start, opening, now } = occurrence
        const inTime = minutes(latest(opening, now), start) >= 20
        assert.equal(planKeeping(occurrence) !== undefined, inTime)
      }),
      RUNS,
    )
  })

  it('comes when there can be a booking, and ends no sooner than the hours before the class say', () => {
    fc.assert(
      fc.property(anyOccurrence, (occurrence) => {
        const { start, opening, cancelHours } = occurrence
        const plan = planKeeping(occurrence)
        if (!plan) return

        assert.ok(!before(plan.askAt, opening))
        assert.ok(minutes(plan.deadline, start) <= Math.max(cancelHours * 60, 10))
      }),
      RUNS,
    )
  })
})

describe('quiet hours, in every zone and year', () => {
  it('are broken only by who is in them already and cannot wait for their end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTIONS), anyOccurrence, ([, plan], occurrence) => {
        const { start, opening, now, quiet, cancelHours } = occurrence
        const question = plan(occurrence)
        if (!question || !quiet) return
        const out = latest(question.at, now)
        if (!isQuiet(quiet, out)) return

        const possible = plan === keepingQuestion ? latest(opening, now) : now
        const answerBy = plan === keepingQuestion ? Math.max(cancelHours * 60, 10) + 10 : 20
        assert.equal(`${out}`, `${possible}`, 'they had begun')
        assert.ok(minutes(quietEnd(quiet, out), start) < answerBy, 'they end too late')
      }),
      RUNS,
    )
  })
})
