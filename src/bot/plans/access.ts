import { hasAccountAt } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { plannablePortals } from './portals.ts'

/** Whether plans are of any use in this house: there is an account, whoever's, at a portal that takes them. */
export async function canPlan(db: Database): Promise<boolean> {
  const plannable = plannablePortals().map(({ id }) => id)
  return plannable.length > 0 && (await hasAccountAt(db.read, plannable))
}
