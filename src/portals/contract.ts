import type { BrowserContext } from 'playwright'
import type { Clock } from '../core/clock.ts'
import type { Credentials } from '../core/credentials.ts'

/** What names a slot: exact date, start and place, never a position or a weekday. Dates and times in the portal's zone. */
export type SlotKey = {
  /** `YYYY-MM-DD` */
  date: string
  /** `HH:MM` */
  start: string
  /** Place and activity as the portal writes them, e.g. "Giuriati - Corsi Platinum". */
  location: string
  /** The class, e.g. "YOGA"; null where the location says it all (a gym turn). */
  course: string | null
  /** The portal's own id of the dated slot, as text (they exceed 2^53); null when it was not seen. */
  siteId: string | null
}

/** `available`: can be booked now. `booked`: held by this account, or full. `disabled`: past, not open, or full. */
export type SlotState = 'available' | 'booked' | 'disabled'

export type TimetableSlot = SlotKey & {
  /** `HH:MM` */
  end: string
  instructor: string | null
  /** Places left; null when the portal does not say. */
  spots: number | null
  state: SlotState
}

/** A booking as the portal's own list shows it. */
export type PortalBooking = {
  date: string
  start: string
  end: string | null
  location: string
  course: string | null
  /** Whether the list offers to cancel it. */
  cancellable: boolean
  /** Told with a new booking: it stands, and the portal wants money for it. Nobody here ever pays. */
  unpaid?: true
}

export type CredentialField = {
  name: keyof Credentials
  /** `secret` is never shown; `otpauth` is an `otpauth://` URL or a bare base32 secret, and may be absent. */
  kind: 'text' | 'secret' | 'otpauth'
  /** What every value looks like, where the portal is that strict, with an example for people. */
  format?: { pattern: RegExp; example: string }
  /** How the portal's people are asked for it, where it has a name of its own for it ("Codice Persona"). Plain text. */
  question?: Localised
}

/** A portal's own words, in each language of the bot. */
type Localised = Readonly<Record<'en' | 'it', string>>

/** A place that a plan may book at, hour by hour. */
export type PlanPlace = {
  /** The `location` of its slots. */
  place: string
  /** The `course` of each of its parts, the best first; a place without parts has one, `null`. */
  options: readonly (string | null)[]
  /** Many people may book the same hour of an option; else the first one has it. */
  shared: boolean
}

/** A portal's pure room: what it is. Imported by the bot and the planner; no Playwright, no I/O. */
export type PortalFacts = {
  id: string
  name: string
  /** IANA zone of every date, time and rule of the portal. */
  timeZone: string
  credentialFields: readonly CredentialField[]
  /** How many days from today the timetable is read. */
  viewDays: number
  /** Its addresses by the names that the configuration may override; `baseUrl` is the one that people know. */
  urls: Readonly<Record<string, string>> & { readonly baseUrl: string }
  /** The instant from which a slot can be booked. */
  opening(slot: Pick<SlotKey, 'date' | 'start' | 'location'>): Temporal.Instant
  /** Where the rule of the opening can be read in two ways: the later one, if it differs from `opening`. */
  laterOpening?(slot: Pick<SlotKey, 'date' | 'start' | 'location'>): Temporal.Instant | undefined
  /** The places for plans over several accounts: an account holds one of their slots an hour, and one a place and day. */
  planPlaces?: readonly PlanPlace[]
  /** Concurrent sessions at the portal over all workers, and the least time between two requests of a bulk read. */
  politeness: { sessions: number; minGapMs: number }
}

/** What the operating room needs to work for one account. */
export type SessionInput = {
  /** An isolated context of this account, with its saved cookies already in it. */
  context: BrowserContext
  urls: Readonly<Record<string, string>>
  credentials: Credentials
  clock: Clock
  /** Aborts waiting work: the user took the action back, the lease was lost, the worker is stopping. */
  signal: AbortSignal
  /** Tells how far the work has come; the names end up in `action_steps`. */
  step(name: PortalStep): Promise<void>
  /** Tells the owner, in the log, that the portal is not as it is known to be, though the work goes on. */
  warn(message: string): void
}

export type PortalStep = 'logging-in' | 'one-time-code' | 'choosing-slot' | 'confirming' | 'verifying'

/**
 * One account's session at a portal. Every method throws `PortalError`; `session-expired` means: log in and try again.
 * Not re-entrant: one call at a time.
 */
export type PortalSession = {
  /** Cheap check that the saved session is still good. A network error is not "logged out": it throws. */
  isLoggedIn(): Promise<boolean>
  /** Logs in from whatever page the portal shows. Throws `bad-credentials`, `challenge-unanswered`, `timeout`, … */
  login(): Promise<void>
  /** All slots the site shows, from today on. Throws `page-changed` rather than returning a part. */
  readTimetable(): Promise<TimetableSlot[]>
  /** One slot as the site shows it now, by as few requests as can be. Throws `slot-gone`, `too-late`, `not-open-yet`. */
  readSlot(slot: SlotKey): Promise<TimetableSlot>
  /**
   * As `readSlot`, with all the other slots that the same request shows, such as those of the day: it then serves
   * whoever watches any of them. Absent where a request shows no more than one.
   */
  readAround?(slot: SlotKey): Promise<{ slot: TimetableSlot; others: TimetableSlot[] }>
  /** The account's bookings. An empty list is only returned when the page surely shows none. */
  readBookings(): Promise<PortalBooking[]>
  /**
   * Books exactly this slot and returns the booking as the portal's list then shows it (success without that proof is
   * an error: `refused`, marked as `unproven`). `beforeSubmit` is awaited right before the request that books is sent; when it throws, nothing is sent.
   */
  book(slot: SlotKey, beforeSubmit: () => Promise<void>): Promise<PortalBooking>
  /** Cancels exactly this booking; returns once the list no longer shows it. `beforeSubmit` as in `book`. */
  cancel(
    booking: Pick<PortalBooking, 'date' | 'start' | 'location' | 'course'>,
    beforeSubmit: () => Promise<void>,
  ): Promise<void>
  /**
   * Does all but the last request of booking a slot that is about to open. Throws as `book` does; `not-open-yet` when
   * the portal does not show yet what that request needs. Absent where a portal does not allow it.
   */
  arm?(slot: SlotKey): Promise<ArmedBooking>
  /** Closes the pages it opened. The context stays. */
  close(): Promise<void>
}

/** A booking of which only the last request is left. */
export type ArmedBooking = {
  /** One cheap request on the connection that `fire` will use: keeps it warm, and tells the portal's clock. */
  ping(): Promise<ClockSample>
  /**
   * Sends the request that books, at once: no work, no await before it is on its way. Throws `PortalError`; after
   * `not-open-yet` and `rate-limited` it may be fired again.
   */
  fire(): Promise<void>
  /** After a fire that went well: the booking as the portal's list shows it. */
  prove(): Promise<PortalBooking>
}

/** What one answer tells of the portal's clock. */
export type ClockSample = {
  /** When it was asked, and when its answer began to arrive, in milliseconds of `performance.now()`. */
  sentAt: number
  answeredAt: number
  /** The `Date` header, in milliseconds since the epoch: it has whole seconds. NaN where there is none. */
  date: number
}

/** A portal's operating room: how it is operated. Imported by the worker only. */
export type PortalOperator = {
  /** Browser context options the site needs: locale, time zone, viewport. */
  contextOptions: { locale: string; timezoneId: string; viewport: { width: number; height: number } }
  /** Fields that a screenshot must never show. */
  secretSelectors: readonly string[]
  openSession(input: SessionInput): Promise<PortalSession>
}
