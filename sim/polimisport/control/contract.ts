import { z } from 'zod'
import type { ClockSetting } from '../../shared/clock.ts'
import type { LogEntry, WaitFor } from '../../shared/request-log.ts'
import type { Fault, FaultId, FaultInput } from '../faults.ts'
import type { LoginCounts } from '../people.ts'
import type { SiteBooking } from '../site.ts'
import type { Slot } from '../timetable.ts'

const slotFields = z.strictObject({
  activity: z.enum(['classes', 'gym']),
  date: z.iso.date(),
  time: z.string().regex(/^\d\d:\d\d$/),
  minutes: z.int().positive(),
  skill: z.string().nullable(),
  instructor: z.string().nullable(),
  capacity: z.int().nonnegative(),
  taken: z.int().nonnegative(),
})

export const slotChangeSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('add'), slot: slotFields }),
  z.strictObject({ do: z.literal('change'), slotId: z.string(), to: slotFields.omit({ date: true }).partial() }),
  z.strictObject({ do: z.literal('remove'), slotId: z.string() }),
  /** Strangers take what is left. */
  z.strictObject({ do: z.literal('fill'), slotId: z.string() }),
])

export const byHandSchema = z.strictObject({ username: z.string(), slotId: z.string() })

export const expireSchema = z.strictObject({
  what: z.enum(['portal', 'sso', 'both']).default('both'),
  username: z.string().optional(),
})

export type SlotChange = z.output<typeof slotChangeSchema>
type ByHand = z.output<typeof byHandSchema>
type Expire = z.input<typeof expireSchema>

/** A slot with what is left of it. */
export type SlotView = Slot & { spots: number; opensAt: string; startsAt: string }

/** Where the site stands. */
export type SimState = {
  now: string
  frozen: boolean
  people: ({ username: string; name: string } & LoginCounts)[]
  /** Attempts under person codes that nobody has. */
  strangers: ({ username: string } & LoginCounts)[]
  bookings: (SiteBooking & { slot: SlotView | null })[]
  waitingLists: { slotId: string; usernames: string[] }[]
  sessions: { portal: number; sso: number }
  faults: Fault[]
  held: string[]
  /** Today and the seven days after it, in order of date and time. */
  slots: SlotView[]
}

/** What a test does to the site, in its own process or from another. */
export type PolimisportControl = {
  state(): Promise<SimState>
  /** The slots of any one day. */
  slots(date: string): Promise<SlotView[]>
  setFault(fault: FaultInput): Promise<void>
  /** Switches one kind of fault off, or all. */
  clearFaults(id?: FaultId): Promise<void>
  setClock(setting: ClockSetting): Promise<void>
  /** Every request since the start or the last reset. */
  requests(): Promise<LogEntry[]>
  /** Books without any rule, as if the person had done it on the site in time. */
  bookByHand(wanted: ByHand): Promise<SiteBooking>
  /** Cancels without any rule. False when there was no such booking. */
  cancelByHand(wanted: ByHand): Promise<boolean>
  /** Returns the slot as it is now; none after `remove`. */
  changeSlot(change: SlotChange): Promise<SlotView | null>
  /** Ends sessions, so that the next request has to log in again. */
  expireSessions(expire?: Expire): Promise<void>
  /** Lets go the requests that `hold` keeps, and holds no more, everywhere or on one route. Returns how many went. */
  release(route?: string): Promise<number>
  /** Waits until so many requests to a path have come so far; rejects when they do not. */
  waitFor(wanted: WaitFor): Promise<LogEntry[]>
  /** As after a start. */
  reset(): Promise<void>
}
