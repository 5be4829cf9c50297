import type { TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { type ShownDay, tourDays } from './calendar.ts'
import { dateInRome, polimisportActivities, polimisportFacts } from './facts.ts'
import { withCalendar } from './picker.ts'
import { readTimetableByRequests } from './schedule.ts'
import type { Visit } from './visit.ts'

/** All slots from today on: by the requests of the calendar, or from the calendar when they do not answer as known. */
export async function readTimetable(visit: Visit): Promise<TimetableSlot[]> {
  if (!visit.requests) return readTimetableOnPage(visit)
  try {
    return await readTimetableByRequests(visit)
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'page-changed') return readTimetableOnPage(visit)
    throw error
  }
}

async function readTimetableOnPage(visit: Visit): Promise<TimetableSlot[]> {
  const slots: TimetableSlot[] = []
  for (const name of polimisportActivities) {
    for (const day of await visit.http.retrying(() => readCalendar(visit, name))) {
      slots.push(...day.slots.map(({ index: _, ...slot }) => slot))
    }
  }
  return slots
}

/** The days of one activity as its calendar shows them, each once. */
async function readCalendar(visit: Visit, name: string): Promise<ShownDay[]> {
  const days = new Map<string, ShownDay>()
  const last = await withCalendar(visit, name, async (calendar) => {
    const lastDay = dateInRome(visit.http.siteNow()).add({ days: polimisportFacts.viewDays - 1 })
    await tourDays(visit, calendar, lastDay, (shown) => {
      for (const day of shown) days.set(day.date, day)
      return false
    })
    return lastDay.toString()
  })
  return [...days.values()].filter(({ date }) => date <= last)
}
