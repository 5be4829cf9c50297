import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { PlanRow, PlanState } from './schema.ts'

/** Written out, so that the index of these serves. */
export const OPEN_PLAN = [sql.lit<PlanState>('active'), sql.lit<PlanState>('stopping')] as const

/** The plan's row, nobody else's to change until `tx` ends; everything that changes a plan begins with it. */
export async function lockPlan(tx: Tx, planId: number): Promise<PlanRow | undefined> {
  return await tx
    .updateTable('plans')
    .set((eb) => ({ state: eb.ref('state') }))
    .where('id', '=', planId)
    .returningAll()
    .executeTakeFirst()
}
