import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { BookAction } from '../db/actions/action.ts'
import { listBookingsAhead } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { getPortal } from '../portals/registry.ts'
import { CHECKED_BEFORE, checkLogin, isSoon } from './login-check.ts'

/**
 * Has the logins checked that bookings at an opening need soon, once for each opening. A booking is claimed only a
 * minute and a half ahead: too late for a person to give a new password.
 */
export async function checkAheadLogins(db: Database, log: Logger, portalOf = getPortal): Promise<void> {
  const now = db.clock.now()
  for (const action of await listBookingsAhead(db.read, now, now.add(CHECKED_BEFORE)))
    await checkFor(db, action, now, portalOf).catch((error) =>
      log.error({ action: action.id, error: messageOf(error) }, 'the login for a booking was not checked'),
    )
}

async function checkFor(db: Database, action: BookAction, now: Temporal.Instant, portalOf: typeof getPortal) {
  const { portal, accountId, slot } = action
  const { opening, laterOpening } = portalOf(portal)
  const opensAt = [opening(slot), laterOpening?.(slot)].find((instant) => instant && isSoon(instant, now))
  if (opensAt) await checkLogin(db, { portal, accountId, opensAt })
}
