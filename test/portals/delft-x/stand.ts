import type { DelftXControl, SlotView } from '../../../sim/delft-x/control/contract.ts'
import type { FaultInput } from '../../../sim/delft-x/faults.ts'
import { startDelftX } from '../../../sim/delft-x/server.ts'
import type { SlotKey } from '../../../src/portals/contract.ts'
import { delftXFacts } from '../../../src/portals/delft-x/facts.ts'
import type { Limits } from '../../../src/portals/delft-x/limits.ts'
import { createDelftXOperator } from '../../../src/portals/delft-x/operator.ts'
import type { Fault, Never } from '../contract/faults.ts'
import type { Held, Hold, PortalStand, RequestKind, Slots, StandIn, StandOptions } from '../contract/stand.ts'
import { FRIDAY, HALL, NEXT, RIVAL, STUDENT, storageOf } from './site.ts'

const GYM: SlotKey = { date: '2025-11-17', start: '16:00', location: 'Fitness', course: null, siteId: null }
const FULL: SlotKey = { ...HALL, start: '12:00', location: 'X3', course: 'X3 A' }
const GONE: SlotKey = { ...HALL, course: 'X1 C' }
const OVER: SlotKey = { ...HALL, date: '2025-11-14', start: '08:00' }
/** What the rules of the site set against the gym at that hour: another hour of it, another place at that hour. */
const SAME_PLACE: SlotKey = { ...GYM, start: '20:00' }
const SAME_HOUR: SlotKey = { ...FULL, start: GYM.start }

const NEVER = {} as const satisfies Never

const BOOK = { path: 'participations', method: 'POST', mode: 'always' } as const
const CANCEL = { path: 'participations', method: 'DELETE', mode: 'always' } as const
const ALL = { path: '*', method: '*', mode: 'always' } as const
const FOREVER = { booked: 'end', seconds: 600 } as const

type Strike = readonly FaultInput[] | ((control: DelftXControl) => Promise<unknown>)

/** Each fault of the kit in the stand-in's own words. */
const FAULTS: Record<Exclude<Fault, keyof typeof NEVER>, Strike> = {
  challenge: [{ id: 'ssoConsent', mode: 'always' }],
  'login-changed': [{ id: 'ssoFormChange', variant: 'nothing' }],
  down: [{ id: 'http500', ...ALL, status: 503 }],
  unreachable: [{ id: 'dropped', ...ALL, when: 'before' }],
  silent: [{ id: 'slow3s', ...ALL, ...FOREVER }],
  'rate-limited': [{ id: 'rate429', ...ALL, origins: 'all', retryAfter: 60 }],
  blocked: [{ id: 'barred' }],
  'timetable-changed': [{ id: 'shapeDrift', variant: 'gone' }],
  'bookings-changed': [{ id: 'shapeDrift', variant: 'dashboard' }],
  'answer-lost': [{ id: 'http500', ...BOOK, when: 'after' }],
  'answer-cut': [{ id: 'dropped', ...BOOK, when: 'after' }],
  'error-before': [{ id: 'http500', ...BOOK, when: 'before' }],
  'cut-before': [{ id: 'dropped', ...BOOK, when: 'before' }],
  'submit-silent': [{ id: 'slow3s', ...BOOK, ...FOREVER }],
  'session-dies': [{ id: 'token401', path: 'participations', method: 'POST' }],
  'full-in-between': async (control) => {
    await control.setFault({ id: 'staleList', seconds: 60 })
    // Of the gym a place on the waiting list is left, and that is none.
    for (const slot of [GYM, NEXT]) await control.fill(cellOf(slot))
  },
  'limit-reached': (control) => control.bookByHand({ username: STUDENT.username, ...cellOf(SAME_PLACE) }),
  overlap: (control) => control.bookByHand({ username: STUDENT.username, ...cellOf(SAME_HOUR) }),
  'no-subscription': [{ id: 'refused', message: 'A valid subscription is required' }],
  refused: [{ id: 'refused' }],
  'opens-late': [{ id: 'lateWindow', ms: 5_000 }],
  'only-said': async (control) => {
    await control.setFault({ id: 'staleList', seconds: 60 })
    await control.fill(cellOf(GYM))
  },
  'cancel-lost': [{ id: 'http500', ...CANCEL, when: 'after' }],
  'cancel-error': [{ id: 'http500', ...CANCEL, when: 'before' }],
  'cancel-cut': [{ id: 'dropped', ...CANCEL, when: 'before' }],
  'cancel-refused': [{ id: 'cancel403' }],
}

/** X for the portal test kit, with a student, who logs in on the pages of the university. */
export const delftXStand: PortalStand = {
  facts: delftXFacts,
  at: FRIDAY,
  examples: [HALL, GYM],
  never: NEVER,
  start,
}

/** What comes at all, comes within these on a busy machine too; what does not within the others, does not come. */
const PATIENT: Partial<Limits> = { navigationMs: 30_000, stuckMs: 30_000, loginMs: 60_000, requestMs: 30_000 }
const IMPATIENT: Partial<Limits> = { navigationMs: 2_500, stuckMs: 1_500, loginMs: 8_000, requestMs: 2_500 }

async function start({ clock, impatient }: StandOptions): Promise<StandIn> {
  const sim = await startDelftX({ clock: clock.now, people: [STUDENT, RIVAL], profile: 'waitlist' })
  const { control, baseUrl, apiUrl, ssoUrl } = sim
  const pause = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted()
    clock.advance(ms)
  }
  return {
    operator: createDelftXOperator({ limits: impatient ? IMPATIENT : PATIENT, pause }),
    urls: { baseUrl, apiUrl, ssoUrl },
    people: [STUDENT, RIVAL],
    slots: await prepareSlots(control),
    timetable: () => listed(control, clock.now()),
    holdings: async (username) => {
      const { bookings } = await control.state()
      return bookings.filter((held) => held.username === username && held.status === 'booked').map(named)
    },
    bookByHand: async (username, slot) => {
      await control.bookByHand({ username, ...cellOf(slot) })
    },
    savedLogin: async ({ username }) => storageOf(sim, JSON.stringify(await control.grant(username))).storageState,
    expireSessions: () => control.expireSessions({ what: 'both' }),
    passwordsTried: async (username) => {
      const { people } = await control.state()
      return people.find((person) => person.username === username)?.passwordsTried ?? 0
    },
    requests: async () => (await control.requests()).map(kindOf),
    set: (fault) => strike(control, fault),
    clearFaults: () => control.clearFaults(),
    skew: (seconds) => control.setFault({ id: 'clockSkew', seconds }),
    hold: (what) => hold(control, what === 'book' ? BOOK : ALL),
    close: () => sim.close(),
  }
}

async function prepareSlots(control: DelftXControl): Promise<Slots> {
  await control.fill(cellOf(FULL))
  const slots = await control.slots(GYM.date)
  const gym = slots.find(({ place, start }) => place === GYM.location && start === GYM.start)
  const free = { ...GYM, siteId: gym?.bookingId == null ? null : String(gym.bookingId) }
  return { free, other: HALL, full: FULL, notOpen: NEXT, gone: GONE, over: OVER }
}

async function strike(control: DelftXControl, fault: Fault): Promise<void> {
  const how = FAULTS[fault as keyof typeof FAULTS]
  if (typeof how === 'function') await how(control)
  else for (const input of how) await control.setFault(input)
}

/** What the site lists: two weeks, without what is over. */
async function listed(control: DelftXControl, now: Temporal.Instant): Promise<Held[]> {
  const today = now.toZonedDateTimeISO(delftXFacts.timeZone).toPlainDate()
  const days = Array.from({ length: delftXFacts.viewDays }, (_, ahead) => today.add({ days: ahead }).toString())
  const slots = await Promise.all(days.map((date) => control.slots(date)))
  const isOver = ({ endDate }: SlotView) => Temporal.Instant.compare(Temporal.Instant.from(endDate), now) <= 0
  return slots
    .flat()
    .filter((slot) => !isOver(slot))
    .map(named)
}

async function hold(control: DelftXControl, what: typeof BOOK | typeof ALL): Promise<Hold> {
  await control.setFault({ id: 'hold', ...what, mode: 'once' })
  return { kept: () => control.waitFor({ path: what.path, phase: 'held' }), release: () => control.release() }
}

function cellOf({ date, start, location, course }: SlotKey) {
  return { date, start, place: course ?? location }
}

/** `X1 A` is a part of X1; the gym is one place. */
function named({ place, date, start }: { place: string; date: string; start: string }): Held {
  const [, hall] = /^(X\d) [AB]$/.exec(place) ?? []
  return hall === undefined
    ? { date, start, location: place, course: null }
    : { date, start, location: hall, course: place }
}

function kindOf({ method, path }: { method: string; path: string }): RequestKind {
  if (method === 'POST' && path === '/participations') return 'book'
  return method === 'DELETE' ? 'cancel' : 'other'
}
