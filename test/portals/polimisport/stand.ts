import { request } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import { EXAMPLE_PERSON, type PolimisportSim, startPolimisport } from '../../../sim/polimisport/server.ts'
import type { SlotKey } from '../../../src/portals/contract.ts'
import { polimisportFacts } from '../../../src/portals/polimisport/facts.ts'
import { createPolimisportOperator } from '../../../src/portals/polimisport/operator.ts'
import type { Fault, Never } from '../contract/faults.ts'
import type { Hold, PortalStand, RequestKind, SavedState, Slots, StandIn, StandOptions } from '../contract/stand.ts'
import { enter } from './enter.ts'
import { freeSlot, named, SHORT, slotIdOf, TURN, WEDNESDAY, ZUMBA } from './site.ts'

const ADA = {
  username: EXAMPLE_PERSON.username,
  password: EXAMPLE_PERSON.password,
  otpauth: EXAMPLE_PERSON.secret,
}
const BRUNO = { username: '10765432', password: 'another horse entirely' }

const FULL: SlotKey = { ...ZUMBA, course: 'GAG' }
const NOT_OPEN: SlotKey = { ...ZUMBA, date: '2026-10-17', start: '10:00', course: 'YOGA' }
const OVER: SlotKey = { ...ZUMBA, date: '2026-10-14', start: '07:30', course: 'RISVEGLIO MUSCOLARE' }
const GONE: SlotKey = { ...ZUMBA, course: 'CURLING' }

const BOOK = { route: 'BookAppointment' } as const
const CANCEL = { route: 'DeleteBooking' } as const

const NEVER = {
  'no-subscription':
    'the words by which it refuses for want of a subscription are not known, so it is refused in its own',
} as const satisfies Never

/** Each fault of the kit in the stand-in's own words. */
const FAULTS: Record<Exclude<Fault, keyof typeof NEVER>, readonly FaultInput[]> = {
  challenge: [{ id: 'dfa-notice', buttons: 2 }],
  'login-changed': [{ id: 'sso-stuck' }],
  down: [{ id: 'http-503' }],
  unreachable: [{ id: 'connection-reset' }],
  silent: [
    { id: 'slow-page', seconds: 600 },
    { id: 'slow-ajax', seconds: 600 },
  ],
  'rate-limited': [{ id: 'http-429' }],
  blocked: [{ id: 'http-403' }],
  'timetable-changed': [{ id: 'schedule-changed' }],
  'bookings-changed': [{ id: 'layout-structure', missing: ['event-main-block'] }],
  'answer-lost': [{ id: 'post-lost-answer' }],
  'answer-cut': [{ id: 'post-lost-answer', answer: 'cut' }],
  'error-before': [{ id: 'http-500', ...BOOK }],
  'cut-before': [{ id: 'connection-reset', ...BOOK }],
  'submit-silent': [{ id: 'slow-ajax', seconds: 600, ...BOOK }],
  'session-dies': [{ id: 'session-expired-ajax', ...BOOK }],
  'full-in-between': [{ id: 'full-in-between' }],
  'limit-reached': [{ id: 'limit-reached' }],
  overlap: [{ id: 'limit-reached', message: 'La prenotazione si sovrappone a un’altra.' }],
  refused: [{ id: 'limit-reached', message: 'Perché no.' }],
  'opens-late': [{ id: 'not-open-yet', seconds: 5 }],
  'only-said': [{ id: 'false-ok' }],
  'cancel-lost': [{ id: 'post-lost-answer', ...CANCEL }],
  'cancel-error': [{ id: 'http-500', ...CANCEL }],
  'cancel-cut': [{ id: 'connection-reset', ...CANCEL }],
  'cancel-refused': [{ id: 'late-cancel' }],
}

/** Polimisport for the portal test kit, by its requests. booking.test.ts tries its pages too. */
export const polimisportStand: PortalStand = {
  facts: polimisportFacts,
  at: WEDNESDAY,
  examples: [ZUMBA, TURN],
  never: NEVER,
  start,
}

async function start({ clock, impatient }: StandOptions): Promise<StandIn> {
  const sim = await startPolimisport({ clock: clock.now, people: [EXAMPLE_PERSON, BRUNO] })
  const pause = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted()
    clock.advance(ms)
  }
  return {
    operator: createPolimisportOperator({
      limits: { ...SHORT, ...(impatient ? IMPATIENT : PATIENT) },
      pause,
    }),
    urls: { baseUrl: sim.baseUrl, ssoBaseUrl: sim.ssoBaseUrl },
    people: [ADA, BRUNO],
    slots: await prepareSlots(sim),
    timetable: async () => {
      const last = Temporal.PlainDate.from('2026-10-14').add({ days: polimisportFacts.viewDays - 1 })
      return (await sim.state()).slots.filter(({ date }) => date <= last.toString()).map(named)
    },
    holdings: async (username) => {
      const bookings = (await sim.state()).bookings.filter((booking) => booking.username === username)
      return bookings.flatMap(({ slot }) => (slot ? [named(slot)] : []))
    },
    bookByHand: async (username, slot) => {
      await sim.bookByHand({ username, slotId: await slotIdOf(sim, slot) })
    },
    savedLogin: (person) => savedLogin(sim, person.username),
    expireSessions: () => sim.expireSessions(),
    passwordsTried: async (username) => {
      const { people } = await sim.state()
      return people.find((person) => person.username === username)?.passwordsTried ?? 0
    },
    requests: async () => (await sim.requests()).map(({ path }) => kindOf(path)),
    set: async (fault) => {
      for (const input of FAULTS[fault as keyof typeof FAULTS]) await sim.setFault(input)
    },
    clearFaults: () => sim.clearFaults(),
    skew: (seconds) => sim.setFault({ id: 'clock-skew', seconds }),
    hold: (what) => hold(sim, what === 'book' ? BOOK.route : '*'),
    close: () => sim.close(),
  }
}

/** What comes at all, comes within these on a busy machine too. */
const PATIENT = {
  ...{ navigationMs: 30_000, requestMs: 30_000, markerMs: 30_000 },
  ...{ stuckMs: 30_000, loginMs: 60_000 },
}
/** What does not come within these is not going to come. */
const IMPATIENT = {
  ...{ navigationMs: 2_500, requestMs: 2_500, markerMs: 2_500 },
  ...{ clickMs: 1_000, stuckMs: 1_500, loginMs: 8_000 },
}

async function prepareSlots(sim: PolimisportSim): Promise<Slots> {
  const full = await freeSlot({ sim }, FULL)
  await sim.changeSlot({ do: 'fill', slotId: full.siteId ?? '' })
  return {
    free: await freeSlot({ sim }, ZUMBA),
    other: await freeSlot({ sim }, TURN),
    full,
    notOpen: await freeSlot({ sim }, NOT_OPEN),
    gone: GONE,
    over: await freeSlot({ sim }, OVER),
  }
}

async function savedLogin(sim: PolimisportSim, username: string): Promise<SavedState> {
  const visitor = await request.newContext()
  await enter({ request: visitor }, sim, username)
  const saved = await visitor.storageState()
  await visitor.dispose()
  return saved
}

async function hold(sim: PolimisportSim, route: string): Promise<Hold> {
  await sim.setFault({ id: 'hold', route, mode: 'once' })
  return { kept: () => sim.waitFor({ path: route, phase: 'held' }), release: () => sim.release() }
}

function kindOf(path: string): RequestKind {
  if (path.endsWith(`/${BOOK.route}`)) return 'book'
  return path.endsWith(`/${CANCEL.route}`) ? 'cancel' : 'other'
}
