import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext } from 'playwright'
import type { DelftXControl } from '../../../sim/delft-x/control/contract.ts'
import type { FaultInput } from '../../../sim/delft-x/faults.ts'
import type { PersonOption } from '../../../sim/delft-x/people.ts'
import { type DelftXOptions, type DelftXSim, startDelftX } from '../../../sim/delft-x/server.ts'
import type { PortalSession, PortalStep, SlotKey } from '../../../src/portals/contract.ts'
import type { Limits } from '../../../src/portals/delft-x/limits.ts'
import { createDelftXOperator } from '../../../src/portals/delft-x/operator.ts'
import { recordOf } from '../../../src/portals/delft-x/token.ts'
import { PortalError, type PortalErrorKind } from '../../../src/portals/errors.ts'

/** What comes at all, comes within these on a busy machine too; a test that waits in vain gives a shorter one. */
const PATIENT: Partial<Limits> = { navigationMs: 30_000, stuckMs: 6_000, loginMs: 60_000, requestMs: 30_000 }

/** A Friday: the halls of Monday 17 November are open from 07:00 to 13:00, Fitness for a week. */
export const FRIDAY = '2025-11-14T13:30:00+01:00'
/** It opened half an hour ago. */
export const HALL: SlotKey = { date: '2025-11-17', start: '13:00', location: 'X1', course: 'X1 A', siteId: null }
export const OTHER_HALF: SlotKey = { ...HALL, course: 'X1 B' }
/** In half an hour it opens. */
export const NEXT: SlotKey = { ...HALL, start: '14:00' }
export const GYM: SlotKey = { date: '2025-11-17', start: '18:00', location: 'Fitness', course: null, siteId: null }

export const STUDENT = { username: 'avoorbeeld', password: 'correct horse battery' } satisfies PersonOption
/** A member without a NetID logs in without the university's pages: quick, and the same from then on. */
export const MEMBER = { username: 'member.one@example.org', password: 'staple {gun}' } satisfies PersonOption
export const RIVAL = { username: 'member.two@example.org', password: 'another' } satisfies PersonOption

export type SiteOptions = DelftXOptions & {
  limits?: Partial<Limits>
  at?: string
  faults?: FaultInput[]
  person?: PersonOption
  password?: string
  /** Comes with the saved session of a member, without a login. */
  inside?: boolean
}

export type Site = {
  sim: DelftXSim
  control: DelftXControl
  session: PortalSession
  context: BrowserContext
  steps: PortalStep[]
  /** Moved by hand, and by whatever waits for a length of time. */
  clock: { now(): Temporal.Instant; advance(ms: number): void }
  abort: AbortController
  /** How often the moment before a submit came. */
  submits: number
  beforeSubmit(): Promise<void>
  /** Requests of a method to a path of the API. */
  requests(method: string, path: string): Promise<number>
  holds(slot: SlotKey): Promise<boolean>
}

/** A stand-in, a browser context and a session there. What must never happen is checked when the test is over. */
export async function openSite(t: TestContext, browser: Browser, options: SiteOptions = {}): Promise<Site> {
  const {
    limits,
    at = FRIDAY,
    faults = [],
    person = MEMBER,
    inside = true,
    password = person.password,
    ...rest
  } = options
  let now = Temporal.Instant.from(at)
  const clock = { now: () => now, advance: (ms: number) => (now = now.add({ milliseconds: ms })) }
  const sim = await startDelftX({ clock: clock.now, people: [person, STUDENT, RIVAL].filter(isFirst), ...rest })
  const pause = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted()
    clock.advance(ms)
  }
  const operator = createDelftXOperator({ limits: { ...PATIENT, ...limits }, pause })
  const record = inside ? await recordFor(sim, person, now) : undefined
  const context = await browser.newContext({ ...operator.contextOptions, ...(record && storageOf(sim, record)) })
  for (const fault of faults) await sim.control.setFault(fault)
  const abort = new AbortController()
  const steps: PortalStep[] = []
  const { baseUrl, apiUrl, ssoUrl, control } = sim
  const session = await operator.openSession({
    ...{ context, clock, signal: abort.signal, urls: { baseUrl, apiUrl, ssoUrl } },
    credentials: { username: person.username, password },
    step: async (name) => void steps.push(name),
    warn: () => undefined,
  })
  const site: Site = {
    ...{ sim, control, session, context, steps, clock, abort, submits: 0 },
    beforeSubmit: async () => void site.submits++,
    requests: async (method, path) =>
      (await control.requests()).filter((entry) => entry.method === method && entry.path === path).length,
    holds: async (slot) =>
      (await control.state()).bookings.some((held) => held.username === person.username && isOf(held, slot)),
  }
  t.after(async () => {
    await session.close()
    assert.deepEqual(context.pages(), [], 'a page left open')
    await context.close()
    await checkNever(site).finally(() => sim.close())
  })
  return site
}

/** Rejects with this kind of error, which is returned. No error tells a secret. */
export async function failsWith(kind: PortalErrorKind, work: Promise<unknown>): Promise<PortalError> {
  const error = await work.then(
    (value) => assert.fail(`expected ${kind}, got ${JSON.stringify(value)?.slice(0, 200)}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof PortalError, String(error))
  assert.equal(error.kind, kind, `${error.kind}: ${error.message}`)
  const told = `${error.message} ${error.portalSays} ${error.lookedFor} ${String(error.cause)}`
  for (const secret of [MEMBER.password, STUDENT.password, 'eyJ', 'Bearer']) assert.ok(!told.includes(secret), told)
  return error
}

type Held = { place: string; date: string; start: string; status: string }

function isOf({ place, date, start, status }: Held, slot: SlotKey): boolean {
  return status === 'booked' && date === slot.date && start === slot.start && place === (slot.course ?? slot.location)
}

/** What the portal's pages would have kept of a login. */
async function recordFor({ apiUrl }: DelftXSim, { username: email, password }: PersonOption, now: Temporal.Instant) {
  const answer = await fetch(`${apiUrl}/auth`, { method: 'POST', body: new URLSearchParams({ email, password }) })
  const { access_token: accessToken, refresh_token: refreshToken } = (await answer.json()) as Record<string, string>
  assert.ok(accessToken && refreshToken)
  const headers = { authorization: `Bearer ${accessToken}` }
  const member = (await (await fetch(`${apiUrl}/auth?cf=0`, { headers })).json()) as object
  return recordOf({ accessToken, refreshToken, expiresIn: 86_400 }, member, now)
}

export function storageOf({ baseUrl }: DelftXSim, value: string) {
  return {
    storageState: { cookies: [], origins: [{ origin: baseUrl, localStorage: [{ name: 'delcom_auth', value }] }] },
  }
}

function isFirst(person: PersonOption, index: number, all: PersonOption[]): boolean {
  return all.findIndex(({ username }) => username === person.username) === index
}

async function checkNever({ control, requests, submits }: Site): Promise<void> {
  const { bookings, people, strangers } = await control.state()
  const held = bookings.map(({ username, place, date, start }) => `${username} ${place} ${date} ${start}`)
  assert.equal(new Set(held).size, held.length, 'a slot booked twice')
  assert.ok(
    bookings.every(({ status }) => status === 'booked'),
    'a place on a waiting list kept',
  )
  assert.ok((await requests('POST', '/participations')) <= submits, 'a submit that nobody was told of')
  assert.ok(
    [...people, ...strangers].every(({ wrongPasswords }) => wrongPasswords <= 1),
    'a wrong password sent twice',
  )
}
