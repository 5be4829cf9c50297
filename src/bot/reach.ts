import { listAccountsOf } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import { type Mutable, mutedOf } from '../db/muted.ts'
import type { UserRow } from '../db/schema.ts'
import { findUser } from '../db/users.ts'
import { isQuiet } from '../planner/quiet-hours.ts'
import { quietHoursOf } from '../planner/rule-plan.ts'
import { findPortal, portals } from '../portals/registry.ts'

/** How what comes unasked is to reach a user: without a sound, and what not at all. */
export type Reach = { quiet: boolean; muted: readonly Mutable[] }

/** As the user has set it, at this moment. */
export async function reachOf(db: Database, userId: number): Promise<Reach> {
  const user = await findUser(db.read, userId)
  return user ? { quiet: await isQuietFor(db, user), muted: mutedOf(user) } : { quiet: false, muted: [] }
}

/** Quiet hours are on the clocks of the portal of the user's accounts. */
async function isQuietFor(db: Database, user: UserRow): Promise<boolean> {
  if (user.quiet_from === null) return false
  const [account] = await listAccountsOf(db.read, user.id)
  const facts = (account && findPortal(account.portal)) ?? portals[0]
  const hours = facts && quietHoursOf(user, facts.timeZone)
  return hours !== undefined && isQuiet(hours, db.clock.now())
}
