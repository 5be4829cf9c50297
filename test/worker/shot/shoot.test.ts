import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SHOT_DEFAULTS } from '../../../src/core/config.ts'
import type { Account } from '../../../src/db/accounts.ts'
import type { BookAction } from '../../../src/db/actions/action.ts'
import { enqueueAction } from '../../../src/db/actions/enqueue.ts'
import { findAction } from '../../../src/db/actions/read.ts'
import { listShotsOf } from '../../../src/db/shots.ts'
import type { ArmedBooking, PortalBooking, PortalSession } from '../../../src/portals/contract.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { getPortal } from '../../../src/portals/registry.ts'
import { book } from '../../../src/worker/jobs/book.ts'
import type { Job } from '../../../src/worker/jobs/job.ts'
import { CannotArm, shoot } from '../../../src/worker/shot/shoot.ts'
import { shotTools } from '../../../src/worker/shot/tools.ts'
import { OWNER, openTestHouse, type TestHouse } from '../../support/house.ts'

/** A second turns soon enough to be seen, and the opening is not far. */
const TIMING = { measureMs: 10_000, readyMs: 40, letGoMs: 10, goodMs: 600 }
const OPENS_IN_MS = 250
/** Where the pings before the opening matter, there is time for them on a busy machine too. */
const UNHURRIED = { opensInMs: 1_500, readyMs: 1_000 }

const BOOKING: PortalBooking = {
  date: '2026-11-27',
  start: '18:30',
  end: '19:30',
  location: 'Giuriati - Corsi Platinum',
  course: 'YOGA',
  cancellable: true,
}

type Answer = 'booked' | 'open?' | PortalError
const down = () => new PortalError('portal-down', 'the site answered 500')
const limited = (retryAfterMs: number) => new PortalError('rate-limited', 'the site answered 429', { retryAfterMs })
const expired = () => new PortalError('session-expired', 'the site answered 401')
const full = () => new PortalError('slot-full', 'taken')

let house: TestHouse
let account: Account
before(async () => {
  house = await openTestHouse()
  account = await house.addAccount(OWNER.id, { username: '10000001', password: 'secret' })
})
after(() => house.close())

type World = { skewMs?: number; held?: boolean; opensLateMs?: number; opensInMs?: number; readyMs?: number }

/**
 * A portal whose clock is `skewMs` ahead and to which a request takes 5 ms each way. It answers each submit as given;
 * `open?` books once it is open by its clock.
 */
function fakePortal(answers: Answer[], world: World = {}) {
  const { skewMs = 0, held = false, opensLateMs = 0, opensInMs = OPENS_IN_MS } = world
  const now = () => performance.timeOrigin + performance.now() + skewMs
  const opening = performance.timeOrigin + performance.now() + skewMs + opensInMs
  const travel = () => new Promise((resolve) => setTimeout(resolve, 5))
  const log: string[] = []
  const arrivals: number[] = []
  const armed: ArmedBooking = {
    async ping() {
      const sentAt = performance.now()
      await travel()
      const date = Math.floor(now() / 1_000) * 1_000
      await travel()
      return { sentAt, answeredAt: performance.now(), date }
    },
    async fire() {
      await travel()
      arrivals.push(now() - opening)
      const answer = answers.shift() ?? 'open?'
      const isOpen = now() >= opening + opensLateMs
      await travel()
      if (answer instanceof PortalError) throw answer
      if (answer === 'open?' && !isOpen) throw new PortalError('not-open-yet', 'too early')
    },
    prove: async () => BOOKING,
  }
  return {
    opening: Temporal.Instant.fromEpochMilliseconds(Math.ceil(opening)),
    clock: { ahead: performance.timeOrigin + skewMs, doubt: 0.5, error: 6, travel: 10 },
    armed,
    arrivals,
    log,
    async findHeld() {
      log.push('asked the list')
      return held ? BOOKING : undefined
    },
    async login() {
      log.push('logged in')
    },
  }
}

async function jobFor(
  portal: ReturnType<typeof fakePortal>,
  log: string[],
  signal: AbortSignal,
): Promise<Job<BookAction>> {
  const slot = { ...BOOKING, siteId: null }
  const deadline = Temporal.Now.instant().add({ hours: 1 })
  const asked = { userId: OWNER.id, accountId: account.id, portal: 'polimisport', origin: `shot:${performance.now()}` }
  const { id } = await enqueueAction(house.db, { ...asked, type: 'book', slot, deadline })
  const action = await findAction(house.db.read, id)
  assert.equal(action?.type, 'book')
  if (action?.type !== 'book') throw new Error('no booking')
  const job: Job<BookAction> = {
    action,
    account,
    facts: getPortal('polimisport'),
    session: { login: portal.login } as PortalSession,
    db: house.db,
    log: house.log,
    signal,
    shots: { ...shotTools(house.db.clock, SHOT_DEFAULTS, TIMING), clocks: { of: async () => portal.clock } },
    standBy: () => log.push('stands by'),
    step: async (name) => void log.push(name),
    async beforeSubmit() {
      log.push('submit noted')
      job.outcome.state = 'unknown'
    },
    outcome: { state: 'none', submittedAt: null },
  }
  return job
}

async function shot(answers: Answer[], world: World = {}, ping?: ArmedBooking['ping']) {
  const portal = fakePortal(answers, world)
  const job = await jobFor(portal, portal.log, new AbortController().signal)
  job.shots.timing = { ...TIMING, readyMs: world.readyMs ?? TIMING.readyMs }
  const { opening, findHeld } = portal
  const armed = { ...portal.armed, ...(ping && { ping }) }
  const outcome = await shoot({ job, opening, arm: async () => armed, findHeld }).then(
    (booking) => ({ booking }),
    (error: unknown) => ({ error }),
  )
  const row = (await listShotsOf(house.db.read, job.action.id)).at(-1)
  return { ...portal, ...outcome, job, row }
}

describe('a shot at an opening', () => {
  it('is made ready, noted, fired once it is open, and proven by the list', async () => {
    const { booking, log, arrivals, row } = (await shot(['open?'])) as Awaited<ReturnType<typeof shot>> & {
      booking: unknown
    }

    assert.deepEqual(booking, BOOKING)
    assert.deepEqual(log, ['waiting-for-opening', 'stands by', 'taking-aim', 'confirming', 'submit noted', 'verifying'])
    assert.equal(arrivals.length, 1)
    assert.ok(Number(arrivals[0]) >= 0)
    assert.ok(row && row.outcome === 'booked' && row.tries === 1 && row.late_ms > 0)
  })

  it('goes by the portal’s clock, where its opening comes two seconds before ours', async () => {
    const { arrivals } = await shot(['open?'], { skewMs: 2_000 })
    // By our clock it would come two seconds late.
    assert.ok(Number(arrivals[0]) >= 0 && Number(arrivals[0]) < 1_500, String(arrivals[0]))
  })

  it('asks again, bounded, while it is not open yet', async () => {
    const late = await shot(['open?'], { opensLateMs: 600 })
    assert.ok('booking' in late)
    assert.equal(late.row?.outcome, 'booked')
    assert.equal(late.row?.tries, late.arrivals.length)
    assert.ok(late.arrivals.length > 1 && late.arrivals.length <= 12)
  })

  it('bears a session that ends, once: logs in, asks the list, and fires again', async () => {
    const { log, row } = await shot([expired(), 'booked'])
    assert.deepEqual(log.slice(4), ['submit noted', 'logged in', 'asked the list', 'submit noted', 'verifying'])
    assert.equal(row?.tries, 2)

    const twice = await shot([expired(), expired()])
    assert.ok('error' in twice && twice.error instanceof PortalError && twice.error.kind === 'session-expired')
    assert.equal(twice.job.outcome.state, 'none')
  })

  it('never sends again what an error of the server had booked', async () => {
    const { log, arrivals, ...rest } = await shot([down(), 'booked'], { held: true })
    assert.deepEqual('booking' in rest && rest.booking, BOOKING)
    assert.equal(arrivals.length, 1)
    assert.equal(log.at(-1), 'asked the list')
  })

  it('sends it once more when it had booked nothing, and leaves it unknown after that', async () => {
    assert.equal((await shot([down(), 'booked'])).arrivals.length, 2)
    const twice = await shot([down(), down()])
    assert.ok('error' in twice && twice.error instanceof PortalError && twice.error.kind === 'portal-down')
    assert.equal(twice.job.outcome.state, 'unknown')
  })

  it('waits as long as a busy portal asks for', async () => {
    const { arrivals, row } = await shot([limited(150), 'booked'])
    assert.equal(row?.outcome, 'booked')
    assert.ok(Number(arrivals[1]) - Number(arrivals[0]) >= 150)
  })

  it('believes a clear refusal at once, and knows that nothing was booked', async () => {
    const { arrivals, log, job, row, ...rest } = await shot([full()])
    assert.ok('error' in rest && rest.error instanceof PortalError && rest.error.kind === 'slot-full')
    assert.equal(arrivals.length, 1)
    assert.ok(!log.includes('asked the list'))
    assert.equal(job.outcome.state, 'none')
    assert.equal(row?.outcome, 'slot-full')
  })

  it('leaves an unanswered request unknown', async () => {
    const { job, arrivals } = await shot([new PortalError('network', 'cut')])
    assert.equal(arrivals.length, 1)
    assert.equal(job.outcome.state, 'unknown')
  })

  it('that cannot be armed sends nothing', async () => {
    const portal = fakePortal([])
    const job = await jobFor(portal, portal.log, new AbortController().signal)
    const arm = () => Promise.reject(new PortalError('not-open-yet', 'no id yet'))
    await assert.rejects(shoot({ job, opening: portal.opening, arm, findHeld: portal.findHeld }), CannotArm)
    assert.deepEqual(portal.log, [])
  })

  it('that was taken before its opening is looked at once more after it, and then believed', async () => {
    const portal = fakePortal([])
    const job = await jobFor(portal, portal.log, new AbortController().signal)
    const full = async () => Promise.reject(new PortalError('slot-full', 'taken'))
    const { opening } = portal
    const session = { ...job.session, isLoggedIn: async () => true, arm: full, book: full }
    const soon: Job<BookAction> = { ...job, session, facts: { ...job.facts, opening: () => opening } }
    await assert.rejects(book(soon), (error) => {
      assert.ok(error instanceof PortalError && error.opensAt)
      assert.equal(error.kind, 'not-open-yet')
      return Temporal.Instant.compare(error.opensAt, opening) > 0
    })
    await assert.rejects(book(soon), { kind: 'slot-full' })
  })

  it('taken back while it waits is never fired', async () => {
    const portal = fakePortal([])
    const controller = new AbortController()
    const job = await jobFor(portal, portal.log, controller.signal)
    const { opening, armed, findHeld } = portal
    const shooting = shoot({ job, opening, arm: async () => armed, findHeld })
    setTimeout(() => controller.abort(new Error('taken back')), 50)
    await assert.rejects(shooting)
    assert.equal(portal.arrivals.length, 0)
  })

  const PINGS: [string, ArmedBooking['ping']][] = [
    ['fails', () => Promise.reject(down())],
    ['is never answered', () => new Promise(() => undefined)],
  ]
  for (const [what, ping] of PINGS) {
    it(`is fired, by the travel known before, though the ping that warms ${what}`, async () => {
      const { row, arrivals, clock } = await shot(['open?'], {}, ping)
      assert.equal(row?.outcome, 'booked')
      assert.equal(row?.travel_ms, clock.travel)
      assert.ok(Number(arrivals[0]) >= 0)
    })

    it(`is fired by our clock though every ping ${what}`, async () => {
      const portal = fakePortal(['booked'])
      const job = await jobFor(portal, portal.log, new AbortController().signal)
      const shots = shotTools(house.db.clock, SHOT_DEFAULTS, TIMING)
      const { opening, findHeld } = portal
      const armed = { ...portal.armed, ping }
      assert.deepEqual(await shoot({ job: { ...job, shots }, opening, arm: async () => armed, findHeld }), BOOKING)
      assert.equal(portal.arrivals.length, 1)
    })
  }

  it('does not come before the opening when the answers to its pings were held up', async () => {
    const heldUp = async () => ({ sentAt: 0, answeredAt: 100, date: Number.NaN })
    const { row, arrivals, clock } = await shot(['open?'], {}, heldUp)
    assert.equal(row?.travel_ms, clock.travel)
    assert.equal(arrivals.length, 1)
    assert.ok(Number(arrivals[0]) >= 0)
  })

  it('bears a session that ends at a ping once', async () => {
    const pings = [expired()]
    const { armed } = fakePortal([])
    const ping = () => {
      const error = pings.shift()
      return error ? Promise.reject(error) : armed.ping()
    }
    const { row, log } = await shot(['open?'], UNHURRIED, ping)
    assert.equal(row?.outcome, 'booked')
    assert.equal(log.filter((entry) => entry === 'logged in').length, 1)
    const ended = await shot(['open?'], UNHURRIED, () => Promise.reject(expired()))
    assert.ok('error' in ended && ended.error instanceof PortalError && ended.error.kind === 'session-expired')
    assert.deepEqual(ended.arrivals, [])
  })

  it('broken off after the submit was noted, and before it was sent, has surely done nothing', async () => {
    const portal = fakePortal([])
    const controller = new AbortController()
    const job = await jobFor(portal, portal.log, controller.signal)
    const { opening, armed, findHeld } = portal
    const beforeSubmit = async () => {
      await job.beforeSubmit()
      controller.abort(new Error('the worker is stopping'))
    }
    await assert.rejects(shoot({ job: { ...job, beforeSubmit }, opening, arm: async () => armed, findHeld }))
    assert.equal(portal.log.at(-1), 'submit noted')
    assert.deepEqual(portal.arrivals, [])
    assert.equal(job.outcome.state, 'none')
  })

  it('does not measure for each of many accounts at one instant', async () => {
    const portal = fakePortal(Array.from({ length: 8 }, (): Answer => 'booked'))
    let pings = 0
    const ping = () => {
      pings += 1
      return portal.armed.ping()
    }
    const armed = { ...portal.armed, ping }
    const tools = shotTools(house.db.clock, SHOT_DEFAULTS, TIMING)
    const jobs = await Promise.all(Array.from({ length: 8 }, () => jobFor(portal, [], new AbortController().signal)))
    const { opening, findHeld } = portal
    await Promise.all(
      jobs.map((job) => shoot({ job: { ...job, shots: tools }, opening, arm: async () => armed, findHeld })),
    )

    assert.equal(portal.arrivals.length, 8)
    // Each warms its own connection twice; only one has measured.
    assert.ok(pings <= 8 * 2 + 14, String(pings))
  })
})
