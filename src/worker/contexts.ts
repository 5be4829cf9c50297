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
  /**
   * The account's context, with its saved session in it, once nobody uses it any more. Give it back with `release`.
   * Two want it when a worker that stood still takes up an action again before its own first attempt knows of the loss.
   */
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
  /** By account whose context is in use: gives it back. */
  const inUse = new Map<number, PromiseWithResolvers<void>>()

  async function takeTurn(accountId: number): Promise<void> {
    for (let other = inUse.get(accountId); other; other = inUse.get(accountId)) await other.promise
    inUse.set(accountId, Promise.withResolvers())
  }

  function endTurn(accountId: number): void {
    inUse.get(accountId)?.resolve()
    inUse.delete(accountId)
  }

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

  async function warmContext(account: Account, operator: PortalOperator): Promise<BrowserContext> {
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
  }

  async function giveBack(accountId: number, spoiled: boolean): Promise<void> {
    const entry = warm.get(accountId)
    if (!entry) return
    if (spoiled) return await drop(accountId)
    await save(accountId, entry).catch((error) => log.warn({ error: messageOf(error) }, 'session not saved'))
    entry.idle = setTimeout(() => void dropIdle(accountId), IDLE_MS)
    entry.idle.unref()
  }

  return {
    async open(account, operator) {
      await takeTurn(account.id)
      try {
        return await warmContext(account, operator)
      } catch (error) {
        endTurn(account.id)
        throw error
      }
    },
    async release(account, spoiled) {
      try {
        await giveBack(account.id, spoiled)
      } finally {
        endTurn(account.id)
      }
    },
    drop: (account) => drop(account.id),
    async close() {
      await Promise.all([...warm.keys()].map(drop))
      await browser.close()
    },
  }
}
