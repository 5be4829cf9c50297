import { nameKey } from '../portals/match.ts'
import type { Reader } from './database.ts'

/** A class as the timetable repeats it. */
export type Course = { id: number; location: string; course: string | null; start: string; end: string }

/** The classes of a weekday (1 = Monday) that the timetable has shown, in order of start and name. */
export async function listCoursesOn(reader: Reader, portal: string, weekday: number): Promise<Course[]> {
  const rows = await reader
    .selectFrom('courses')
    .select(['id', 'location', 'course_name', 'time_slot', 'end_time'])
    .where('portal', '=', portal)
    .where('weekday', '=', weekday)
    .orderBy('time_slot')
    .orderBy('name_key')
    .execute()
  return rows.map(({ id, location, course_name, time_slot, end_time }) => ({
    id,
    location,
    course: course_name,
    start: time_slot,
    end: end_time,
  }))
}

/** The places that the timetable has shown, in order. */
export async function listLocations(reader: Reader, portal: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('courses')
    .select('location')
    .distinct()
    .where('portal', '=', portal)
    .orderBy('location')
    .execute()
  return rows.map(({ location }) => location)
}

/** Of the classes of that time, the one that a person means by `name`; undefined when none or several fit. */
export function courseNamed(courses: readonly Course[], name: string): Course | undefined {
  const wanted = nameKey({ location: '', course: name })
  const exact = courses.filter((course) => nameKey(course) === wanted)
  const close = exact.length > 0 ? exact : courses.filter((course) => nameKey(course).includes(wanted))
  return close.length === 1 ? close[0] : undefined
}
