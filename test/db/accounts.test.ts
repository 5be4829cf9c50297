import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { parseConfig } from '../../src/core/config.ts'
import type { Credentials } from '../../src/core/credentials.ts'
import { UserError } from '../../src/core/errors.ts'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import {
  activateAccount,
  getAccount,
  listAccounts,
  listAccountsOf,
  openCredentials,
  suspendAccount,
  takeOverAccount,
} from '../../src/db/accounts.ts'
import { loadSession, saveSession } from '../../src/db/portal-sessions.ts'
import { takeOverConfig } from '../../src/db/take-over.ts'
import { ensureUser, findUser, listOwners, updateUser } from '../../src/db/users.ts'
import { ENGINE } from '../support/engines.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'
import { everythingKept } from '../support/kept.ts'

const clock = testClock('2026-11-23T12:00:00Z')
let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse(clock)
  await ensureUser(house.db, OWNER.id, 'owner')
  await ensureUser(house.db, GUEST.id, 'member')
})
afterEach(() => house.close())

const ADA: Credentials = {
  username: 'ada.lovelace',
  password: 'pa55word-öß',
  otpauth: 'otpauth://totp/x?secret=NB2W45DF',
}
const takeOver = (credentials = ADA, userId: number = OWNER.id, name = 'Mine') =>
  takeOverAccount(house.db, house.vault, { userId, portal: 'polimisport', name, credentials })
const suspend = async () => {
  const account = await getAccount(house.db.read, 1)
  await house.db.write((tx) => suspendAccount(tx, account, clock.now()))
}
const stateOf = async () => (await getAccount(house.db.read, 1)).state

describe('taking an account over', () => {
  it('seals its credentials, to be opened again', async () => {
    assert.equal(await takeOver(), 'added')

    assert.deepEqual(await openCredentials(house.db.read, house.vault, 1), ADA)
    assert.deepEqual(await listAccountsOf(house.db.read, OWNER.id), [
      {
        id: 1,
        user_id: OWNER.id,
        portal: 'polimisport',
        name: 'Mine',
        state: 'active',
        suspended_by: null,
        synced_at: null,
        updated_at: '2026-11-23T12:00:00.000Z',
      },
    ])
  })

  it('changes nothing when nothing changed, in whatever order it is written', async () => {
    await takeOver()
    await saveSession(house.db, house.vault, 1, '{}')
    await suspend()
    await saveSession(house.db, house.vault, 1, '{"cookies":[]}')
    const { otpauth, password, username } = ADA

    const again = await takeOver(JSON.parse(JSON.stringify({ otpauth, password, username })))

    assert.equal(again, 'unchanged')
    assert.equal(await stateOf(), 'suspended')
    assert.equal(await loadSession(house.db, house.vault, 1), '{"cookies":[]}')
  })

  it('makes a suspended account active with new secrets, and forgets its session', async () => {
    await takeOver()
    await suspend()
    await saveSession(house.db, house.vault, 1, '{}')

    assert.equal(await takeOver({ ...ADA, password: 'new' }), 'updated')

    assert.equal(await stateOf(), 'active')
    assert.equal(await loadSession(house.db, house.vault, 1), undefined)
    assert.equal((await openCredentials(house.db.read, house.vault, 1)).password, 'new')
    assert.equal((await listAccounts(house.db.read)).length, 1)
  })

  it('refuses another user’s login, and changes nothing of it', async () => {
    await takeOver()

    await assert.rejects(takeOver({ ...ADA, password: 'stolen' }, GUEST.id), UserError)

    assert.equal((await openCredentials(house.db.read, house.vault, 1)).password, ADA.password)
  })

  it('refuses a name that the user has given already, but not another user’s', async () => {
    await takeOver()

    await assert.rejects(takeOver({ ...ADA, username: 'ada2' }), /already a polimisport account named "Mine"/)

    assert.equal(await takeOver({ ...ADA, username: 'bruno' }, GUEST.id), 'added')
    assert.equal(await takeOver({ ...ADA, username: 'ada2' }, OWNER.id, 'Other'), 'added')
  })

  it('says so when the vault has another key by now', async () => {
    await takeOver()
    const keyFile = join(house.folder, 'other.key')
    ensureVaultKey(keyFile)

    await assert.rejects(openCredentials(house.db.read, openVault(keyFile), 1), UserError)
  })

  it('does not open credentials moved to another row', async () => {
    await takeOver()
    await takeOver({ ...ADA, username: 'bruno' }, GUEST.id)
    const { credentials } = await house.db.read.selectFrom('accounts').select('credentials').executeTakeFirstOrThrow()
    await house.db.write((tx) => tx.updateTable('accounts').set({ credentials }).where('id', '=', 2).execute())

    await assert.rejects(openCredentials(house.db.read, house.vault, 2), UserError)
  })

  it('takes the owner and the accounts of a configuration, once', async () => {
    const account = { portal: 'polimisport', username: 'u', password: 'p' }
    const json = {
      telegram: { botToken: '1:abc', ownerId: OWNER.id },
      accounts: [
        { ...account, owner: OWNER.id },
        { ...account, owner: 77, username: 'u2', name: 'Guest' },
      ],
    }
    const config = parseConfig(json, join(house.folder, 'config.json'), {})

    const outcomes = [
      await takeOverConfig(house.db, house.vault, config),
      await takeOverConfig(house.db, house.vault, config),
    ]

    assert.deepEqual(outcomes, [
      [
        { name: 'Polimisport', outcome: 'added' },
        { name: 'Guest', outcome: 'added' },
      ],
      [
        { name: 'Polimisport', outcome: 'unchanged' },
        { name: 'Guest', outcome: 'unchanged' },
      ],
    ])
    assert.equal((await findUser(house.db.read, 77))?.role, 'member')
  })
})

describe('an account', () => {
  it('is suspended once, and its user told once', async () => {
    await takeOver()
    await saveSession(house.db, house.vault, 1, '{}')

    await suspend()
    await suspend()

    assert.equal(await stateOf(), 'suspended')
    assert.equal(await loadSession(house.db, house.vault, 1), undefined)
    const notices = await house.db.read.selectFrom('notices').select(['kind', 'user_id']).execute()
    assert.deepEqual(notices, [{ kind: 'account-suspended', user_id: OWNER.id }])
  })

  it('is active again once the portal has taken its credentials', async () => {
    await takeOver()
    await suspend()

    await house.db.write((tx) => activateAccount(tx, 1, clock.now()))

    assert.equal(await stateOf(), 'active')
  })

  it('that does not exist is an error', async () => {
    await assert.rejects(getAccount(house.db.read, 9), /there is no account 9/)
  })
})

describe('a portal session', () => {
  it('is saved over the one before, and opens only for its account', async () => {
    await takeOver()
    await takeOver({ ...ADA, username: 'bruno' }, GUEST.id)

    await saveSession(house.db, house.vault, 1, 'first')
    await saveSession(house.db, house.vault, 1, 'second')
    await saveSession(house.db, house.vault, 2, 'other')
    assert.equal(await loadSession(house.db, house.vault, 1), 'second')

    const { state } = await house.db.read
      .selectFrom('portal_sessions')
      .select('state')
      .where('account_id', '=', 1)
      .executeTakeFirstOrThrow()
    await house.db.write((tx) => tx.updateTable('portal_sessions').set({ state }).where('account_id', '=', 2).execute())
    await assert.rejects(loadSession(house.db, house.vault, 2), UserError)
  })
})

describe('credentials in the configuration file', () => {
  const fromConfig = (credentials: Credentials) =>
    takeOverAccount(house.db, house.vault, {
      userId: OWNER.id,
      portal: 'polimisport',
      name: 'Mine',
      credentials,
      fromConfig: true,
    })

  it('do not come back once they were changed elsewhere', async () => {
    await fromConfig(ADA)
    await takeOver({ ...ADA, password: 'newer' })

    assert.equal(await fromConfig(ADA), 'unchanged')
    assert.equal((await openCredentials(house.db.read, house.vault, 1)).password, 'newer')
  })

  it('count again when the file says something new', async () => {
    await fromConfig(ADA)
    await takeOver({ ...ADA, password: 'newer' })

    assert.equal(await fromConfig({ ...ADA, password: 'newest' }), 'updated')
    assert.equal((await openCredentials(house.db.read, house.vault, 1)).password, 'newest')
  })
})

describe('what the database keeps', () => {
  it('hold no secret in clear: not while it is open, nor after', async () => {
    const cookie = 'ASP.NET_SessionId=c00kie-value-1234567890'
    await takeOver()
    await takeOver({ ...ADA, password: 'changed-pa55word' })
    await saveSession(house.db, house.vault, 1, JSON.stringify({ cookies: [{ value: cookie }] }))
    await suspend()
    await saveSession(house.db, house.vault, 1, JSON.stringify({ cookies: [{ value: cookie }] }))
    const secrets = [ADA.username, ADA.password, 'changed-pa55word', 'NB2W45DF', 'c00kie-value']
    const open = await everythingKept(house)
    await house.db.close()
    const closed = await everythingKept(house)

    if (ENGINE === 'SQLite') assert.ok(open.length > closed.length, 'there was a write-ahead log beside the database')
    for (const kept of [open, closed]) assert.ok(Buffer.concat(kept).includes('Mine'), 'what is no secret is found')
    for (const bytes of [...open, ...closed]) {
      for (const secret of secrets) {
        assert.equal(bytes.indexOf(secret), -1, `${secret} in clear`)
        assert.equal(bytes.indexOf(Buffer.from(secret).toString('base64').slice(0, -4)), -1, `${secret} in base64`)
        assert.equal(bytes.indexOf(Buffer.from(secret).toString('hex')), -1, `${secret} in hex`)
      }
    }
  })
})

describe('users', () => {
  it('are made once, and an owner stays one', async () => {
    await ensureUser(house.db, OWNER.id, 'member')
    await ensureUser(house.db, GUEST.id, 'member')

    assert.deepEqual(
      (await listOwners(house.db.read)).map((user) => user.id),
      [OWNER.id],
    )
    assert.equal((await findUser(house.db.read, GUEST.id))?.role, 'member')
    assert.equal(await findUser(house.db.read, 1), undefined)
  })

  it('become owners', async () => {
    await ensureUser(house.db, GUEST.id, 'owner')

    assert.equal((await listOwners(house.db.read)).length, 2)
  })

  it('are remembered with ids beyond 32 bits, name and language', async () => {
    await updateUser(house.db, OWNER.id, { first_name: 'Ada', language: 'it', blocked_at: '2026-11-23T12:00:00.000Z' })
    await updateUser(house.db, OWNER.id, { blocked_at: null })

    const user = await findUser(house.db.read, OWNER.id)
    assert.deepEqual([user?.id, user?.first_name, user?.language, user?.blocked_at], [OWNER.id, 'Ada', 'it', null])
  })
})
