import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, it } from 'node:test'
import type { BrowserContext } from 'playwright'
import { getAccount } from '../../src/db/accounts.ts'
import { changeCredentials } from '../../src/db/own-accounts.ts'
import { loadSession } from '../../src/db/portal-sessions.ts'
import { removeAccount } from '../../src/db/remove-account.ts'
import type { PortalOperator } from '../../src/portals/contract.ts'
import type { BrowserKeeper } from '../../src/worker/browser.ts'
import { keepContexts } from '../../src/worker/contexts.ts'
import { OWNER, openTestHouse, testClock } from '../support/house.ts'

const OPERATOR: PortalOperator = {
  contextOptions: { locale: 'it-IT', timezoneId: 'Europe/Rome', viewport: { width: 1, height: 1 } },
  secretSelectors: [],
  openSession: () => Promise.reject(new Error('no session is opened here')),
}

/** Contexts without a browser: each remembers with what it was made, and has logged in as itself. */
function fakeBrowser(): BrowserKeeper & { made: unknown[]; closed: number } {
  const made: unknown[] = []
  const keeper = {
    made,
    closed: 0,
    async newContext(options: { storageState?: unknown }): Promise<BrowserContext> {
      made.push(options.storageState)
      const login = made.length
      const context = Object.assign(new EventEmitter(), { storageState: async () => ({ login }) })
      return context as unknown as BrowserContext
    },
    async closeContext() {
      keeper.closed += 1
    },
    async close() {},
  }
  return keeper as unknown as BrowserKeeper & { made: unknown[]; closed: number }
}

async function open() {
  const clock = testClock('2026-11-23T12:00:00Z')
  const house = await openTestHouse(clock)
  const { db, vault, log } = house
  const account = await house.addAccount(OWNER.id, { username: '10012345', password: 'p' })
  const browser = fakeBrowser()
  return { ...house, clock, account, browser, contexts: keepContexts({ db, vault, browser, log }) }
}

describe('the warm context of an account', () => {
  it('is used again', async () => {
    const { contexts, account, browser, db, vault, close } = await open()

    const first = await contexts.open(account, OPERATOR)
    await contexts.release(account, false)

    assert.equal(await contexts.open(account, OPERATOR), first)
    assert.equal(await loadSession(db, vault, account.id), '{"login":1}')
    assert.deepEqual([browser.made, browser.closed], [[undefined], 0])
    await contexts.close()
    await close()
  })

  it('is closed when the credentials have changed, and leaves no session behind', async () => {
    const { contexts, account, browser, db, vault, clock, close } = await open()
    await contexts.open(account, OPERATOR)
    clock.move({ seconds: 1 })
    await changeCredentials(db, vault, { userId: OWNER.id, accountId: account.id, change: { password: 'new' } })
    // It was at work meanwhile, and saves its login only now.
    await contexts.release(account, false)
    assert.equal(await loadSession(db, vault, account.id), undefined)

    await contexts.open(await getAccount(db.read, account.id), OPERATOR)

    assert.deepEqual([browser.made, browser.closed], [[undefined, undefined], 1])
    await contexts.release(account, false)
    assert.equal(await loadSession(db, vault, account.id), '{"login":2}')
    await contexts.close()
    await close()
  })

  it('is given to one at a time: who wants it meanwhile waits until it is given back', async () => {
    const { contexts, account, browser, close } = await open()
    const taken: string[] = []
    const use = async (name: string) => {
      const context = await contexts.open(account, OPERATOR)
      taken.push(name)
      return context
    }

    const first = await use('first')
    const waiting = [use('second'), use('third')]
    await new Promise(setImmediate)
    assert.deepEqual(taken, ['first'])

    await contexts.release(account, false)
    assert.equal(await waiting[0], first)
    assert.deepEqual(taken, ['first', 'second'])

    // What ends it from outside leaves it in use until it is given back.
    await contexts.drop(account)
    await new Promise(setImmediate)
    assert.deepEqual(taken, ['first', 'second'])
    await contexts.release(account, true)
    assert.notEqual(await waiting[1], first)
    assert.deepEqual([taken, browser.closed], [['first', 'second', 'third'], 1])
    await contexts.release(account, false)
    await contexts.close()
    await close()
  })

  it('can be asked for again when there was no browser to make it in', async () => {
    const { contexts, account, browser, close } = await open()
    const { newContext } = browser
    browser.newContext = () => Promise.reject(new Error('no browser'))
    await assert.rejects(contexts.open(account, OPERATOR), /no browser/)

    browser.newContext = newContext
    await contexts.open(account, OPERATOR)

    await contexts.release(account, false)
    await contexts.close()
    await close()
  })

  it('of an account that was removed is given back quietly', async () => {
    const { contexts, account, db, close } = await open()
    await contexts.open(account, OPERATOR)
    await removeAccount(db, OWNER.id, account.id)

    await contexts.release(account, false)

    assert.deepEqual(await db.read.selectFrom('portal_sessions').selectAll().execute(), [])
    await contexts.close()
    await close()
  })
})
