import { type Occurrence, planBooking, planKeeping } from '../../src/planner/recurring.ts'

/** What both questions have in common: when it goes out at the soonest, and until when it is waited for. */
type Question = { at: Temporal.Instant; deadline: Temporal.Instant }
type Plan = (occurrence: Occurrence) => Question | undefined

export const bookingQuestion: Plan = (occurrence) => {
  const plan = planBooking('ask', occurrence)
  return plan && { at: plan.decideAt, deadline: plan.deadline }
}
export const keepingQuestion: Plan = (occurrence) => {
  const plan = planKeeping(occurrence)
  return plan && { at: plan.askAt, deadline: plan.deadline }
}

/** From one instant to another. */
export const minutes = (from: Temporal.Instant, to: Temporal.Instant) =>
  (to.epochMilliseconds - from.epochMilliseconds) / 60_000

export const QUESTIONS: [name: string, plan: Plan, leastToAnswer: number, lastAnswer: number][] = [
  ['whether to book', bookingQuestion, 5, 15],
  ['whether to keep a booking', keepingQuestion, 10, 10],
]
