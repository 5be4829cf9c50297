import type { BrowserContext } from 'playwright'
import type { Clock } from '../../../src/core/clock.ts'
import type { Credentials } from '../../../src/core/credentials.ts'
import type { PortalFacts, PortalOperator, SlotKey } from '../../../src/portals/contract.ts'
import type { Fault, Never } from './faults.ts'

/** How a portal plugs into the kit. Everything is told by its meaning: the kit knows no portal. */
export type PortalStand = {
  facts: PortalFacts
  /** The instant at which each test begins, e.g. `2026-10-14T10:00:00+02:00`. Tests move on from there by days at most. */
  at: string
  /** A slot of each kind that the portal has: openings may differ between them. */
  examples: readonly [SlotKey, ...SlotKey[]]
  never: Never
  /** Why the portal cannot be armed, when it cannot. */
  unarmed?: string
  start(options: StandOptions): Promise<StandIn>
}

export type StandOptions = {
  /** The clock of the test, by which the site is to run as well. Moved by hand, and by an adapter that waits. */
  clock: TestClock
  /** Answers will not come: the adapter is to give up after two or three seconds. */
  impatient: boolean
}

export type TestClock = Clock & { advance(ms: number): void }

/** Cookies and storage of a browser context. */
export type SavedState = Awaited<ReturnType<BrowserContext['storageState']>>

/** A request as the site saw it: what it was for. */
export type RequestKind = 'book' | 'cancel' | 'other'

/** A booking as the site has it in its books, past all pages. */
export type Held = Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>

/** A stand-in at work, with what a test does to it behind the adapter's back. */
export type StandIn = {
  operator: PortalOperator
  urls: Readonly<Record<string, string>>
  /** Two who may log in, each by themselves. */
  people: readonly [Credentials, Credentials]
  /** Slots of that name, at `PortalStand.at`. */
  slots: Slots
  /** Everything that the portal's timetable has to show now. */
  timetable(): Promise<Held[]>
  holdings(username: string): Promise<Held[]>
  bookByHand(username: string, slot: SlotKey): Promise<void>
  /** What a login of this person leaves in a context, come by without the adapter and without a password. */
  savedLogin(person: Credentials): Promise<SavedState>
  /** Ends everybody's session. */
  expireSessions(): Promise<void>
  /** How often a password was sent for this account. */
  passwordsTried(username: string): Promise<number>
  /** Every request since the start, in the order in which they came. */
  requests(): Promise<RequestKind[]>
  set(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** Puts the site's clock ahead of ours. */
  skew(seconds: number): Promise<void>
  /** Keeps the next request waiting: the first of any kind, or the one that books. */
  hold(what: 'any' | 'book'): Promise<Hold>
  close(): Promise<void>
}

export type Hold = {
  /** Resolves once the request is kept. */
  kept(): Promise<unknown>
  release(): Promise<unknown>
}

export type Slots = {
  /** Two with places, open, that one account may book side by side. */
  free: SlotKey
  other: SlotKey
  /** Open, without a place. */
  full: SlotKey
  /** Shown, with places, not open for hours. */
  notOpen: SlotKey
  /** Of a day that the portal shows, but not there. */
  gone: SlotKey
  /** Begun already. */
  over: SlotKey
}
