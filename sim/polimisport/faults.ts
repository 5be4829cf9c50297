import { z } from 'zod'
import { ELEMENTS, TEXT_VARIANTS } from './layout.ts'

/** How often a fault strikes: never, once, n times, or until switched off. */
const mode = z.union([z.enum(['off', 'once', 'always']), z.int().positive()])

/** What all faults share. `usual` is the mode that makes sense when none is given. */
const common = (usual: 'once' | 'always') => ({
  mode: mode.default(usual),
  /** Occasions let through before the first strike. */
  skip: z.int().nonnegative().default(0),
  /** Strike only requests of this person code. */
  person: z.string().optional(),
})

const seconds = (usual: number) => z.number().nonnegative().default(usual)
/** `BookAppointment`, `/Booking/BookAppointment` or `*`; see `matchesRoute`. */
const route = (usual: string) => z.string().default(usual)
const method = z.enum(['GET', 'POST']).optional()
/** Wait before the answer, or instead of one. Other faults are made late by `slow-page` or `slow-ajax` beside them. */
const delayMs = z.int().nonnegative().default(0)
/** The text of a refusal instead of the site's own. */
const message = z.string().optional()
const beforeOrAfterOtp = z.enum(['before-otp', 'after-otp']).default('before-otp')

/** Every fault, with what it takes. The description is one line for a person. */
export const faultSchema = z.discriminatedUnion('id', [
  z
    .strictObject({ id: z.literal('slow-page'), ...common('always'), seconds: seconds(3), route: route('*') })
    .describe('pages of both origins answer late'),
  z
    .strictObject({ id: z.literal('slow-ajax'), ...common('always'), seconds: seconds(3), route: route('*') })
    .describe('requests of the page scripts answer late'),
  z
    .strictObject({
      id: z.literal('banner'),
      ...common('always'),
      variant: z.enum(['none', 'login', 'every', 'late']).default('every'),
    })
    .describe('cookie banner over the lower page; late: one second after load, on every page'),
  z.strictObject({ id: z.literal('bad-password'), ...common('always') }).describe('any password is refused'),
  z.strictObject({ id: z.literal('bad-otp-once'), ...common('once') }).describe('the next code is refused'),
  z.strictObject({ id: z.literal('bad-otp-always'), ...common('always') }).describe('any code is refused'),
  z.strictObject({ id: z.literal('otp-skipped'), ...common('always') }).describe('no code is asked for'),
  z
    .strictObject({ id: z.literal('sso-passthrough'), ...common('always') })
    .describe('the login service knows the browser (as `person`, or the first one) without a cookie'),
  z
    .strictObject({ id: z.literal('password-expiring'), ...common('always'), when: beforeOrAfterOtp })
    .describe('an extra page "Continua" around the code'),
  z
    .strictObject({
      id: z.literal('dfa-notice'),
      ...common('always'),
      when: beforeOrAfterOtp,
      buttons: z.int().min(1).max(2).default(1),
    })
    .describe('the notice about the second factor; two buttons: only a person can choose'),
  z.strictObject({ id: z.literal('sso-stuck'), ...common('always') }).describe('the hop page never moves on'),
  z
    .strictObject({ id: z.literal('session-expired-page'), ...common('once'), route: route('*') })
    .describe('the session ends at the next page'),
  z
    .strictObject({ id: z.literal('session-expired-ajax'), ...common('once'), route: route('*') })
    .describe('the session ends at the next request of a page script'),
  z
    .strictObject({ id: z.literal('http-500'), ...common('always'), route: route('*'), method, delayMs })
    .describe('error 500 without doing anything'),
  z
    .strictObject({ id: z.literal('http-503'), ...common('always'), route: route('*'), method, delayMs })
    .describe('error 503 without doing anything'),
  z
    .strictObject({ id: z.literal('http-429'), ...common('always'), route: route('*'), method, delayMs })
    .describe('too many requests (429), without doing anything'),
  z
    .strictObject({ id: z.literal('http-403'), ...common('always'), route: route('*'), method, delayMs })
    .describe('the visitor is barred (403), without doing anything'),
  z
    .strictObject({ id: z.literal('connection-reset'), ...common('always'), route: route('*'), method, delayMs })
    .describe('the connection is cut without doing anything'),
  z
    .strictObject({
      id: z.literal('post-lost-answer'),
      ...common('once'),
      answer: z.enum(['500', 'cut']).default('500'),
      delayMs,
      route: z.enum(['BookAppointment', 'DeleteBooking']).default('BookAppointment'),
    })
    .describe('it is done, but the answer is lost'),
  z.strictObject({ id: z.literal('false-ok'), ...common('once') }).describe('"OK", but nothing was booked'),
  z
    .strictObject({
      id: z.literal('full-in-between'),
      ...common('once'),
      at: z.enum(['confirm', 'post']).default('post'),
    })
    .describe('strangers take the last spots just before; at confirm the answer depends on the waiting list'),
  z
    .strictObject({
      id: z.literal('not-open-yet'),
      ...common('always'),
      seconds: seconds(5),
      shown: z.enum(['open', 'closed']).default('closed'),
    })
    .describe('slots open this long after midnight; shown: what the timetable says meanwhile'),
  z.strictObject({ id: z.literal('already-booked'), ...common('always'), message }).describe('refused as a double'),
  z.strictObject({ id: z.literal('limit-reached'), ...common('always'), message }).describe('refused as too many'),
  z
    .strictObject({
      id: z.literal('late-cancel'),
      ...common('always'),
      variant: z.enum(['refused', 'no-button']).default('refused'),
      message,
    })
    .describe('too late to cancel: a message, or no button'),
  z
    .strictObject({
      id: z.literal('dialog-missing'),
      ...common('always'),
      next: z.enum(['stay', 'list']).default('stay'),
    })
    .describe('no question after a booking: nothing happens, or the list opens'),
  z
    .strictObject({ id: z.literal('activity-order'), ...common('always'), extra: z.boolean().default(true) })
    .describe('activities in reverse, with others among them'),
  z
    .strictObject({
      id: z.literal('layout-text'),
      ...common('always'),
      variants: z.array(z.enum(TEXT_VARIANTS)).default([...TEXT_VARIANTS]),
    })
    .describe('the same content worded or spaced otherwise'),
  z
    .strictObject({
      id: z.literal('layout-structure'),
      ...common('always'),
      missing: z.array(z.enum(ELEMENTS)).default([]),
      columns: z.union([z.literal(1), z.literal(3), z.literal(7)]).default(3),
    })
    .describe('ids, classes or attributes missing; one, three or seven days shown'),
  z
    .strictObject({ id: z.literal('schedule-changed'), ...common('always') })
    .describe('the answer with the schedule names the times of a slot otherwise'),
  z.strictObject({ id: z.literal('stale-repository'), ...common('always') }).describe('hidden blocks hold other days'),
  z
    .strictObject({ id: z.literal('dup-slot'), ...common('always'), slotId: z.string().optional() })
    .describe('slots (or one) shown twice'),
  z
    .strictObject({
      id: z.literal('lost-click'),
      ...common('once'),
      target: z.enum(['activity', 'slot']).default('slot'),
    })
    .describe('the first click on a page goes nowhere'),
  z
    .strictObject({ id: z.literal('clock-skew'), ...common('always'), seconds: z.number().default(90) })
    .describe("the site's clock, rules and Date header, runs ahead (or behind)"),
  z
    .strictObject({
      id: z.literal('dst-day'),
      ...common('once'),
      change: z.enum(['spring', 'autumn']).default('spring'),
      time: z.string().default('00:00'),
    })
    .describe('moves the clock to that time of the next day with 23 or 25 hours'),
  z
    .strictObject({
      id: z.literal('hold'),
      ...common('always'),
      route: route('BookAppointment'),
      method,
      at: z.enum(['before', 'after']).default('before'),
      /** `cut`: what was held before its work is never done. */
      onRelease: z.enum(['go-on', 'cut']).default('go-on'),
    })
    .describe('requests wait, before or after their work, until released'),
])

export type Fault = z.output<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
export type FaultId = Fault['id']
export type FaultOf<Id extends FaultId> = Extract<Fault, { id: Id }>

/** One line a fault, for the control page and for tests that go through all of them. */
export const FAULT_LINES: readonly { id: FaultId; line: string }[] = faultSchema.options.map((option) => ({
  id: option.shape.id.value,
  line: option.description ?? '',
}))
