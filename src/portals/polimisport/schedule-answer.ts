import { z } from 'zod'
import type { TimetableSlot } from '../contract.ts'
import { instructorOf, nameOf, spotsOf } from './names.ts'
import { slotState } from './slots.ts'
import { minutesIn, timeAfter, timeIn } from './times.ts'

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value ?? null)

/** An item of `GetActivitySchedule` (dossier 4.2), its field names in lower case; what is not named here is ignored. */
const itemSchema = z.object({
  appointmentid: text,
  status: z.string(),
  startdatetime: text,
  enddatetime: text,
  datestart: text,
  timestart: text,
  timeduration: text,
  durationminutes: z.number().int().nullish(),
  eventname: text,
  eventdescription: text,
  eventdescription2: text,
  eventdescription3: text,
  skillname: text,
})

const scheduleSchema = z.object({ status: z.string(), data: z.array(itemSchema) })
const bookedSchema = z.object({ status: z.string(), message: text, error_message: text })

type Item = z.infer<typeof itemSchema>

/** The slots in a schedule answer; nothing when it is not the answer we know. */
export function slotsInAnswer(body: unknown, activity: string): TimetableSlot[] | undefined {
  const answer = scheduleSchema.safeParse(body)
  if (!answer.success || answer.data.status.toUpperCase() !== 'OK') return undefined
  const slots = answer.data.data.map((item) => slotOfItem(item, activity))
  return slots.every((slot) => slot !== undefined) ? slots : undefined
}

/** What the site says to a booking: done, or refused in its own words; nothing when it is not the answer we know. */
export function verdictInAnswer(body: unknown): { ok: true } | { ok: false; message: string } | undefined {
  const answer = bookedSchema.safeParse(body)
  if (!answer.success) return undefined
  const { status, message, error_message } = answer.data
  return status.toUpperCase() === 'OK' ? { ok: true } : { ok: false, message: message ?? error_message ?? '' }
}

/**
 * JSON with field names in lower case, whole numbers beyond 2^53 as text: the site's ids are that long, and would
 * otherwise come out as their neighbours (dossier 3.1). Nothing when the text is no JSON.
 */
export function parseAnswer(json: string): unknown {
  try {
    return lowerKeys(JSON.parse(json, keepLongNumbers))
  } catch {
    return undefined
  }
}

function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const long = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return long ? (context?.source ?? value) : value
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerKeys(inner)]))
}

function slotOfItem(item: Item, activity: string): TimetableSlot | undefined {
  const date = dateIn(item.startdatetime) ?? dateIn(item.datestart)
  const start = timeIn(item.startdatetime?.slice(10)) ?? timeIn(item.timestart)
  if (date === null || start === null || item.appointmentid === null) return undefined
  const { location, course } = nameOf(item.eventdescription ?? item.eventname ?? activity, item.skillname)
  return {
    date,
    start,
    end: endOf(item, start),
    location: location || activity,
    course,
    siteId: item.appointmentid,
    instructor: instructorOf(item.eventdescription2),
    spots: spotsOf(item.eventdescription3),
    state: slotState(item.status),
  }
}

function endOf(item: Item, start: string): string {
  const minutes = item.durationminutes ?? minutesIn(item.timeduration)
  return timeIn(item.enddatetime?.slice(10)) ?? timeAfter(start, minutes ?? 0)
}

function dateIn(value: string | null): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(value ?? '')?.[0] ?? null
}
