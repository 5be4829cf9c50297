import type { TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { type Activity, findKnownActivities, readActivities } from './activities.ts'
import { dateInRome, polimisportFacts } from './facts.ts'
import { paths } from './pages.ts'
import { parseAnswer, slotsInAnswer } from './schedule-answer.ts'
import type { Visit } from './visit.ts'

/** One day of one activity, by the request of the site's own calendar (dossier 4.2). */
export function readDay(visit: Visit, activity: Activity, date: string): Promise<TimetableSlot[]> {
  const doing = `reading the schedule of ${date}`
  return visit.http.retrying(async () => {
    const form = {
      currentDate: date,
      activityID: activity.id ?? '',
      skillID: '0',
      activityFlags: activity.flags,
      getForCatchUp: 'false',
    }
    const answer = await visit.http.ajax(paths.schedule, form, doing)
    const body = answer.status === 200 ? parseAnswer(answer.text) : null
    if (body === undefined) throw new PortalError('session-expired', `${doing}: the answer is no JSON`)
    const slots = slotsInAnswer(body, activity.name)
    if (slots?.every((slot) => slot.date === date)) return slots
    throw new PortalError('page-changed', `${doing}: an answer of another form`, {
      lookedFor: `slots of ${date} in the answer of GetActivitySchedule`,
    })
  })
}

/** The whole timetable by requests, at a polite pace. */
export async function readTimetableByRequests(visit: Visit): Promise<TimetableSlot[]> {
  const activities = findKnownActivities(await readActivities(visit))
  const today = dateInRome(visit.http.siteNow())
  const slots: TimetableSlot[] = []
  for (const activity of activities) {
    for (let offset = 0; offset < polimisportFacts.viewDays; offset++) {
      await visit.wait(visit.limits.gapMs)
      slots.push(...(await readDay(visit, activity, today.add({ days: offset }).toString())))
    }
  }
  return slots
}
