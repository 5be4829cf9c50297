import type { Generated, Selectable } from 'kysely'

/**
 * The tables. `Stamp` is an instant as ISO-8601 UTC text with milliseconds; dates are `YYYY-MM-DD` and times `HH:MM`
 * in the portal's time zone; flags are 0 or 1; JSON is text that src/db parses with zod when it reads it back.
 */
type Stamp = string
type Flag = number
type Json = string

export type Schema = {
  users: UsersTable
  accounts: AccountsTable
  portal_sessions: PortalSessionsTable
  portal_states: PortalStatesTable
  courses: CoursesTable
  slots: SlotsTable
  booking_actions: BookingActionsTable
  action_steps: ActionStepsTable
  attempts: AttemptsTable
  shots: ShotsTable
  user_bookings: UserBookingsTable
  periodic_bookings: PeriodicBookingsTable
  pending_confirmations: PendingConfirmationsTable
  plans: PlansTable
  plan_accounts: PlanAccountsTable
  plan_tries: PlanTriesTable
  invites: InvitesTable
  challenges: ChallengesTable
  notices: NoticesTable
  bot_state: BotStateTable
  workers: WorkersTable
}

type UsersTable = {
  /** The Telegram user id. */
  id: number
  role: 'owner' | 'member'
  first_name: string
  /** Chosen in the settings; null: the language Telegram reports, as last seen, else English. */
  language: 'it' | 'en' | null
  /** Set while the user blocks the bot. */
  blocked_at: Stamp | null
  /** Hours without questions and sounds, `HH:MM` in the portal's time zone; both or neither. */
  quiet_from: string | null
  quiet_to: string | null
  /** JSON list of the kinds of notices that the user does not want. */
  muted: Json | null
  week_theme: 'light' | 'dark' | null
  /** How many minutes before a booking moment its question comes; null: an hour. */
  lead_minutes: number | null
  invited_by: number | null
  created_at: Stamp
}

type AccountsTable = {
  id: Generated<number>
  user_id: number
  portal: string
  /** What the user calls it; unique among the user's accounts of the portal. */
  name: string
  /** Keyed hash of the username: one row a login, without the login in clear. */
  login_hash: string
  /** Sealed JSON of the portal's credential fields. */
  credentials: string
  /** Keyed hash of what the configuration file last gave; taken again only when the file says something new. */
  config_hash: string | null
  /** `suspended`: nothing is tried with it but a check of its login. */
  state: 'active' | 'suspended'
  /**
   * Who suspended it: the portal, by refusing the credentials, its user, or both. The portal's word stands until it
   * takes the credentials, or new ones come; the user's until they say otherwise.
   */
  suspended_by: 'portal' | 'user' | 'both' | null
  /** When the bookings were last read from the portal. */
  synced_at: Stamp | null
  created_at: Stamp
  /** Changes with the credentials and the state: a session of before does not count any more. */
  updated_at: Stamp
}

type PortalSessionsTable = {
  account_id: number
  /** Sealed storage state of the browser context. */
  state: string
  saved_at: Stamp
}

type PortalStatesTable = {
  portal: string
  /** Before this instant no action of this portal is claimed but bookings: it asked for fewer requests. */
  cooled_until: Stamp | null
  /** When the timetable was last read whole. */
  refreshed_at: Stamp | null
  /** Before this instant none at all: it shuts us out. */
  blocked_until: Stamp | null
}

type CoursesTable = {
  id: Generated<number>
  portal: string
  location: string
  course_name: string | null
  name_key: string
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  time_slot: string
  end_time: string
  instructor: string | null
  seen_at: Stamp
}

type SlotsTable = {
  id: Generated<number>
  portal: string
  course_id: number
  site_id: string | null
  location: string
  course_name: string | null
  name_key: string
  date: string
  time_slot: string
  end_time: string
  instructor: string | null
  state: 'available' | 'booked' | 'disabled'
  spots: number | null
  seen_at: Stamp
  /** When somebody was last sent to look at it alone; until they answer, the others wait. */
  asked_at: Stamp | null
}

export type WatchKind = 'tell' | 'book'

export type ActionType = 'book' | 'cancel' | 'check' | 'refresh' | 'sync'

/** Where an action stands. `pending` and `processing` are open; the others are final and kept as history. */
export type ActionStatus =
  /** Waiting for a worker; left alone until `run_at`. A retry comes back here with a later `run_at`. */
  | 'pending'
  /** Claimed under a lease. When the lease runs out it is pending again, marked outcome unknown. */
  | 'processing'
  /** The portal holds, or no longer holds, the booking as asked. */
  | 'completed'
  /** It will not happen; `error` tells the kind. */
  | 'failed'
  /** The user took it back in time. */
  | 'cancelled'
  /** Its deadline passed while it waited. */
  | 'expired'

type BookingActionsTable = {
  id: Generated<number>
  action_type: ActionType
  /** Who is told; null for what the house asked for itself (cron). */
  user_id: number | null
  account_id: number
  portal: string
  status: ActionStatus
  /** For how many seconds others that are due may go first. */
  priority: number
  /** Not claimed before this instant. */
  run_at: Stamp
  /** Its place in the queue: `run_at` and the seconds of its priority. Whatever waits moves to the front in time. */
  turn_at: Generated<Stamp>
  /** No attempt starts after this instant. */
  deadline: Stamp | null
  location: string | null
  course_name: string | null
  date: string | null
  /** Start, `HH:MM`. */
  time_slot: string | null
  end_time: string | null
  site_id: string | null
  /** The `user_bookings` row to cancel, or the one a booking made. */
  booking_id: number | null
  /** At most one open action holds a key: a second press finds the first. */
  dedupe_key: string
  /** What asked for it (`update:123`); the same origin never makes a second action, even when the first has ended. */
  origin: string | null
  attempt: Generated<number>
  max_attempts: number
  /** Fencing: grows with each claim; a write with an older token changes nothing. */
  lease_token: Generated<number>
  lease_until: Stamp | null
  worker_id: string | null
  /** 1: a former attempt may have reached the portal; ask it before acting. */
  outcome_unknown: Generated<Flag>
  /** 1: the user wants it back while a worker is at it. */
  cancel_requested: Generated<Flag>
  /** Set, and committed, before the request that books or cancels is sent. */
  submitted_at: Stamp | null
  result: Json | null
  error: Json | null
  /** The chat message that shows this action; the result is edited into it. */
  chat_message_id: number | null
  /** A full slot is watched until the deadline: to tell when a place frees up, or to book it. */
  watch: WatchKind | null
  /** When it was last seen to be full. */
  looked_at: Stamp | null
  created_at: Stamp
  started_at: Stamp | null
  completed_at: Stamp | null
}

type ActionStepsTable = {
  id: Generated<number>
  action_id: number
  attempt: number
  name: string
  at: Stamp
}

type AttemptsTable = {
  id: Generated<number>
  action_id: number
  attempt: number
  worker_id: string
  started_at: Stamp
  ended_at: Stamp
  ms: number
  /** The action's status after this attempt, `lost` when its worker vanished, `released` when it was handed back. */
  outcome: ActionStatus | 'lost' | 'released'
  error: Json | null
  /** Folder with the screenshot, the HTML and the trace, below the data folder. */
  evidence: string | null
}

/** One booking fired at its opening; milliseconds have fractions. */
type ShotsTable = {
  id: Generated<number>
  action_id: number
  attempt: number
  account_id: number
  portal: string
  /** By the portal's clock. */
  opening: Stamp
  /** How far the portal's clock was ahead of ours, and by how much that may be wrong at most. */
  offset_ms: number
  error_ms: number
  /** The round trip. */
  travel_ms: number
  /** By our clock: when all but the last request was done, when it was first sent, and when it was last answered. */
  armed_at: Stamp
  fired_at: Stamp
  answered_at: Stamp
  /** How long after the opening the first request reached the portal, as far as the clocks can be told. */
  late_ms: number
  /** How many requests were sent. */
  tries: number
  /** `booked`, or the kind of the error. */
  outcome: string
}

type UserBookingsTable = {
  id: Generated<number>
  user_id: number
  account_id: number
  portal: string
  location: string
  course_name: string | null
  name_key: string
  date: string
  time_slot: string
  end_time: string | null
  cancellable: Flag
  seen_at: Stamp
}

export type RuleMode =
  /** Asks before it books. */
  | 'ask'
  /** Books without asking. */
  | 'automatic'
  /** Books when it opens, asks some hours before the class, and cancels when there is no answer. */
  | 'book-then-ask'

type PeriodicBookingsTable = {
  id: Generated<number>
  user_id: number
  account_id: number
  portal: string
  location: string
  course_name: string | null
  name_key: string
  /** 1 = Monday … 7 = Sunday. */
  weekday: number
  time_slot: string
  end_time: string | null
  mode: RuleMode
  state: 'active' | 'paused'
  /** The first date on which a paused rule counts again; null: until it is resumed by hand. */
  paused_until: string | null
  /** Question so many minutes before the booking moment; null: as its user has set for all. */
  lead_minutes: number | null
  /** Mode `book-then-ask`: hours before the class. */
  ask_hours: number
  cancel_hours: number
  created_at: Stamp
  updated_at: Stamp
}

/** Where an occurrence of a rule stands. The first four are open: the periodic executor looks at them. */
export type ConfirmationState =
  /** "Shall I book it?" is out, until the deadline. */
  | 'asked'
  /** The class has moved by some minutes: "shall I follow?" is out, until the deadline. */
  | 'moved'
  /** Mode `book-then-ask`: its booking is in the queue or made; the question comes later. */
  | 'booking'
  /** "Will you go?" is out, until the deadline. */
  | 'keep-asked'
  /** The user said yes, and the booking is in the queue or done. */
  | 'confirmed'
  /** Mode `automatic`: the booking is in the queue or done. */
  | 'automatic'
  /** The user skips this one. */
  | 'skipped'
  /** Nobody answered in time: nothing was booked. */
  | 'expired'
  /** The user keeps the booking. */
  | 'kept'
  /** Cancelled, by the user's answer or because there was none (`answered_at` tells). */
  | 'dropped'
  /** Not on the timetable that week. */
  | 'missing'
  /** Nothing came of it: the rule was paused or changed, the booking failed, or it was too late to ask. */
  | 'void'

type PendingConfirmationsTable = {
  id: Generated<number>
  periodic_booking_id: number
  user_id: number
  date: string
  /** What the question is about, as the rule was then. */
  location: string
  course_name: string | null
  time_slot: string
  end_time: string | null
  /** Where the timetable has moved it, `HH:MM`. */
  moved_to: string | null
  state: ConfirmationState
  deadline: Stamp | null
  asked_at: Stamp | null
  answered_at: Stamp | null
  /** The action that books it, and the one that cancels it again. */
  action_id: number | null
  cancel_action_id: number | null
  /** The message with the question. */
  chat_message_id: number | null
  created_at: Stamp
}

/** Some consecutive hours of one day, by several accounts: the first way to them is taken that works. */
type PlansTable = {
  id: Generated<number>
  /** Who made it. */
  user_id: number
  portal: string
  date: string
  /** How many consecutive hours are wanted, and how few are taken. */
  hours: number
  least: number
  /** The window in whole hours of the portal's clock: from `from_hour` up to but not `to_hour`. */
  from_hour: number
  to_hour: number
  /** JSON: the places by priority, each with its options and how many accounts may try. */
  places: Json
  /** Grows with each change: consent is given to what was read. */
  version: Generated<number>
  state: PlanState
  /** JSON: what came of it, once it has ended. */
  outcome: Json | null
  /** The message that shows it. */
  chat_message_id: number | null
  created_at: Stamp
  ended_at: Stamp | null
}

/** `stopping`: its user has stopped it; what is under way is brought to its end. */
export type PlanState = 'active' | 'stopping' | 'ended'

export type Consent = 'asked' | 'accepted' | 'refused'

/** An account that a plan may use once its owner has accepted. */
type PlanAccountsTable = {
  id: Generated<number>
  plan_id: number
  account_id: number
  /** 0 for the first. */
  position: number
  /** The account's owner. */
  user_id: number
  consent: Consent
  answered_at: Stamp | null
}

/** One account's try at one slot. */
type PlanTriesTable = {
  id: Generated<number>
  plan_id: number
  hour: number
  place: string
  /** The part of the place; empty where it has none. */
  option: string
  account_id: number
  kind: 'spread' | 'sibling'
  action_id: number
  cancel_action_id: number | null
  /** 1: what it won was cancelled before it began, by the plan, in the chat or by hand on the site. */
  given_back: Generated<Flag>
  /** 1: its plan ended while it was open, and what came of it has not been told yet. */
  late: Generated<Flag>
  created_at: Stamp
}

type InvitesTable = {
  id: Generated<number>
  /** Keyed hash of the code in the link. */
  code_hash: string
  role: 'owner' | 'member'
  /** Null: made at the terminal. */
  created_by: number | null
  created_at: Stamp
  expires_at: Stamp
  used_by: number | null
  used_at: Stamp | null
}

type ChallengesTable = {
  id: Generated<number>
  action_id: number
  kind: string
  state: 'open' | 'answered' | 'expired'
  /** Sealed. */
  answer: string | null
  deadline: Stamp
  created_at: Stamp
}

type NoticesTable = {
  id: Generated<number>
  user_id: number
  kind: string
  data: Json
  /** The same key is never owed twice. */
  dedupe_key: string
  state: 'pending' | 'sent' | 'dropped'
  /** Not tried before this instant. */
  run_at: Stamp
  attempts: Generated<number>
  created_at: Stamp
  ended_at: Stamp | null
}

type BotStateTable = {
  key: string
  value: Json
}

type WorkersTable = {
  id: string
  started_at: Stamp
  seen_at: Stamp
}

export type UserRow = Selectable<UsersTable>
export type AccountRow = Selectable<AccountsTable>
export type SlotRow = Selectable<SlotsTable>
export type ActionRow = Selectable<BookingActionsTable>
export type AttemptRow = Selectable<AttemptsTable>
export type StepRow = Selectable<ActionStepsTable>
export type BookingRow = Selectable<UserBookingsTable>
export type NoticeRow = Selectable<NoticesTable>
export type ShotRow = Selectable<ShotsTable>
export type PlanRow = Selectable<PlansTable>
export type RuleRow = Selectable<PeriodicBookingsTable>
export type ConfirmationRow = Selectable<PendingConfirmationsTable>
