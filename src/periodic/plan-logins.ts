import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { startOf } from '../db/plan-bookings.ts'
import { listOpenPlans } from '../db/plan-moves.ts'
import { hopefulOf, readStand } from '../db/plan-state.ts'
import type { PlanRow } from '../db/schema.ts'
import { awaited } from '../planner/plan/next-moves.ts'
import { getPortal } from '../portals/registry.ts'
import { checkLogin, isSoon } from './login-check.ts'

/** Has the logins checked that plans need soon, once for each opening, so that no session turns out to be dead at it. */
export async function checkPlanLogins(db: Database, log: Logger, portalOf = getPortal): Promise<void> {
  for (const row of await listOpenPlans(db))
    await checkLoginsOf(db, row, portalOf).catch((error) =>
      log.error({ plan: row.id, error: messageOf(error) }, 'the logins of a plan were not checked'),
    )
}

async function checkLoginsOf(db: Database, row: PlanRow, portalOf: typeof getPortal): Promise<void> {
  const facts = portalOf(row.portal)
  const { opening } = facts
  const now = db.clock.now()
  const stand = await readStand(db.read, row, facts, now)
  const openings = awaited(stand.plan, hopefulOf(stand))
    .map(({ hour, place }) => opening({ date: row.date, start: startOf(hour), location: place }))
    .filter((opensAt) => isSoon(opensAt, now))
  for (const opensAt of openings)
    for (const { accountId } of stand.accounts.filter(({ usable }) => usable))
      await checkLogin(db, { portal: row.portal, accountId, opensAt })
}
