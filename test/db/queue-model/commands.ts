import assert from 'node:assert/strict'
import fc from 'fast-check'
import { activateAccount, suspendAccount } from '../../../src/db/accounts.ts'
import { cancelAction } from '../../../src/db/actions/cancel.ts'
import { type Claim, claimNextAction } from '../../../src/db/actions/claim.ts'
import {
  AccountSuspendedError,
  checkLease,
  type Lease,
  LeaseLostError,
  renewLease,
} from '../../../src/db/actions/lease.ts'
import { tidyQueue } from '../../../src/db/actions/tidy.ts'
import { addStep, endAttempt, markSubmitted, releaseAction } from '../../../src/db/actions/work.ts'
import { coolPortal } from '../../../src/db/portal-states.ts'
import { GUEST, OWNER } from '../../support/house.ts'
import { enqueue } from './enqueue.ts'
import * as rules from './model.ts'
import { assertSame, keyOf, type Real, START } from './real.ts'

type Command = fc.AsyncCommand<rules.Model, Real>
type Run = (model: rules.Model, real: Real) => Promise<void>

/** A command that is shown as `text` when a run fails; after it real queue and model are the same. */
function command(text: string, run: Run, check: (model: rules.Model) => boolean = () => true): Command {
  return {
    toString: () => text,
    check: (model) => check(model),
    async run(model, real) {
      await run(model, real)
      await assertSame(model, real)
    },
  }
}

const LIMITS: ReadonlyMap<string, number>[] = [
  new Map([['polimisport', 2]]),
  new Map([['polimisport', 100]]),
  new Map([
    ['polimisport', 1],
    ['elsewhere', 2],
  ]),
  new Map(),
]
const claimer = fc.record({
  worker: fc.constantFrom('w1', 'w2', 'w3'),
  limits: fc.constantFrom(...LIMITS),
  types: fc.option(fc.constantFrom<rules.Type[][]>(['check', 'sync'], ['book']), { nil: undefined, freq: 4 }),
})
const show = ({ worker, limits, types }: rules.ModelClaimer) =>
  `${worker}, ${JSON.stringify(Object.fromEntries(limits))}${types ? `, only ${types.join(' and ')}` : ''}`

/** What was claimed is what the model gives, with its token, and is remembered. */
function assertClaimed(real: Real, claimed: Claim | undefined, expected: rules.ModelAction | undefined): void {
  const got = claimed && { id: claimed.action.id, token: claimed.lease.token, attempt: claimed.action.attempt }
  assert.deepEqual(got, expected && { id: expected.id, token: expected.token, attempt: expected.attempt }, 'the claim')
  if (claimed) real.leases.set(keyOf({ id: claimed.lease.actionId, token: claimed.lease.token }), claimed.lease)
}

const claim = claimer.map((by) =>
  command(`claim(${show(by)})`, async (model, real) => {
    rules.tidy(model)
    const expected = rules.claim(model, by)
    assertClaimed(real, await claimNextAction(real.house.db, by.worker, by.limits, by.types), expected)
  }),
)

/** Who acts: one that holds a lease, or one that has lost it. */
type Actor = { is: 'holder' | 'stale'; which: number }
const actor = fc.record({
  is: fc.constantFrom<Actor['is'][]>('holder', 'holder', 'holder', 'stale'),
  which: fc.nat(3),
})
const leasesOf = (model: rules.Model, { is }: Actor) =>
  model.leases.filter((lease) => (rules.leased(model, lease) !== undefined) === (is === 'holder'))

/** A command by a lease: the holder does it as the model says, who lost it is refused and changes nothing. */
function byLease(
  name: string,
  who: Actor,
  work: (real: Real, lease: Lease, action: rules.ModelAction | undefined, model: rules.Model) => Promise<unknown>,
): Command {
  const run: Run = async (model, real) => {
    const leases = leasesOf(model, who)
    const lease = leases[leases.length - 1 - (who.which % leases.length)]
    const own = lease && real.leases.get(keyOf(lease))
    assert.ok(lease && own, 'a lease that was given')
    const doing = work(real, own, rules.leased(model, lease), model)
    if (who.is === 'holder') await doing
    else await assert.rejects(doing, LeaseLostError)
  }
  return command(`${name} by ${who.is} ${who.which}`, run, (model) => leasesOf(model, who).length > 0)
}

const renew = actor.map((who) =>
  byLease('renew', who, async ({ house }, lease, action, { now }) => {
    if (action) action.leaseUntil = now + rules.LEASE
    const answers = [await renewLease(house.db, lease), await checkLease(house.db, lease)]
    for (const { cancelRequested } of answers) assert.equal(cancelRequested, action?.cancelRequested)
  }),
)
const step = actor.map((who) => byLease('step', who, ({ house }, lease) => addStep(house.db, lease, 'confirming')))
const submit = actor.map((who) =>
  byLease('submit', who, async ({ house }, lease, action, { suspended }) => {
    if (action && !action.cancelRequested && suspended.has(action.account))
      return await assert.rejects(markSubmitted(house.db, lease), AccountSuspendedError)
    const wanted = action?.cancelRequested === false
    if (action && wanted) Object.assign(action, { submitted: true, unknown: true })
    assert.equal(await markSubmitted(house.db, lease), wanted)
  }),
)
const release = actor.map((who) =>
  byLease('release', who, async ({ house }, lease, action, model) => {
    if (action) rules.release(model, action)
    await releaseAction(house.db, lease)
    // It is refused without a word: who stops has nothing to do about it.
    if (!action) throw new LeaseLostError(lease)
  }),
)

const ending = fc.oneof(
  fc.constantFrom<rules.ModelEnding[]>(
    { status: 'completed' },
    { status: 'cancelled' },
    { status: 'failed', unknown: true },
    { status: 'expired', unknown: false },
  ),
  fc.record({
    status: fc.constant('pending' as const),
    after: fc.constantFrom(0, 4_000, 60_000),
    unknown: fc.boolean(),
    counts: fc.boolean(),
  }),
)
const end = fc.tuple(actor, ending, fc.option(claimer, { nil: undefined })).map(([who, how, next]) =>
  byLease(
    `end(${JSON.stringify(how)}${next ? `, then claim(${show(next)})` : ''})`,
    who,
    async (real, lease, action, model) => {
      if (action) rules.endAttempt(model, action, how)
      const expected = action && next && rules.claim(model, next)
      const by = next && { workerId: next.worker, sessionLimits: next.limits, types: next.types }
      assertClaimed(real, await endAttempt(real.house.db, lease, endingOf(how, model.now), by), expected)
    },
  ),
)

function endingOf(how: rules.ModelEnding, now: number): Parameters<typeof endAttempt>[2] {
  const error = { kind: 'network' as const, message: 'down' }
  switch (how.status) {
    case 'completed':
      return { status: 'completed', result: { kind: 'booked' } }
    case 'cancelled':
      return { status: 'cancelled' }
    case 'failed':
    case 'expired':
      return { status: how.status, error: how.unknown ? { ...error, outcomeUnknown: true } : error }
    case 'pending': {
      const runAt = START.add({ milliseconds: now + how.after })
      return { status: 'pending', runAt, error, outcomeUnknown: how.unknown, countsAsAttempt: how.counts }
    }
  }
}

const cancel = fc.tuple(fc.nat(4), fc.constantFrom(OWNER, OWNER, GUEST)).map(([which, { id: user, first_name }]) =>
  command(
    `cancel(${which} from the last, ${first_name})`,
    async (model, { house }) => {
      const id = model.actions[model.actions.length - 1 - (which % model.actions.length)]?.id ?? assert.fail()
      const expected = rules.cancel(model, id, user)
      assert.equal(await cancelAction(house.db, id, user), expected)
    },
    (model) => model.actions.length > 0,
  ),
)

const account = fc.tuple(fc.nat(3), fc.boolean()).map(([index, suspends]) =>
  command(`${suspends ? 'suspend' : 'activate'}(account ${index})`, async (model, { house, accounts }) => {
    const one = accounts[index] ?? assert.fail()
    if (suspends) model.suspended.add(one.id)
    else model.suspended.delete(one.id)
    await house.db.write((tx, now) => (suspends ? suspendAccount(tx, one, now) : activateAccount(tx, one.id, now)))
  }),
)
const cool = fc
  .tuple(fc.constantFrom('polimisport', 'elsewhere'), fc.constantFrom('rate-limited' as const, 'blocked' as const))
  .map(([portal, why]) =>
    command(`cool(${portal}, ${why})`, async (model, { house }) => {
      model.cooled.set(portal, model.now + 10_000)
      if (why === 'blocked') model.blocked.set(portal, model.now + 10_000)
      await house.db.write((tx, now) => coolPortal(tx, portal, now.add({ seconds: 10 }), why))
    }),
  )
const tidy = fc.constant(
  command('tidy()', async (model, { house }) => {
    rules.tidy(model)
    await tidyQueue(house.db)
  }),
)
/** A worker that crashes is one that does nothing more: time goes on, and its lease runs out. */
const wait = fc.constantFrom(1, 1_000, 9_000, 20_000, 20_001, 3_700_000).map((milliseconds) =>
  command(`wait(${milliseconds} ms)`, async (model, { clock }) => {
    model.now += milliseconds
    clock.move({ milliseconds })
  }),
)

/** Everything that people, workers and time may do; what is named twice happens more often. */
export const anything = fc.commands(
  [
    enqueue(command),
    enqueue(command),
    claim,
    claim,
    renew,
    step,
    submit,
    end,
    end,
    release,
    cancel,
    account,
    cool,
    tidy,
    wait,
    wait,
  ],
  { maxCommands: 50, size: 'max' },
)
