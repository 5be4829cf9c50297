import { z } from 'zod'
import type { Plan } from '../planner/plan/types.ts'
import type { PlanRow } from './schema.ts'

/** A place that a plan tries, by priority among others. `options` are the `course` of its slots; null: it has no parts. */
export type PlanPlaceChoice = z.infer<typeof choiceSchema>

const choiceSchema = z.object({
  place: z.string(),
  options: z.array(z.string().nullable()).min(1),
  /** Many may hold the same hour of it. */
  shared: z.boolean(),
  /** So many accounts may try for one hour of it. */
  maxAccounts: z.int().positive(),
})
const choicesSchema = z.array(choiceSchema).min(1)

export function placesText(places: readonly PlanPlaceChoice[]): string {
  return JSON.stringify(choicesSchema.parse(places))
}

export function placesOf({ places }: Pick<PlanRow, 'places'>): PlanPlaceChoice[] {
  return choicesSchema.parse(JSON.parse(places))
}

/** As the tries and the planner name it: a place without parts has one, `''`. */
function partOf(option: string | null): string {
  return option ?? ''
}

/** The `course` of a part's slots. */
export function courseOf(part: string): string | null {
  return part === '' ? null : part
}

/** The wish as the planner takes it. */
export function planOf(row: PlanRow, accounts: readonly number[]): Plan {
  return {
    hours: row.hours,
    least: row.least,
    from: row.from_hour,
    to: row.to_hour,
    places: placesOf(row).map((place) => ({ ...place, options: place.options.map(partOf) })),
    accounts,
  }
}
