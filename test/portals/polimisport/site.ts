import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import {
  EXAMPLE_PERSON,
  type PolimisportOptions,
  type PolimisportSim,
  startPolimisport,
} from '../../../sim/polimisport/server.ts'
import type { LogEntry } from '../../../sim/shared/request-log.ts'
import type { PortalSession, PortalStep, SlotKey } from '../../../src/portals/contract.ts'
import { PortalError, type PortalErrorKind } from '../../../src/portals/errors.ts'
import type { Limits } from '../../../src/portals/polimisport/limits.ts'
import { createPolimisportOperator } from '../../../src/portals/polimisport/operator.ts'
import { enter } from './enter.ts'

/** The real limits are minutes; here what does not come soon does not come. */
export const SHORT: Limits = {
  ...{
    navigationMs: 6_000,
    requestMs: 6_000,
    markerMs: 6_000,
    clickMs: 1_000,
    cardsMs: 200,
    stuckMs: 6_000,
    loginMs: 12_000,
  },
  ...{ retryPausesMs: [300, 1_200], gapMs: 150 },
}

/** A Wednesday in summer time: slots of the 14th to the 16th are open. */
export const WEDNESDAY = '2026-10-14T10:00:00+02:00'
export const CLASSES = 'Giuriati - Corsi Platinum'
export const GYM = 'Giuriati - Fit Center'
export const ZUMBA: SlotKey = { date: '2026-10-16', start: '18:30', location: CLASSES, course: 'ZUMBA', siteId: null }
export const TURN: SlotKey = { date: '2026-10-15', start: '17:30', location: GYM, course: null, siteId: null }

export type SiteOptions = PolimisportOptions & {
  /** By the site's pages instead of its requests. */
  onPages?: boolean
  limits?: Partial<Limits>
  at?: string
  faults?: FaultInput[]
  password?: string
  /** Comes with a session, without the forms. */
  inside?: boolean
  otpauth?: string | undefined
}

export type Site = {
  sim: PolimisportSim
  session: PortalSession
  context: BrowserContext
  steps: PortalStep[]
  /** Moved by hand, and by whatever waits for a length of time. */
  clock: { now(): Temporal.Instant; advance(ms: number): void }
  abort: AbortController
  /** How often the moment before a submit came. */
  submits: number
  beforeSubmit(): Promise<void>
  /** Requests to an action, such as `BookAppointment`. */
  requests(action: string): LogEntry[]
  holds(slot: SlotKey): Promise<boolean>
}

/** A stand-in, a browser context and a session there. What must never happen is checked when the test is over. */
export async function openSite(t: TestContext, browser: Browser, options: SiteOptions = {}): Promise<Site> {
  const { onPages = false, limits, at = WEDNESDAY, faults = [], inside = true, ...rest } = options
  const { password = EXAMPLE_PERSON.password, otpauth = EXAMPLE_PERSON.secret, ...simOptions } = rest
  let now = Temporal.Instant.from(at)
  const clock = { now: () => now, advance: (ms: number) => (now = now.add({ milliseconds: ms })) }
  const sim = await startPolimisport({ clock: clock.now, ...simOptions })
  const pause = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted()
    clock.advance(ms)
  }
  const operator = createPolimisportOperator({ limits: { ...SHORT, ...limits }, pause, requests: !onPages })
  const context = await browser.newContext(operator.contextOptions)
  const hosts = new Set<string>()
  context.on('response', (response) => hosts.add(new URL(response.url()).host))
  if (inside) await enter(context, sim, EXAMPLE_PERSON.username)
  sim.log.clear()
  for (const fault of faults) await sim.setFault(fault)
  const abort = new AbortController()
  const steps: PortalStep[] = []
  const session = await operator.openSession({
    ...{ context, clock, signal: abort.signal, urls: { baseUrl: sim.baseUrl, ssoBaseUrl: sim.ssoBaseUrl } },
    credentials: { username: EXAMPLE_PERSON.username, password, ...(otpauth && { otpauth }) },
    step: async (name) => void steps.push(name),
    warn: () => undefined,
  })
  const requests = (action: string) => sim.log.entries().filter(({ path }) => path.endsWith(`/${action}`))
  const site: Site = {
    ...{ sim, session, context, steps, clock, abort, submits: 0, requests },
    beforeSubmit: async () => void site.submits++,
    holds: async (slot) => (await sim.state()).bookings.some((booking) => isOf(booking.slot, slot)),
  }
  t.after(async () => {
    await session.close()
    await context.close()
    await checkNever(site, hosts).finally(() => sim.close())
  })
  return site
}

/** Rejects with this kind of error, which is returned. */
export async function failsWith(kind: PortalErrorKind, work: Promise<unknown>): Promise<PortalError> {
  const error = await work.then(
    (value) => assert.fail(`expected ${kind}, got ${JSON.stringify(value)?.slice(0, 200)}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof PortalError, String(error))
  assert.equal(error.kind, kind, `${error.kind}: ${error.message}`)
  assert.ok(!`${error.message} ${error.portalSays}`.includes(EXAMPLE_PERSON.password))
  return error
}

/** A known slot of the stand-in, with spots, and how the portal's contract names it. */
export async function freeSlot({ sim }: Pick<Site, 'sim'>, wanted: SlotKey, taken = 0): Promise<SlotKey> {
  const id = await slotIdOf(sim, wanted)
  await sim.changeSlot({ do: 'change', slotId: id, to: { taken } })
  return { ...wanted, siteId: id }
}

/** The stand-in's own id of a slot. */
export async function slotIdOf(sim: PolimisportSim, wanted: SlotKey): Promise<string> {
  const slot = (await sim.slots(wanted.date)).find((candidate) => isOf(candidate, wanted))
  assert.ok(slot, `the stand-in has no ${JSON.stringify(wanted)}`)
  return slot.id
}

type Named = { date: string; time: string; skill: string | null; activity: string }

/** A slot of the stand-in, in the words of the portal's contract. */
export function named({ date, time, skill, activity }: Named): Omit<SlotKey, 'siteId'> {
  return { date, start: time, location: activity === 'gym' ? GYM : CLASSES, course: skill }
}

function isOf(slot: Named | null, { date, start, course, location }: SlotKey): boolean {
  const activity = location === GYM ? 'gym' : 'classes'
  return slot?.date === date && slot.time === start && slot.skill === course && slot.activity === activity
}

/** The must-not list of the dossier, section 9. */
async function checkNever({ sim, requests, submits }: Site, hosts: ReadonlySet<string>): Promise<void> {
  const own = [sim.baseUrl, sim.ssoBaseUrl].map((url) => new URL(url).host)
  assert.deepEqual(
    [...hosts].filter((host) => !own.includes(host)),
    [],
    'answers of other hosts',
  )
  const { bookings, people, waitingLists } = await sim.state()
  const held = bookings.map(({ username, slotId }) => `${username} ${slotId}`)
  assert.equal(new Set(held).size, held.length, 'a slot booked twice')
  assert.ok(requests('BookAppointment').length <= submits, 'a submit that nobody was told of')
  assert.ok(
    people.every(({ wrongPasswords }) => wrongPasswords <= 1),
    'a wrong password sent twice',
  )
  assert.deepEqual(waitingLists, [], 'a waiting list joined')
}
