import { z } from 'zod'
import type { ClockSetting } from '../../shared/clock.ts'
import type { LogEntry, WaitFor } from '../../shared/request-log.ts'
import type { Attempt } from '../attempts.ts'
import type { Fault, FaultId, FaultInput } from '../faults.ts'
import type { LoginCounts, MemberKind } from '../people.ts'
import type { Rules } from '../rules.ts'
import type { StoredAuth } from '../stored-auth.ts'

const cellFields = {
  date: z.iso.date(),
  /** Local, on the hour. */
  start: z.string().regex(/^\d\d:\d\d$/),
  /** `X1 A` or `Fitness`. */
  place: z.string(),
}
export const byHandSchema = z.strictObject({ username: z.string(), ...cellFields })
export const fillSchema = z.strictObject({ ...cellFields, taken: z.int().nonnegative().optional() })
export const rivalsSchema = z.array(
  z.strictObject({
    ...cellFields,
    afterMs: z.union([z.number(), z.tuple([z.number(), z.number()])]),
    probability: z.number().min(0).max(1).optional(),
  }),
)
export const grantSchema = z.strictObject({ username: z.string() })
export const expireSchema = z.strictObject({ what: z.enum(['token', 'sso', 'both']), username: z.string().optional() })
export const rulesSchema = z.strictObject({
  c1: z.boolean().exactOptional(),
  c2: z.boolean().exactOptional(),
  cancelRestores: z.boolean().exactOptional(),
})

type ByHand = z.output<typeof byHandSchema>
type Fill = z.output<typeof fillSchema>
type RivalSetting = z.input<typeof rivalsSchema>[number]
type Expire = z.output<typeof expireSchema>

/** A participation as the site holds it. */
export type BookingView = {
  participationId: number
  bookingId: number
  username: string
  memberId: number
  place: string
  date: string
  start: string
  status: 'booked' | 'waiting'
}

/** A slot with its ids and what is left of it. */
export type SlotView = {
  place: string
  date: string
  start: string
  startDate: string
  endDate: string
  /** Nominal: the window before the start. */
  opensAt: string
  linkedProductId: number
  bookableProductId: number
  bookingId: number | null
  capacity: number
  taken: number
}

/** Where the site stands. */
export type SimState = {
  now: string
  frozen: boolean
  people: ({ username: string; name: string; memberId: number; kind: MemberKind } & LoginCounts)[]
  /** Attempts under names that nobody has. */
  strangers: ({ username: string } & LoginCounts)[]
  /** As they stand, in order of making. */
  bookings: BookingView[]
  sessions: { tokens: number; sso: number }
  rules: Rules
  faults: Fault[]
  held: string[]
}

/** What a test does to the site, in its own process or from another. */
export type DelftXControl = {
  state(): Promise<SimState>
  /** All slots of a local date, by place and time. */
  slots(date: string): Promise<SlotView[]>
  setClock(setting: ClockSetting): Promise<void>
  setFault(fault: FaultInput): Promise<void>
  /** Switches one kind of fault off, or all. */
  clearFaults(id?: FaultId): Promise<void>
  /** Every request since the start or the last reset. */
  requests(): Promise<LogEntry[]>
  /** Every booking POST that named a slot, in order of arrival. */
  posts(): Promise<Attempt[]>
  /** Competitors, beside those that are set already; the same cell again replaces its rival. */
  setRivals(rivals: RivalSetting[]): Promise<void>
  clearRivals(): Promise<void>
  setRules(rules: Partial<Rules>): Promise<void>
  /** Books without any rule, as if the person had done it on the site in time. */
  bookByHand(wanted: ByHand): Promise<BookingView>
  /** Cancels without any rule. False when there was no such booking. */
  cancelByHand(wanted: ByHand): Promise<boolean>
  /** Strangers hold so many places of a slot from now on; all that are left unless told. */
  fill(wanted: Fill): Promise<SlotView>
  /** A token without a login, as the pages would keep it: the value of `delcom_auth` in localStorage. */
  grant(username: string): Promise<StoredAuth>
  /** Ends tokens, or what the login service remembers of browsers, so that the next request has to log in again. */
  expireSessions(expire: Expire): Promise<void>
  /** Lets go the requests that `hold` keeps, and holds no more, everywhere or on one path. Returns how many went. */
  release(path?: string): Promise<number>
  /** Waits until so many requests to a path have come so far; rejects when they do not. */
  waitFor(wanted: WaitFor): Promise<LogEntry[]>
  /** As after a start. */
  reset(): Promise<void>
}
