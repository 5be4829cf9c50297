import { parseArgs } from 'node:util'
import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'
import { type Account, listAccounts } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import { openHouse } from '../db/open-house.ts'
import { findPortalState } from '../db/portal-states.ts'
import { lastDaily } from '../planner/daily.ts'
import { findPortal } from '../portals/registry.ts'
import { counted } from './counted.ts'
import { endingLine, runAction } from './run-actions.ts'

/**
 * Reads each portal's timetable through one of its accounts, and waits for it. With `--daily HH:MM` only where it has
 * not been read since that time (of the portal's zone) last came: to be run every hour, and to catch up after a pause.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { daily: { type: 'string' } } })
  if (values.daily !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(values.daily))
    throw new UserError(`--daily expects a time such as 06:00, found "${values.daily}".`)
  const { db } = await openHouse('refresh-courses')
  try {
    if (!(await refreshAll(db, values.daily))) process.exitCode = 1
  } finally {
    await db.close()
  }
})

async function refreshAll(db: Database, daily: string | undefined): Promise<boolean> {
  const accounts = await listAccounts(db.read)
  if (accounts.length === 0) throw new UserError('There is no account yet. Add one with ./bookwright setup.')
  let allOk = true
  for (const [portal, account] of firstActive(accounts)) {
    const name = findPortal(portal)?.name ?? portal
    if (!account) {
      console.log(`${name}: no account that works; check them with ./bookwright doctor`)
      allOk = false
    } else if (daily === undefined || (await isDue(db, portal, daily))) {
      const { ok, line } = await refresh(db, account)
      console.log(`${name}: ${line}`)
      allOk &&= ok
    } else console.log(`${name}: already read since ${daily}`)
  }
  return allOk
}

function firstActive(accounts: Account[]): Map<string, Account | undefined> {
  const portals = new Set(accounts.map((account) => account.portal))
  return new Map(
    [...portals].map((portal) => [
      portal,
      accounts.find((account) => account.portal === portal && account.state === 'active'),
    ]),
  )
}

async function isDue(db: Database, portal: string, daily: string): Promise<boolean> {
  const { refreshedAt } = await findPortalState(db.read, portal)
  if (refreshedAt === null) return true
  const last = lastDaily(daily, findPortal(portal)?.timeZone ?? 'UTC', db.clock.now())
  return Temporal.Instant.compare(Temporal.Instant.from(refreshedAt), last) < 0
}

async function refresh(db: Database, { id, portal }: Account): Promise<{ ok: boolean; line: string }> {
  const action = await runAction(db, { type: 'refresh', userId: null, accountId: id, portal })
  return endingLine(action, ({ result }) =>
    result?.kind === 'refreshed' ? `${counted(result.slots, 'slot')} on ${counted(result.days, 'day')}` : 'read',
  )
}
