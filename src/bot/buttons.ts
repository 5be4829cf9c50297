import { z } from 'zod'
import { MUTABLE } from '../db/muted.ts'

const id = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
const page = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
const hours = z
  .string()
  .regex(/^[1-9]\d?$/)
  .transform(Number)
const date = z.iso.date()
/** From today on, or the seven days after. */
const week = z.enum(['0', '1'])
/** 0 stands for all. */
const idOrAll = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)
/** Of how many days. */
const period = z.enum(['7', '30', '90']).transform(Number)
const historyFilter = z.enum(['all', 'booked', 'cancelled', 'not-done'])
/** A time of the day: `HHMM` in the button, as ":" parts its fields, and `HH:MM` when it is read. */
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3])[0-5]\d$/)
  .transform((text) => `${text.slice(0, 2)}:${text.slice(2)}`)

/** Every button, with what it carries. The order of the fields is their order in the callback data. */
const FIELDS = {
  menu: {},
  book: {},
  days: { account: id },
  day: { account: id, date, page },
  slot: { account: id, slot: id },
  look: { account: id, slot: id },
  'book-slot': { account: id, slot: id },
  'other-classes': { action: id },
  again: { action: id },
  'take-back': { action: id },
  action: { action: id },
  bookings: { page },
  sync: { account: id },
  'ask-cancel': { booking: id },
  cancel: { booking: id },
  timetable: {},
  'timetable-of': { account: id },
  times: { account: id, date, page },
  refresh: { account: id },
  recurring: {},
  settings: {},
  language: { language: z.enum(['it', 'en']) },
  check: { account: id },

  // An answer in a conversation: which question, and the choice.
  talk: { key: z.string().regex(/^[0-9a-z]{1,12}$/), choice: z.string().regex(/^[\w.-]{1,40}$/) },

  // Recurring bookings and their questions.
  answer: { occurrence: id, how: z.enum(['confirm', 'follow', 'skip', 'book-anyway', 'keep', 'drop']) },
  'pause-asked': { occurrence: id },
  rules: { page },
  rule: { rule: id },
  'rule-new': {},
  'rule-modes': { rule: id },
  'rule-mode': { rule: id, mode: z.enum(['ask', 'automatic', 'book-then-ask']) },
  'rule-times': { rule: id },
  'rule-lead': { rule: id, minutes: z.enum(['0', '15', '30', '60', '120', '360', '720']).transform(Number) },
  'rule-keep': { rule: id, ask: hours, cancel: hours },
  'rule-pauses': { rule: id },
  'rule-pause': { rule: id, weeks: page },
  'rule-resume': { rule: id },
  'rule-skip': { rule: id },
  'rule-ask-delete': { rule: id },
  'rule-delete': { rule: id },
  'every-week': { account: id, slot: id },
  'booking-weekly': { booking: id },

  // Booking ahead and watching.
  'book-ahead': { account: id, slot: id },
  watch: { account: id, slot: id, how: z.enum(['tell', 'book']) },
  'watch-again': { action: id, how: z.enum(['tell', 'book']) },
  'book-free': { action: id },

  // Accounts.
  accounts: {},
  account: { account: id },
  'account-add': {},
  'account-change': { account: id, field: z.enum(['password', 'otpauth']) },
  'account-rename': { account: id },
  'account-suspend': { account: id },
  'account-use': { account: id },
  'account-remove': { account: id },
  'account-remove-yes': { account: id },

  // Users and invitations.
  users: { page },
  user: { user: id },
  'ask-remove': { user: id },
  remove: { user: id },
  invite: {},
  revoke: { invite: id },
  'revoke-listed': { invite: id },
  leave: {},
  'leave-sure': {},
  'leave-now': {},

  // Plans.
  plans: { page },
  plan: { plan: id },
  'plan-new': {},
  'plan-change': { plan: id },
  'plan-again': { plan: id },
  'plan-ask-stop': { plan: id },
  'plan-stop': { plan: id },
  'plan-details': { plan: id, page },
  'plan-left': { plan: id, try: id },
  'plan-consent': { plan: id, account: id },
  'plan-answer': { plan: id, account: id, version: id, how: z.enum(['accepted', 'refused']) },

  // Calendar, history, reasons.
  calendar: {},
  'to-calendar': { booking: id },
  history: { filter: historyFilter, account: idOrAll, page },
  'history-file': { filter: historyFilter, account: idOrAll, format: z.enum(['csv', 'json']) },
  why: { action: id },
  stats: { days: period, page },
  'stats-of': { days: period, account: id },

  // The week.
  week: {},
  'week-of': { week },
  'week-theme': { week, theme: z.enum(['light', 'dark']) },

  // Quick booking and settings.
  quick: { slot: id },
  languages: {},
  'quiet-hours': {},
  'set-quiet': { from: clock, to: clock },
  'quiet-off': {},
  'type-quiet': {},
  notices: {},
  mute: { kind: z.enum(MUTABLE), to: z.enum(['on', 'off']) },
  leads: {},
  lead: { minutes: z.enum(['15', '30', '60', '120', '360', '720']).transform(Number) },
} as const

type Fields = typeof FIELDS
export type ButtonName = keyof Fields
/** What a button of this name carries. */
export type ButtonData<N extends ButtonName> = {
  [F in keyof Fields[N]]: Fields[N][F] extends z.ZodType<infer T> ? T : never
}

/** The callback data of a button: at most 64 bytes, as Telegram wants it. */
export function buttonData<N extends ButtonName>(name: N, data: ButtonData<N>): string {
  const fields = Object.keys(FIELDS[name])
  const values: Readonly<Record<string, unknown>> = data
  return [name, ...fields.map((field) => String(values[field]))].join(':')
}

const schemas = new Map<ButtonName, z.ZodObject<z.core.$ZodLooseShape>>()

/** Made once: to make one takes longer than to read with it. */
function schemaOf(name: ButtonName): z.ZodObject<z.core.$ZodLooseShape> {
  const known = schemas.get(name)
  if (known) return known
  const shape: z.core.$ZodLooseShape = FIELDS[name]
  const schema = z.object(shape)
  schemas.set(name, schema)
  return schema
}

/** Reads the callback data of button `name`; undefined when it is garbled, forged or of a former version. */
export function readButton<N extends ButtonName>(name: N, text: string): ButtonData<N> | undefined {
  const [head, ...values] = text.split(':')
  const fields = Object.keys(FIELDS[name])
  if (head !== name || values.length !== fields.length) return undefined
  const read = schemaOf(name).safeParse(Object.fromEntries(fields.map((field, index) => [field, values[index]])))
  // The schema is the one the type was derived from.
  return read.success ? (read.data as ButtonData<N>) : undefined
}
