import { z } from 'zod'
import type { Outcome } from '../planner/plan/types.ts'
import type { PlanRow } from './schema.ts'

const aim = { hour: z.int(), place: z.string(), option: z.string(), account: z.int() }
const wonSchema = z.object({ ...aim, tryId: z.int() })
const trySchema = z.object({
  ...aim,
  id: z.int(),
  kind: z.enum(['spread', 'sibling']),
  state: z.enum([
    'open',
    'won',
    'taken',
    'limit',
    'overlap',
    'no-subscription',
    'refused',
    'auth-failed',
    'failed',
    'stopped',
  ]),
  cancelling: z.enum(['open', 'done', 'failed']).nullable(),
})
const barredSchema = z.object({
  account: z.int(),
  why: z.enum(['unusable', 'auth-failed', 'hour', 'place', 'no-subscription']),
})
const lineSchema = z.object({
  hour: z.int(),
  came: z.enum(['run', 'leftover', 'given-up', 'needless', 'hopeless', 'stopped']),
  places: z.array(z.object({ place: z.string(), tries: z.array(trySchema), barred: z.array(barredSchema) })),
})
const outcomeSchema: z.ZodType<Outcome> = z.object({
  result: z.enum(['full', 'fewer', 'failed', 'stopped']),
  run: z.array(wonSchema),
  leftovers: z.array(wonSchema),
  story: z.array(lineSchema),
})

export function outcomeText(outcome: Outcome): string {
  return JSON.stringify(outcomeSchema.parse(outcome))
}

/** What came of a plan; null while it is open. */
export function outcomeOf({ outcome }: Pick<PlanRow, 'outcome'>): Outcome | null {
  return outcome === null ? null : outcomeSchema.parse(JSON.parse(outcome))
}
