import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'
import { type Account, listAccounts } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import { openHouse } from '../db/open-house.ts'
import { findPortal } from '../portals/registry.ts'
import { counted } from './counted.ts'
import { endingLine, runAction } from './run-actions.ts'

/** Reads the bookings of every account from its portal, and waits for it. */
await runMain(async () => {
  const { db } = await openHouse('sync-bookings')
  try {
    const accounts = await listAccounts(db.read)
    if (accounts.length === 0) throw new UserError('There is no account yet. Add one with ./bookwright setup.')
    const oks = await Promise.all(accounts.map((account) => sync(db, account)))
    if (oks.includes(false)) process.exitCode = 1
  } finally {
    await db.close()
  }
})

async function sync(db: Database, account: Account): Promise<boolean> {
  const name = `${findPortal(account.portal)?.name ?? account.portal}, account ${account.name}`
  if (account.state === 'suspended') {
    const byUser = account.suspended_by === 'user'
    const why = byUser ? 'by its user' : 'the site refused its password; correct it in the chat, with /accounts'
    console.log(`${name}: suspended, ${why}`)
    return byUser
  }
  const action = await runAction(db, { type: 'sync', userId: null, accountId: account.id, portal: account.portal })
  const { ok, line } = endingLine(action, ({ result }) =>
    result?.kind === 'synced'
      ? `${counted(result.bookings, 'booking')} (${result.added} new, ${result.removed} gone from the site)`
      : 'read',
  )
  console.log(`${name}: ${line}`)
  return ok
}
