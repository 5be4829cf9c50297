import type { BrowserContext } from 'playwright'
import { messageOf } from '../core/errors.ts'
import { inTime } from '../core/in-time.ts'
import type { Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import type { Account } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import { loadSession, saveSession } from '../db/portal-sessions.ts'
import type { PortalOperator } from '../portals/contract.ts'
import type { BrowserKeeper } from './browser.ts'

/** A context without work for this long is closed, and after the last one the browser: unused, it costs nothing. */
const IDLE_MS = 120_000
const SAVE_LIMIT_MS = 5_000

/** One isolated browser context an account, kept warm while there is work. */
export type Contexts = {
  /** The account's context, with its saved session in it. Give it back with `release`. */
  open(account: Account, operator: PortalOperator): Promise<BrowserContext>
  /** Saves the session if it changed, and keeps the context warm; `spoiled` ones are closed instead. */
  release(account: Account, spoiled: boolean): Promise<void>
  /** Closes the context now, whatever is going on in it. */
  drop(account: Account): Promise<void>
  close(): Promise<void>
}

/** `since`: the account's `updated_at` when the context was made; new credentials are not tried in an old login. */
type Warm = { context: BrowserContext; since: string; saved: string | undefined; idle: NodeJS.Timeout | undefined }

export function keepContexts(deps: { db: Database; vault: Vault; browser: BrowserKeeper; log: Logger }): Contexts {
  const { db, vault, browser, log } = deps
  const warm = new Map<number, Warm>()

  async function drop(accountId: number): Promise<void> {
    const entry = warm.get(accountId)
    if (!entry) return
    warm.delete(accountId)
    clearTimeout(entry.idle)
    await browser.closeContext(entry.context)
  }

  async function dropIdle(accountId: number): Promise<void> {
    await drop(accountId)
    if (warm.size === 0) await browser.close()
  }

  async function save(accountId: number, entry: Warm): Promise<void> {
    const state = JSON.stringify(await inTime('reading the session', SAVE_LIMIT_MS, entry.context.storageState()))
    if (state === entry.saved) return
    await saveSession(db, vault, accountId, state, entry.since)
    entry.saved = state
  }

  return {
    async open(account, operator) {
      const known = warm.get(account.id)
      if (known && known.since === account.updated_at) {
        clearTimeout(known.idle)
        return known.context
      }
      await drop(account.id)
      const saved = await loadSession(db, vault, account.id)
      const context = await browser.newContext({
        ...operator.contextOptions,
        ...(saved === undefined ? {} : { storageState: JSON.parse(saved) }),
      })
      context.on('close', () => {
        if (warm.get(account.id)?.context === context) warm.delete(account.id)
      })
      warm.set(account.id, { context, since: account.updated_at, saved, idle: undefined })
      return context
    },
    async release(account, spoiled) {
      const entry = warm.get(account.id)
      if (!entry) return
      if (spoiled) return await drop(account.id)
      await save(account.id, entry).catch((error) => log.warn({ error: messageOf(error) }, 'session not saved'))
      entry.idle = setTimeout(() => void dropIdle(account.id), IDLE_MS)
      entry.idle.unref()
    },
    drop: (account) => drop(account.id),
    async close() {
      await Promise.all([...warm.keys()].map(drop))
      await browser.close()
    },
  }
}
