import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Credentials } from '../../src/core/credentials.ts'
import {
  activateAccount,
  getAccount,
  listAccountsOf,
  openCredentials,
  suspendAccount,
  takeOverAccount,
} from '../../src/db/accounts.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { findActionOf } from '../../src/db/actions/read.ts'
import { endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import {
  addAccount,
  changeCredentials,
  findOwnerOfLogin,
  pauseAccount,
  renameAccount,
  resumeAccount,
} from '../../src/db/own-accounts.ts'
import { loadSession, saveSession } from '../../src/db/portal-sessions.ts'
import { removeAccount } from '../../src/db/remove-account.ts'
import { ensureUser } from '../../src/db/users.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const clock = testClock('2026-11-23T12:00:00Z')
const LIMITS = new Map([['polimisport', 3]])
let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse(clock)
  await ensureUser(house.db, OWNER.id, 'owner')
  await ensureUser(house.db, GUEST.id, 'member')
})
afterEach(() => house.close())

const ADA: Credentials = { username: '10012345', password: 'pa55word', otpauth: 'JBSWY3DPEHPK3PXP' }
const add = (credentials = ADA, userId: number = OWNER.id) =>
  addAccount(house.db, house.vault, { userId, portal: 'polimisport', name: 'Polimisport', credentials })
const change = (change: { password?: string; otpauth?: string | null }, userId: number = OWNER.id) =>
  changeCredentials(house.db, house.vault, { userId, accountId: 1, change })
const credentials = () => openCredentials(house.db.read, house.vault, 1)
const stateOf = async () => {
  const { state, suspended_by } = await getAccount(house.db.read, 1)
  return `${state} ${suspended_by}`
}
const refuse = async () => {
  const account = await getAccount(house.db.read, 1)
  await house.db.write((tx) => suspendAccount(tx, account, clock.now()))
}
const accept = () => house.db.write((tx) => activateAccount(tx, 1, clock.now()))
const ask = (type: 'check' | 'sync', userId: number | null = OWNER.id) =>
  enqueueAction(house.db, { type, userId, accountId: 1, portal: 'polimisport' })
const claim = () => claimNextAction(house.db, 'worker-1', LIMITS)

describe('adding an account', () => {
  it('gives it the first free name', async () => {
    assert.deepEqual(await add(), { outcome: 'added', accountId: 1 })
    await add({ ...ADA, username: '10012346' })
    await add({ ...ADA, username: '10012347' })
    await add({ ...ADA, username: '10012348' }, GUEST.id)

    const names = async (userId: number) => (await listAccountsOf(house.db.read, userId)).map(({ name }) => name)
    assert.deepEqual(await names(OWNER.id), ['Polimisport', 'Polimisport 2', 'Polimisport 3'])
    assert.deepEqual(await names(GUEST.id), ['Polimisport'])
    assert.deepEqual(await credentials(), ADA)
  })

  it('finds what it added when it is done once more', async () => {
    await add()

    assert.deepEqual(await add(), { outcome: 'added', accountId: 1 })
    assert.equal((await listAccountsOf(house.db.read, OWNER.id)).length, 1)
  })

  it('says whose a login is, and changes nothing of it', async () => {
    await add()

    assert.deepEqual(await add({ ...ADA, password: 'x' }), { outcome: 'yours', accountId: 1, name: 'Polimisport' })
    assert.deepEqual(await add(ADA, GUEST.id), { outcome: 'taken' })
    assert.deepEqual(await credentials(), ADA)
    const login = (userId: number, username: string) =>
      findOwnerOfLogin(house.db.read, house.vault, { userId, portal: 'polimisport', username })
    assert.equal((await login(OWNER.id, ADA.username))?.outcome, 'yours')
    assert.equal((await login(GUEST.id, ADA.username))?.outcome, 'taken')
    assert.equal(await login(GUEST.id, '10012346'), undefined)
  })

  it('makes one of two that come at once', async () => {
    const outcomes = await Promise.all([add(), add(ADA, GUEST.id), add()])

    assert.equal((await house.db.read.selectFrom('accounts').select('id').execute()).length, 1)
    assert.ok(outcomes.some(({ outcome }) => outcome === 'added'))
  })
})

describe('new credentials', () => {
  it('replace one field each, and end the session of before', async () => {
    await add()
    await saveSession(house.db, house.vault, 1, '{}')

    assert.equal(await change({ password: 'newer' }), true)
    assert.deepEqual(await credentials(), { ...ADA, password: 'newer' })
    assert.equal(await loadSession(house.db, house.vault, 1), undefined)
    await change({ otpauth: null })
    assert.deepEqual(await credentials(), { username: ADA.username, password: 'newer' })
  })

  it('are given by its user only', async () => {
    await add()

    assert.equal(await change({ password: 'stolen' }, GUEST.id), false)
    assert.deepEqual(await credentials(), ADA)
  })

  it('let a session that was begun before be saved no more', async () => {
    await add()
    const { updated_at: since } = await getAccount(house.db.read, 1)
    clock.move({ seconds: 1 })
    await change({ password: 'newer' })

    await saveSession(house.db, house.vault, 1, 'old', since)
    assert.equal(await loadSession(house.db, house.vault, 1), undefined)
    await saveSession(house.db, house.vault, 1, 'new', (await getAccount(house.db.read, 1)).updated_at)
    assert.equal(await loadSession(house.db, house.vault, 1), 'new')
    await saveSession(house.db, house.vault, 9, 'of an account that is gone', since)
  })
})

describe('who has suspended an account', () => {
  it('lets it be used again, each for their own reason', async () => {
    await add()
    const steps: [step: () => Promise<unknown>, state: string][] = [
      [refuse, 'suspended portal'],
      [() => pauseAccount(house.db, OWNER.id, 1), 'suspended portal'],
      [() => resumeAccount(house.db, OWNER.id, 1), 'suspended portal'],
      [accept, 'active null'],
      [() => pauseAccount(house.db, GUEST.id, 1), 'active null'],
      [() => pauseAccount(house.db, OWNER.id, 1), 'suspended user'],
      [accept, 'suspended user'],
      [() => change({ password: 'newer' }), 'suspended user'],
      [() => resumeAccount(house.db, GUEST.id, 1), 'suspended user'],
      [refuse, 'suspended both'],
      [() => resumeAccount(house.db, OWNER.id, 1), 'suspended both'],
      [accept, 'suspended user'],
      [refuse, 'suspended both'],
      [() => change({ password: 'newest' }), 'suspended user'],
      [() => resumeAccount(house.db, OWNER.id, 1), 'active null'],
      [refuse, 'suspended portal'],
      [() => change({ password: 'good' }), 'active null'],
    ]
    for (const [index, [step, state]] of steps.entries()) {
      await step()
      assert.equal(await stateOf(), state, `after step ${index}`)
    }
    const notices = await house.db.read.selectFrom('notices').select('kind').execute()
    assert.equal(notices.length, 1, 'told once an instant')
  })

  it('lets nothing be claimed for it but a check', async () => {
    await add()
    await pauseAccount(house.db, OWNER.id, 1)
    await ask('sync')
    assert.equal(await claim(), undefined)
    await ask('check')

    const claimed = await claim()
    assert.equal(claimed?.action.type, 'check')
    await endAttempt(house.db, claimed.lease, {
      status: 'completed',
      result: { kind: 'checked' },
      effects: (tx, now) => activateAccount(tx, 1, now),
    })
    assert.equal(await claim(), undefined)
    await resumeAccount(house.db, OWNER.id, 1)
    assert.equal((await claim())?.action.type, 'sync')
  })
})

describe('renaming an account', () => {
  it('keeps names apart', async () => {
    await add()
    const second = await add({ ...ADA, username: '10012346' })
    assert.ok(second.outcome === 'added')
    const { accountId } = second
    const rename = (accountId: number, name: string, userId: number = OWNER.id) =>
      renameAccount(house.db, { userId, accountId, name })

    assert.equal(await rename(accountId, 'Polimisport'), 'name-taken')
    assert.equal(await rename(accountId, 'Work'), 'renamed')
    assert.equal(await rename(accountId, 'Work'), 'renamed')
    assert.equal(await rename(1, 'Mine', GUEST.id), 'unknown')
    assert.equal(await rename(9, 'Mine'), 'unknown')
  })
})

describe('removing an account', () => {
  it('is for its user', async () => {
    await add()

    assert.equal(await removeAccount(house.db, GUEST.id, 1), 'unknown')
    assert.equal(await removeAccount(house.db, OWNER.id, 1), 'removed')
    assert.equal(await removeAccount(house.db, OWNER.id, 1), 'unknown')
  })

  it('takes back what waits, and waits for what is on its way', async () => {
    await add()
    const { id } = await ask('check')
    const waiting = await ask('sync', null)
    const claimed = await claim()
    assert.ok(claimed)

    assert.equal(await removeAccount(house.db, OWNER.id, 1), 'busy')
    assert.equal((await findActionOf(house.db.read, OWNER.id, id))?.cancelRequested, true)
    const statusOf = async (id: number) =>
      (await house.db.read.selectFrom('booking_actions').select('status').where('id', '=', id).executeTakeFirst())
        ?.status
    assert.equal(await statusOf(waiting.id), 'cancelled')
    assert.equal(await cancelAction(house.db, id, OWNER.id), 'requested')
    await endAttempt(house.db, claimed.lease, { status: 'cancelled' })
    assert.equal(await removeAccount(house.db, OWNER.id, 1), 'removed')
    assert.equal(await statusOf(id), undefined)
  })

  it('asks for nothing back that may have been done', async () => {
    await add()
    const { id } = await ask('sync')
    const claimed = await claim()
    assert.ok(claimed)
    await markSubmitted(house.db, claimed.lease)

    assert.equal(await removeAccount(house.db, OWNER.id, 1), 'busy')
    assert.equal((await findActionOf(house.db.read, OWNER.id, id))?.cancelRequested, false)
  })

  it('is not undone by the configuration, until that says something new', async () => {
    const fromConfig = (credentials: Credentials) =>
      takeOverAccount(house.db, house.vault, {
        userId: OWNER.id,
        portal: 'polimisport',
        name: 'Mine',
        credentials,
        fromConfig: true,
      })
    await fromConfig(ADA)
    await removeAccount(house.db, OWNER.id, 1)

    assert.equal(await fromConfig(ADA), 'unchanged')
    assert.deepEqual(await listAccountsOf(house.db.read, OWNER.id), [])
    await add({ ...ADA, password: 'by hand' })
    assert.equal(await fromConfig(ADA), 'unchanged')
    const [account] = await listAccountsOf(house.db.read, OWNER.id)
    assert.ok(account)
    assert.equal((await openCredentials(house.db.read, house.vault, account.id)).password, 'by hand')
    assert.equal(await fromConfig({ ...ADA, password: 'new' }), 'updated')
  })
})
