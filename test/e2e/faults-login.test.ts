import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { FaultInput } from '../../sim/polimisport/faults.ts'
import { EXAMPLE_PERSON } from '../../sim/polimisport/server.ts'
import { takeOverAccount } from '../../src/db/accounts.ts'
import type { ActionErrorKind } from '../../src/db/actions/action.ts'
import { OWNER } from '../support/house.ts'
import { openPortalHouse, type PortalHouse, slotOf } from '../support/portal-house.ts'

/** What a booking that needs a new login comes to (dossier Polimisport, 9). */
type Case = { name: string; faults: FaultInput[]; expect: 'booked' | ActionErrorKind; passwordsTried?: number }

const CASES: Case[] = [
  { name: 'logs in with password and code', faults: [], expect: 'booked', passwordsTried: 1 },
  { name: 'gets past a code refused once', faults: [{ id: 'bad-otp-once' }], expect: 'booked' },
  { name: 'goes without a code when none is asked', faults: [{ id: 'otp-skipped' }], expect: 'booked' },
  {
    name: 'goes straight through where the login service knows it',
    faults: [{ id: 'sso-passthrough' }],
    expect: 'booked',
    passwordsTried: 0,
  },
  { name: 'passes the page of an expiring password', faults: [{ id: 'password-expiring' }], expect: 'booked' },
  {
    name: 'passes it after the code, where its button is named like the code’s',
    faults: [{ id: 'password-expiring', when: 'after-otp' }],
    expect: 'booked',
  },
  { name: 'passes a notice with one button', faults: [{ id: 'dfa-notice' }], expect: 'booked' },
  {
    name: 'leaves a notice with a choice to the person',
    faults: [{ id: 'dfa-notice', buttons: 2 }],
    expect: 'challenge-unanswered',
  },
  { name: 'is not hindered by the banner', faults: [{ id: 'banner', variant: 'login' }], expect: 'booked' },
  {
    name: 'is not hindered by a banner that comes late',
    faults: [{ id: 'banner', variant: 'late' }],
    expect: 'booked',
  },
  { name: 'is patient with a slow login', faults: [{ id: 'slow-page', seconds: 0.3 }], expect: 'booked' },
  {
    name: 'comes back when the login was stuck',
    faults: [{ id: 'sso-stuck', mode: 1 }],
    expect: 'booked',
  },
]

describe('logging in, through queue and worker', () => {
  let house: PortalHouse
  before(async () => {
    house = await openPortalHouse()
  })
  after(() => house.close())
  beforeEach(async () => {
    await house.portal.clearFaults()
    await house.portal.expireSessions()
    const { bookings } = await house.portal.state()
    for (const { username, slotId } of bookings) await house.portal.cancelByHand({ username, slotId })
  })
  const counts = async () => {
    const [person] = (await house.portal.state()).people
    assert.ok(person)
    return person
  }

  for (const { name, faults, expect, passwordsTried } of CASES) {
    it(name, async () => {
      const before = await counts()
      for (const fault of faults) await house.portal.setFault(fault)

      const action = await house.run({ type: 'book', slot: slotOf(await house.freeSlot()) })

      assert.equal(action.error?.kind ?? action.result?.kind, expect, JSON.stringify(action.error))
      assert.equal((await house.onSite()).length, expect === 'booked' ? 1 : 0)
      if (passwordsTried !== undefined)
        assert.equal((await counts()).passwordsTried - before.passwordsTried, passwordsTried)
    })
  }

  it('gives up with a clear word when the login stays stuck', async () => {
    await house.portal.setFault({ id: 'sso-stuck' })
    const id = await house.enqueue({ type: 'book', slot: slotOf(await house.freeSlot()) })
    await house.house.db.write((tx) =>
      tx.updateTable('booking_actions').set({ max_attempts: 2 }).where('id', '=', id).execute(),
    )

    const action = await house.ended(id)

    assert.equal(action.error?.kind, 'timeout')
    assert.equal(action.attempt, 2)
    assert.deepEqual(await house.onSite(), [])
  })

  it('tries a wrong password once only, suspends the account and lets the rest wait', async () => {
    const before = await counts()
    await house.portal.setFault({ id: 'bad-password' })

    const first = await house.run({ type: 'book', slot: slotOf(await house.freeSlot()) })
    const waiting = await house.enqueue({ type: 'sync' })

    assert.equal(first.error?.kind, 'bad-credentials')
    assert.equal((await counts()).passwordsTried - before.passwordsTried, 1)
    const account = await house.house.db.read.selectFrom('accounts').select('state').executeTakeFirstOrThrow()
    assert.equal(account.state, 'suspended')
    await house.portal.clearFaults()
    const { username, password, secret } = EXAMPLE_PERSON
    const credentials = { username, password, otpauth: `otpauth://totp/Polimi?secret=${secret}` }
    const { db, vault } = house.house
    await takeOverAccount(db, vault, { userId: OWNER.id, portal: 'polimisport', name: 'again', credentials })
    db.waker.poke('work')
    assert.equal((await house.ended(waiting)).status, 'completed')
    assert.equal((await counts()).passwordsTried - before.passwordsTried, 2)
  })

  it('takes a code refused again and again for refused credentials, after two different codes', async () => {
    await house.portal.setFault({ id: 'bad-otp-always' })
    const before = await counts()

    const action = await house.run({ type: 'book', slot: slotOf(await house.freeSlot()) })

    assert.equal(action.error?.kind, 'bad-credentials')
    assert.equal((await counts()).wrongCodes - before.wrongCodes, 2)
  })
})
