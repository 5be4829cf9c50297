import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { parseConfig } from '../../src/core/config.ts'
import { listAccounts } from '../../src/db/accounts.ts'
import { distrustOpenActions } from '../../src/db/after-restore.ts'
import { openDatabase } from '../../src/db/database.ts'
import { inviteMember, inviteOwner, listOpenInvites, redeemInvite } from '../../src/db/invites.ts'
import { removeAccount } from '../../src/db/remove-account.ts'
import { removeUser } from '../../src/db/remove-user.ts'
import { takeOverConfig } from '../../src/db/take-over.ts'
import { ensureOwner, ensureUser, findUser, listOwners, listUsers } from '../../src/db/users.ts'
import { GUEST, OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const NOON = '2026-11-23T12:00:00.000Z'

let clock: ReturnType<typeof testClock>
let house: TestHouse
beforeEach(async () => {
  clock = testClock(NOON)
  house = await openTestHouse(clock)
})
afterEach(() => house.close())

const by = (userId: number) => ({ userId, firstName: `U${userId}`, at: clock.now() })
const redeem = (code: string, userId: number) => redeemInvite(house.db, house.vault, code, by(userId))
const owners = async () => (await listOwners(house.db.read)).map(({ id }) => id)

describe('an invitation', () => {
  it('lets in exactly one of many who open it at once, in several processes', async () => {
    await ensureUser(house.db, OWNER.id, 'owner')
    const { code } = await inviteMember(house.db, house.vault, OWNER.id)
    const other = await openDatabase({ url: house.databaseUrl, clock })
    try {
      const became = await Promise.all(
        Array.from({ length: 20 }, (_, n) => redeemInvite(n % 2 ? other : house.db, house.vault, code, by(100 + n))),
      )

      assert.deepEqual(became.filter(Boolean), ['member'])
    } finally {
      await other.close()
    }
    assert.equal((await listUsers(house.db.read)).length, 2)
    const notices = await house.db.read.selectFrom('notices').select(['kind', 'user_id']).execute()
    assert.deepEqual(notices, [{ kind: 'user-joined', user_id: OWNER.id }])
  })

  it('makes nobody the owner once there is one', async () => {
    const invite = await inviteOwner(house.db, house.vault)
    assert.ok(invite)
    await ensureUser(house.db, OWNER.id, 'owner')

    assert.equal(await redeem(invite.code, GUEST.id), undefined)
    assert.equal(await findUser(house.db.read, GUEST.id), undefined)
    assert.equal(await inviteOwner(house.db, house.vault), undefined)
  })

  it('makes a member the owner, who stays who they are', async () => {
    await house.addAccount(GUEST.id, { username: 'bruno', password: 'pw' })
    const invite = await inviteOwner(house.db, house.vault)
    assert.ok(invite)

    assert.equal(await redeem(invite.code, GUEST.id), 'owner')
    assert.deepEqual(await owners(), [GUEST.id])
    assert.equal((await listAccounts(house.db.read)).length, 1)
  })

  it('of an owner holds for an hour, of a member for three days', async () => {
    const invite = await inviteOwner(house.db, house.vault)
    assert.ok(invite)
    clock.move({ minutes: 60 })
    assert.equal(await redeem(invite.code, OWNER.id), undefined)
    await ensureUser(house.db, OWNER.id, 'owner')
    const { code } = await inviteMember(house.db, house.vault, OWNER.id)
    clock.move({ hours: 71, minutes: 59 })
    assert.equal((await listOpenInvites(house.db.read, clock.now())).length, 1)
    assert.equal(await redeem(code, GUEST.id), 'member')
  })

  it('is forgotten when it has long expired', async () => {
    await ensureUser(house.db, OWNER.id, 'owner')
    await inviteMember(house.db, house.vault, OWNER.id)
    clock.move({ hours: 24 * 6 })
    await inviteMember(house.db, house.vault, OWNER.id)

    assert.equal((await house.db.read.selectFrom('invites').selectAll().execute()).length, 1)
  })

  it('of a restored database opens nothing: it may have been used since', async () => {
    await ensureUser(house.db, OWNER.id, 'owner')
    const { code } = await inviteMember(house.db, house.vault, OWNER.id)
    await house.db.write((tx, now) => distrustOpenActions(tx, now))

    assert.equal(await redeem(code, GUEST.id), undefined)
  })
})

describe('the owner that the configuration names', () => {
  it('is the only one: whoever was it before is a member, and their invitations void', async () => {
    await ensureUser(house.db, GUEST.id, 'owner')
    const { code } = await inviteMember(house.db, house.vault, GUEST.id)
    await ensureOwner(house.db, OWNER.id)
    await ensureOwner(house.db, OWNER.id)

    assert.deepEqual(await owners(), [OWNER.id])
    assert.equal((await findUser(house.db.read, GUEST.id))?.role, 'member')
    assert.equal(await redeem(code, 77), undefined)
  })

  it('may be missing', async () => {
    const config = parseConfig({ telegram: { botToken: '1:abc' } }, join(house.folder, 'config.json'), {})

    assert.deepEqual(await takeOverConfig(house.db, house.vault, config), [])
    assert.deepEqual(await owners(), [])
  })
})

describe('an account that the configuration gave', () => {
  const account = { portal: 'polimisport', owner: GUEST.id, username: 'bruno', password: 'one' }
  const takeOver = (password: string) => {
    const json = {
      telegram: { botToken: '1:abc', ownerId: OWNER.id },
      accounts: [{ ...account, password }],
    }
    return takeOverConfig(house.db, house.vault, parseConfig(json, join(house.folder, 'config.json'), {}))
  }

  it('does not come back by the next start after its user was removed, but by new text in the file', async () => {
    await takeOver('one')
    assert.equal((await removeUser(house.db, GUEST.id, 'owner')).outcome, 'removed')

    assert.deepEqual(await takeOver('one'), [])
    assert.equal(await findUser(house.db.read, GUEST.id), undefined)
    assert.deepEqual(await takeOver('two'), [{ name: 'Polimisport', outcome: 'added' }])
  })

  it('does not come back either when its user removed it in the chat', async () => {
    await takeOver('one')
    const [account] = await listAccounts(house.db.read)
    assert.equal(await removeAccount(house.db, GUEST.id, account?.id ?? 0), 'removed')

    assert.deepEqual(await takeOver('one'), [])
    assert.deepEqual(await listAccounts(house.db.read), [])
  })
})
