import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext } from 'playwright'
import type { Credentials } from '../../../src/core/credentials.ts'
import type { PortalBooking, PortalSession, PortalStep, SlotKey } from '../../../src/portals/contract.ts'
import { PortalError, type PortalErrorKind } from '../../../src/portals/errors.ts'
import { isBookingOf } from '../../../src/portals/match.ts'
import { checkNever } from './never.ts'
import { checkSecrets } from './secrets.ts'
import type { PortalStand, RequestKind, SavedState, StandIn, TestClock } from './stand.ts'

/** What all tests of one portal share. */
export type Kit = {
  stand: PortalStand
  browser(): Browser
  /** The kinds of error that were met so far. */
  met: Set<PortalErrorKind>
}

export type VisitOptions = {
  /** Comes with a session, without the forms. */
  inside?: boolean
  /** Answers will not come. */
  impatient?: boolean
  password?: string
}

/** One account at a stand-in, in a browser context of its own. */
export type Visit = {
  site: StandIn
  clock: TestClock
  person: Credentials
  session: PortalSession
  context: BrowserContext
  abort: AbortController
  steps: PortalStep[]
  /** Books; sends at most one request that does, and none before `beforeSubmit`. */
  book(slot?: SlotKey, beforeSubmit?: () => Promise<void>): Promise<PortalBooking>
  /** The same for cancelling. */
  cancel(slot?: SlotKey, beforeSubmit?: () => Promise<void>): Promise<void>
  /** How many requests of a kind have reached the site. */
  sent(kind: RequestKind): Promise<number>
  holds(slot?: SlotKey): Promise<boolean>
  /** Rejects with an error of one of these kinds, which is returned; it tells no secret. */
  failsWith(kinds: PortalErrorKind | readonly PortalErrorKind[], work: Promise<unknown>): Promise<PortalError>
  /** Another session at the same stand-in: of this context, of one restored from it, or of somebody else. */
  again(how: 'same-context' | 'restored' | 'other-person'): Promise<Visit>
}

/** A fresh stand-in and a visit to it. What must never happen is checked when the test is over. */
export async function openVisit(t: TestContext, kit: Kit, options: VisitOptions = {}): Promise<Visit> {
  const { inside = true, impatient = false, password } = options
  const clock = clockAt(Temporal.Instant.from(kit.stand.at))
  const ends = new AsyncDisposableStack()
  t.after(() => ends.disposeAsync())
  const site = await kit.stand.start({ clock, impatient })
  ends.defer(() => site.close())
  const [first] = site.people
  const person = password === undefined ? first : { ...first, password }
  const context = await newContext(ends, kit, site, inside ? await site.savedLogin(person) : undefined)
  return visitOf(kit, { site, clock, context, person, ends })
}

/** `ends`: what is to be closed, last first. */
type Parts = Pick<Visit, 'site' | 'clock' | 'context' | 'person'> & { ends: AsyncDisposableStack }

async function visitOf(kit: Kit, parts: Parts): Promise<Visit> {
  const { ends, ...shared } = parts
  const { site, context, person, clock } = shared
  const abort = new AbortController()
  const steps: PortalStep[] = []
  const step = async (name: PortalStep) => void steps.push(name)
  const warn = () => undefined
  const input = { context, clock, step, warn, urls: site.urls, credentials: person, signal: abort.signal }
  const session = await site.operator.openSession(input)
  ends.defer(() => session.close())
  const sent = async (wanted: RequestKind) => (await site.requests()).filter((kind) => kind === wanted).length
  return {
    ...{ ...shared, session, abort, steps, sent },
    book: (slot = site.slots.free, beforeSubmit) =>
      oneSubmit(site, 'book', beforeSubmit, (before) => session.book(slot, before)),
    cancel: (slot = site.slots.free, beforeSubmit) =>
      oneSubmit(site, 'cancel', beforeSubmit, (before) => session.cancel(slot, before)),
    holds: async (slot = site.slots.free) =>
      (await site.holdings(person.username)).some((held) => isBookingOf({ ...held, ...LISTED }, slot)),
    failsWith: async (kinds, work) => {
      const error = await rejection(kinds, work)
      kit.met.add(error.kind)
      await checkSecrets(error, context, person)
      return error
    },
    again: async (how) => {
      if (how === 'same-context') return visitOf(kit, parts)
      if (how === 'restored') {
        const restored = await newContext(ends, kit, site, await context.storageState())
        return visitOf(kit, { ...parts, context: restored })
      }
      const [, other] = site.people
      const theirs = await newContext(ends, kit, site, await site.savedLogin(other))
      return visitOf(kit, { ...parts, person: other, context: theirs })
    },
  }
}

function clockAt(start: Temporal.Instant): TestClock {
  let now = start
  return {
    now: () => now,
    advance: (ms) => {
      now = now.add({ milliseconds: ms })
    },
  }
}

const LISTED = { end: null, cancellable: true }

async function newContext(
  ends: AsyncDisposableStack,
  { browser }: Kit,
  site: StandIn,
  saved?: SavedState,
): Promise<BrowserContext> {
  const options = { ...site.operator.contextOptions, ...(saved && { storageState: saved }) }
  const context = await browser().newContext(options)
  ends.defer(() => checkNever(site, context).finally(() => context.close()))
  return context
}

/** Runs work that submits: at most one request of its kind reaches the site, and none before the moment before. */
async function oneSubmit<T>(
  site: StandIn,
  kind: RequestKind,
  beforeSubmit: () => Promise<void> = async () => undefined,
  work: (beforeSubmit: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const sent = async () => (await site.requests()).filter((one) => one === kind).length
  const before = await sent()
  let moments = 0
  const result = await settled(
    work(async () => {
      moments++
      assert.equal(await sent(), before, 'a submit before its moment')
      await beforeSubmit()
    }),
  )
  const submits = (await sent()) - before
  assert.ok(submits <= Math.min(1, moments), `${submits} submits in one call, announced ${moments} times`)
  if ('error' in result) throw result.error
  return result.value
}

function settled<T>(work: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
}

async function rejection(kinds: PortalErrorKind | readonly PortalErrorKind[], work: Promise<unknown>) {
  const result = await settled(work)
  const wanted = [kinds].flat()
  if ('value' in result) assert.fail(`expected ${wanted}, got ${JSON.stringify(result.value)?.slice(0, 200)}`)
  const { error } = result
  assert.ok(error instanceof PortalError, String(error))
  assert.ok(wanted.includes(error.kind), `expected ${wanted}, got ${error.kind}: ${error.message}`)
  return error
}
