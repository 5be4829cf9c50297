import type { SlotView } from '../../sim/polimisport/control/contract.ts'
import { EXAMPLE_PERSON, type PolimisportSim, startPolimisport } from '../../sim/polimisport/server.ts'
import type { Clock } from '../../src/core/clock.ts'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import type { Account } from '../../src/db/accounts.ts'
import { type Action, isOpen } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { LEASE_MS } from '../../src/db/actions/lease.ts'
import type { NewAction } from '../../src/db/actions/new-action.ts'
import { findAction, listSteps } from '../../src/db/actions/read.ts'
import type { Database } from '../../src/db/database.ts'
import type { PortalFacts, SlotKey } from '../../src/portals/contract.ts'
import { createPolimisportOperator } from '../../src/portals/polimisport/operator.ts'
import { getPortal } from '../../src/portals/registry.ts'
import type { Pause } from '../../src/portals/shared/pause.ts'
import { startWorker, type Worker } from '../../src/worker/worker.ts'
import { testBrowserPath } from './browser.ts'
import { OWNER, openTestHouse, type TestHouse } from './house.ts'
import { PATIENCE_MS, until } from './patience.ts'

/** Waits short enough for a test, long enough for a busy machine. */
const TEST_LIMITS = {
  navigationMs: 10_000,
  requestMs: 3_000,
  markerMs: 5_000,
  clickMs: 1_500,
  cardsMs: 50,
  stuckMs: 2_000,
  loginMs: 20_000,
  retryPausesMs: [20, 50],
  gapMs: 0,
}

/** A clock that runs with the machine's from a chosen instant, and can be moved on. */
function runningClock(start: string): Clock & { move(by: Temporal.DurationLike): void } {
  let offset = Temporal.Now.instant().until(Temporal.Instant.from(start))
  return {
    now: () => Temporal.Now.instant().add(offset),
    move: (by) => {
      offset = offset.add(by)
    },
  }
}

/** Noon in Rome on a Wednesday: today, Thursday and Friday can be booked. */
const WEDNESDAY_NOON = '2026-11-25T11:00:00Z'

export type PortalHouse = {
  clock: ReturnType<typeof runningClock>
  portal: PolimisportSim
  facts: PortalFacts
  house: TestHouse
  account: Account
  worker: Worker
  /** A worker like the first one; also to start one again. */
  startWorker(requests?: boolean): Promise<Worker>
  /** A class of tomorrow that can be booked. */
  freeSlot(wanted?: (slot: SlotView) => boolean): Promise<SlotView>
  /** Queues an action for the owner and waits until it has ended. */
  run(action: Wanted): Promise<Action>
  enqueue(action: Wanted): Promise<number>
  /** Waits until the action has ended, moving the clock on whenever it waits for a later attempt. */
  ended(id: number, limitMs?: number): Promise<Action>
  /** Waits until a worker that has claimed the action ahead waits for the opening. */
  waitsForOpening(id: number): Promise<void>
  /** Waits until the action is as wanted, without moving the clock. */
  settledAs(id: number, wanted: (action: Action) => boolean): Promise<Action>
  /** What Ada holds on the site: "2026-11-26 18:30 YOGA". */
  onSite(): Promise<string[]>
  /** Waits until the site holds a booking. */
  bookedOnSite(): Promise<void>
  /** How many requests that book reached the site, and how many of them booked something. */
  submits(): Promise<number>
  close(): Promise<void>
}

/** What differs between actions. */
export type Wanted =
  | { type: 'book'; slot: SlotKey & { end: string | null } }
  | { type: 'cancel'; bookingId: number; booking: Extract<NewAction, { type: 'cancel' }>['booking'] }
  | { type: 'check' | 'refresh' | 'sync' }

/** A real worker with a real browser at the stand-in of Polimisport, on a real database; `start` is the time it begins. */
export async function openPortalHouse(start = WEDNESDAY_NOON): Promise<PortalHouse> {
  const clock = runningClock(start)
  const portal = await startPolimisport({ clock: clock.now, people: [EXAMPLE_PERSON] })
  const house = await openTestHouse(clock)
  const { username, password, secret } = EXAMPLE_PERSON
  const account = await house.addAccount(OWNER.id, { username, password, otpauth: secret })
  const workers: Worker[] = []
  // The step of a one-time code is not waited for either.
  const pause: Pause = async (ms) => {
    for (let left = ms; left > 0; left -= LEASE_MS / 4) {
      clock.move({ milliseconds: Math.min(left, LEASE_MS / 4) })
      // Whoever holds a lease renews it, as it would have done in that time.
      house.db.waker.poke('work')
      await new Promise(setImmediate)
    }
  }

  const newWorker = async (requests = true) => {
    const worker = await startWorker({
      db: house.db,
      vault: house.vault,
      log: house.log,
      config: {
        browser: { headless: true, executablePath: testBrowserPath() },
        dataDir: house.folder,
        portals: { polimisport: { baseUrl: portal.baseUrl, ssoBaseUrl: portal.ssoBaseUrl } },
        worker: { concurrency: 2 },
        shots: SHOT_DEFAULTS,
        keep: { days: 90, evidenceDays: 14 },
      },
      shotTiming: { measureMs: 2_000, readyMs: 500, letGoMs: 250, goodMs: 300 },
      operatorOf: () => createPolimisportOperator({ limits: TEST_LIMITS, requests, pause }),
    })
    workers.push(worker)
    return worker
  }
  const worker = await newWorker()
  const enqueue = async (wanted: Wanted) => {
    const asked = { userId: OWNER.id, accountId: account.id, portal: account.portal }
    const { id } = await enqueueAction(house.db, withDeadline(asked, wanted))
    return id
  }
  const ended = (id: number, limitMs = PATIENCE_MS) => endInTime(house.db, clock, id, limitMs)

  return {
    clock,
    portal,
    facts: getPortal('polimisport'),
    house,
    account,
    worker,
    startWorker: newWorker,
    async freeSlot(wanted = () => true) {
      const { slots } = await portal.state()
      const day = clock.now().toZonedDateTimeISO('Europe/Rome').toPlainDate().add({ days: 1 })
      const slot = slots.find((it) => it.date === day.toString() && it.spots > 1 && it.skill !== null && wanted(it))
      if (!slot) throw new Error('the stand-in has no free class left')
      return slot
    },
    enqueue,
    ended,
    run: async (wanted) => ended(await enqueue(wanted)),
    async waitsForOpening(id) {
      await until(async () => (await listSteps(house.db.read, id)).at(-1)?.name === 'waiting-for-opening')
    },
    settledAs: (id, wanted) => waitUntil(house.db, id, PATIENCE_MS, wanted),
    async onSite() {
      const { bookings } = await portal.state()
      return bookings.map(({ slot }) => `${slot?.date} ${slot?.time} ${slot?.skill ?? slot?.activity}`)
    },
    async bookedOnSite() {
      await until(async () => (await portal.state()).bookings.length > 0)
    },
    async submits() {
      const requests = await portal.requests()
      return requests.filter((request) => request.path.endsWith('/BookAppointment')).length
    },
    async close() {
      for (const each of workers) await each.stop('at once')
      await house.close()
      await portal.close()
    },
  }
}

function withDeadline(asked: { userId: number; accountId: number; portal: string }, wanted: Wanted): NewAction {
  switch (wanted.type) {
    case 'book':
      return { ...asked, ...wanted, deadline: startOf(wanted.slot) }
    case 'cancel':
      return { ...asked, ...wanted, deadline: startOf(wanted.booking) }
    default:
      return { ...asked, type: wanted.type }
  }
}

function startOf({ date, start }: { date: string; start: string }): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime('Europe/Rome').toInstant()
}

/** The slot of the stand-in as an action names it. */
export function slotOf(slot: SlotView): SlotKey & { end: string } {
  const end = Temporal.PlainTime.from(slot.time).add({ minutes: slot.minutes }).toString({ smallestUnit: 'minute' })
  const location = slot.activity === 'gym' ? 'Giuriati - Fit Center' : 'Giuriati - Corsi Platinum'
  return { date: slot.date, start: slot.time, end, location, course: slot.skill, siteId: slot.id }
}

/** Later attempts are not waited for: the clock is moved to them. */
function endInTime(db: Database, clock: PortalHouse['clock'], id: number, limitMs: number): Promise<Action> {
  return waitUntil(db, id, limitMs, (action) => {
    if (action.status === 'pending' && moveTo(clock, action.runAt)) db.waker.poke('work')
    return !isOpen(action)
  })
}

/** Looks at the action at each news, until it is as wanted. */
async function waitUntil(
  db: Database,
  id: number,
  limitMs: number,
  wanted: (action: Action) => boolean,
): Promise<Action> {
  const limit = AbortSignal.timeout(limitMs)
  for (;;) {
    const news = Promise.withResolvers<void>()
    const stop = await db.waker.listen('news', news.resolve)
    limit.addEventListener('abort', () => news.resolve())
    try {
      const action = await findAction(db.read, id)
      if (action && wanted(action)) return action
      if (limit.aborted) throw new Error(`action #${id} is not as wanted: ${JSON.stringify(action)}`)
      await news.promise
    } finally {
      stop()
    }
  }
}

function moveTo(clock: PortalHouse['clock'], stamp: string): boolean {
  const wait = clock.now().until(Temporal.Instant.from(stamp))
  if (wait.sign <= 0) return false
  clock.move(wait)
  return true
}
