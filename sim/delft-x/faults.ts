import { z } from 'zod'

/** What all faults share. `usual` is the mode that makes sense when none is given. */
const common = (usual: 'once' | 'always') => ({
  /** How often it strikes: never, once, n times, or until switched off. */
  mode: z.union([z.enum(['off', 'once', 'always']), z.int().positive()]).default(usual),
  /** Occasions let through before the first strike. */
  skip: z.int().nonnegative().default(0),
  /** How probable a strike is on each occasion; the seed decides. */
  probability: z.number().min(0).max(1).default(1),
  /** Strike only requests of this person. */
  account: z.string().optional(),
  /** Strike only from and until these instants of the site's clock (or Amsterdam wall times). */
  from: z.string().optional(),
  to: z.string().optional(),
})

const seconds = (usual: number) => z.number().nonnegative().default(usual)
/** `participations` (which means the deeds on one of them too), `/public/tags` or `*`; see `matchesRoute`. */
const path = (usual: string) => z.string().default(usual)
const method = (usual: 'POST' | '*') => z.enum(['GET', 'POST', 'DELETE', '*']).default(usual)
/** Without having done anything, or after having done it all. */
const when = (usual: 'before' | 'after') => z.enum(['before', 'after']).default(usual)

/** Every fault, with what it takes. The description is one line for a person. */
export const faultSchema = z.discriminatedUnion('id', [
  z
    .strictObject({
      id: z.literal('competitor'),
      ...common('always'),
      /** Milliseconds after the opening, or a range from which the seed picks for each cell. */
      afterMs: z.union([z.number(), z.tuple([z.number(), z.number()])]).default(80),
      /** `X1 A` and so on; all halls unless given. */
      places: z.array(z.string()).optional(),
    })
    .describe('somebody takes each cell that opens from now on, so long after its opening'),
  z
    .strictObject({ id: z.literal('clockSkew'), ...common('always'), seconds: z.number().default(2) })
    .describe("the site's clock, rules and Date header, runs ahead (or behind)"),
  z
    .strictObject({ id: z.literal('token401'), ...common('once'), path: path('participations'), method: method('*') })
    .describe('the bearer dies at a request'),
  z
    .strictObject({ id: z.literal('tokenLate'), ...common('always'), seconds: seconds(3) })
    .describe('the token is written this long after landing'),
  z
    .strictObject({ id: z.literal('ssoSlow'), ...common('always'), seconds: seconds(10) })
    .describe('the login service answers late'),
  z
    .strictObject({
      id: z.literal('ssoFormChange'),
      ...common('always'),
      variant: z.enum(['li', 'lowercase', 'hidden-input', 'nothing']).default('li'),
    })
    .describe('the institution picker has other markup; nothing: it offers no choice at all'),
  z
    .strictObject({ id: z.literal('ssoConsent'), ...common('once') })
    .describe('a consent page that only a person can answer'),
  z
    .strictObject({
      id: z.literal('rate429'),
      ...common('always'),
      path: path('*'),
      method: method('*'),
      /** Seconds; null for none. */
      retryAfter: z.int().nonnegative().nullable().default(2),
      /** The API alone, or the pages and the login service too. */
      origins: z.enum(['api', 'all']).default('api'),
    })
    .describe('the API, or all of the site, answers: too many requests'),
  z
    .strictObject({ id: z.literal('barred'), ...common('always'), path: path('*'), method: method('*') })
    .describe('something before the site answers 403 with a page of its own'),
  z
    .strictObject({
      id: z.literal('refused'),
      ...common('always'),
      message: z.string().default('Neem contact op met de balie.'),
    })
    .describe('a booking is refused for a reason of its own'),
  z
    .strictObject({
      id: z.literal('http500'),
      ...common('once'),
      path: path('participations'),
      method: method('POST'),
      when: when('before'),
      status: z.union([z.literal(500), z.literal(502), z.literal(503)]).default(500),
    })
    .describe('an error of the server, before the work or after it'),
  z
    .strictObject({
      id: z.literal('slow3s'),
      ...common('always'),
      path: path('participations'),
      method: method('POST'),
      seconds: seconds(3),
      /** The work is done at once, or at the end. */
      booked: z.enum(['start', 'end']).default('start'),
    })
    .describe('a late answer'),
  z
    .strictObject({
      id: z.literal('dropped'),
      ...common('once'),
      path: path('participations'),
      method: method('POST'),
      when: when('after'),
    })
    .describe('the connection is reset, after the work or before it'),
  z
    .strictObject({ id: z.literal('lateWindow'), ...common('always'), ms: z.number().default(700) })
    .describe('slots open late (or, with less than nothing, early)'),
  z
    .strictObject({ id: z.literal('staleList'), ...common('always'), seconds: seconds(5) })
    .describe('taken slots are listed as available for some time'),
  z
    .strictObject({ id: z.literal('emptyList'), ...common('always') })
    .describe('a list filtered by availableFromDate is empty'),
  z
    .strictObject({
      id: z.literal('shapeDrift'),
      ...common('always'),
      variant: z
        .enum(['expires-in', 'extra-keys', 'missing-booking', 'moved', 'gone', 'dashboard'])
        .default('extra-keys'),
    })
    .describe(
      'answers have another shape; moved: the list is at its newer path; gone: nowhere; dashboard: my bookings',
    ),
  z.strictObject({ id: z.literal('cancel403'), ...common('always') }).describe('cancelling is refused'),
  z
    .strictObject({ id: z.literal('cancel404'), ...common('once'), gone: z.boolean().default(true) })
    .describe('cancelling finds nothing; gone: somebody else has cancelled it; else it stands'),
  z
    .strictObject({
      id: z.literal('dst'),
      ...common('once'),
      change: z.enum(['spring', 'autumn']).default('spring'),
      time: z.string().default('00:00'),
    })
    .describe('moves the clock to that time of the next day with 23 or 25 hours'),
  z
    .strictObject({
      id: z.literal('hold'),
      ...common('always'),
      path: path('participations'),
      method: method('POST'),
      when: when('before'),
      /** `cut`: what was held before its work is never done. */
      onRelease: z.enum(['go-on', 'cut']).default('go-on'),
    })
    .describe('requests wait, before or after their work, until released'),
])

export type Fault = z.output<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
export type FaultId = Fault['id']

/** One line a fault, for tests and people that go through all of them. */
export const FAULT_LINES: readonly { id: FaultId; line: string }[] = faultSchema.options.map((option) => ({
  id: option.shape.id.value,
  line: option.description ?? '',
}))
