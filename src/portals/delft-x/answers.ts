import { z } from 'zod'
import { PortalError } from '../errors.ts'

/**
 * What the API answers, as far as we use it (dossier 2 to 5). Loosely: extra keys are ignored, and a detail of another
 * form counts as not said; only what nothing can be done without must be there.
 */
const id = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)])
const optionalId = id.nullish().catch(null)
const count = z.number().int().nullish().catch(null)
const text = z.string().nullish().catch(null)
const instant = z.string().refine(isInstant, 'no instant')
const named = z.object({ id: optionalId, description: text }).nullish().catch(null)
const numeric = z.coerce.number().positive().optional().catch(undefined)

const slotEvent = z.object({
  status: count,
  currentParticipantCount: count,
  availableParticipantCount: count,
  maxParticipants: count,
  maxParticipantCount: count,
})

export const slotSchema = z.object({
  startDate: instant,
  endDate: instant,
  isAvailable: z.boolean(),
  linkedProductId: id,
  bookableProductId: id,
  bookingId: optionalId,
  booking: slotEvent.nullish().catch(null),
  linkedProduct: named,
  product: named,
})
export type SlotAnswer = z.infer<typeof slotSchema>

const bookingSchema = z.object({
  id,
  startDate: instant,
  endDate: instant,
  description: text,
  productId: optionalId,
  linkedProductId: optionalId,
  status: count,
  product: named,
  linkedProduct: named,
})
const participation = z.object({ id, status: count, bookingId: optionalId, memberId: optionalId })

/** With the dashboard flag: an object of lists. */
export const dashboardSchema = z.object({
  bookings: z.array(bookingSchema),
  participations: z.array(participation),
  products: z.array(z.object({ id, description: text })).catch([]),
})
/** Without it, or where the flag is not known any more: a list, each with its booking. */
export const participationsSchema = z.array(participation.extend({ booking: bookingSchema.nullish() }))
export type BookingAnswer = z.infer<typeof bookingSchema>

/** The answer of the request that books. */
export const bookedSchema = z.object({
  id,
  status: z.number().int(),
  amount: z.number().nullish().catch(null),
  paid: z.boolean().nullish().catch(null),
  message: text,
})

export const pageSchema = z.object({ data: z.unknown(), pageCount: numeric })
export const memberSchema = z.object({ id, email: text, firstName: text, lastName: text })
export const productSchema = z.object({ bookableSlotsMinutesAhead: numeric })
export const tagProductsSchema = z.object({ productIdsByTagId: z.record(z.string(), z.array(id)) })

const errorSchema = z.object({ message: z.union([z.string(), z.array(z.string())]) })

/** The portal's own words in an answer that refuses; nothing when it is not the API that speaks. */
export function wordsIn(body: string): string | undefined {
  const answer = errorSchema.safeParse(parseJson(body))
  return answer.success ? [answer.data.message].flat().join(' ').trim() : undefined
}

/** The portal's words as a detail of an error, if it has any. */
export function saying(words: string | null | undefined): { portalSays?: string } {
  return words ? { portalSays: words } : {}
}

/** A text as the schema says, or `page-changed` naming the first thing that was not found. */
export function parseAs<T>(schema: z.ZodType<T>, value: unknown, doing: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.join('.') || 'the answer'
  throw new PortalError('page-changed', `${doing}: an answer of another form`, { lookedFor: `${path}, ${doing}` })
}

/** The JSON in a text; nothing when it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function isInstant(value: string): boolean {
  try {
    Temporal.Instant.from(value)
    return true
  } catch {
    return false
  }
}
