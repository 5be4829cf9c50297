import assert from 'node:assert/strict'
import fc from 'fast-check'
import { enqueueAction } from '../../../src/db/actions/enqueue.ts'
import type { NewAction } from '../../../src/db/actions/new-action.ts'
import { GUEST, OWNER } from '../../support/house.ts'
import { newBook } from '../../support/queue.ts'
import * as rules from './model.ts'
import { type Real, START } from './real.ts'

type Asked = {
  what: 'book' | 'check' | 'sync' | 'refresh'
  who: 'Ada' | 'Bruno' | 'cron'
  account: number
  slot: number
  update: number | undefined
  deadline: number
}
type Make = (text: string, run: (model: rules.Model, real: Real) => Promise<void>) => fc.AsyncCommand<rules.Model, Real>

const USERS = { Ada: OWNER.id, Bruno: GUEST.id, cron: null }

/** Somebody asks for something: few slots and updates, so that the same comes again. */
export function enqueue(command: Make): fc.Arbitrary<fc.AsyncCommand<rules.Model, Real>> {
  return fc
    .record<Asked>({
      what: fc.constantFrom('book', 'book', 'check', 'sync', 'refresh'),
      who: fc.constantFrom('Ada', 'Ada', 'Bruno', 'cron'),
      account: fc.nat(3),
      slot: fc.nat(2),
      update: fc.option(fc.nat(3), { nil: undefined }),
      deadline: fc.constantFrom(15_000, 60_000, 7_200_000),
    })
    .map((asked) => command(show(asked), (model, real) => run(asked, model, real)))
}

function show({ what, who, account, slot, update, deadline }: Asked): string {
  const details = [
    what === 'book' ? `book slot ${slot} within ${deadline} ms` : what,
    who,
    `account ${account}`,
    ...(update === undefined || who === 'cron' ? [] : [`update ${update}`]),
  ]
  return `enqueue(${details.join(', ')})`
}

async function run(asked: Asked, model: rules.Model, { house, accounts }: Real): Promise<void> {
  const account = accounts[asked.account] ?? assert.fail()
  const userId = USERS[asked.who]
  // One account is of another portal, as far as the queue can tell.
  const portal = asked.account === 3 ? 'elsewhere' : account.portal
  const origin = asked.update === undefined || userId === null ? undefined : `update:${asked.update}`
  const deadline = START.add({ milliseconds: model.now + asked.deadline })
  const common = { userId, accountId: account.id, portal, ...(origin === undefined ? {} : { origin }) }
  const book = newBook(account, asked.slot)
  const action: NewAction = asked.what === 'book' ? { ...book, ...common, deadline } : { type: asked.what, ...common }
  const key =
    asked.what === 'book'
      ? `book:${account.id}:${book.slot.date}:${book.slot.start}:yoga`
      : `${asked.what}:${account.id}`
  const wish: rules.Wish = {
    type: asked.what,
    user: userId,
    account: account.id,
    portal,
    key,
    origin: origin ?? null,
    deadline: asked.what === 'book' ? model.now + asked.deadline : null,
  }

  const known = rules.findSame(model, wish)
  const { id, duplicate } = await enqueueAction(house.db, action)

  assert.deepEqual({ duplicate, id }, { duplicate: known !== undefined, id: known?.id ?? id })
  if (known) return
  assert.ok(
    model.actions.every((other) => other.id < id),
    'a new action has a new number',
  )
  rules.add(model, id, wish)
  await house.db.write((tx) =>
    tx.updateTable('booking_actions').set({ max_attempts: rules.MAX_LOSSES }).where('id', '=', id).execute(),
  )
}
