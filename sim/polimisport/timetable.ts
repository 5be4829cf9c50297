import { fraction } from '../shared/random.ts'
import { GYM_GRID, WEEKLY_CLASSES, type WeeklyClass } from './weekly-classes.ts'

/** What the site offers. The ids are opaque, longer than a JavaScript number can hold. */
export const ACTIVITIES = [
  { id: '245765508040862101', key: 'classes', name: 'Giuriati - Corsi Platinum' },
  { id: '245765508040862208', key: 'gym', name: 'Giuriati - Fit Center' },
] as const

/** Something for `activity-order`: on the list, never anything to book. */
export const EXTRA_ACTIVITIES = [
  { id: '245765508040862317', key: 'pool', name: 'Giuriati - Fit Center Estate' },
  { id: '245765508040862425', key: 'climbing', name: 'Bovisa - Corsi Platinum' },
] as const

export type ActivityKey = (typeof ACTIVITIES)[number]['key']

/** One dated thing to book, as the site keeps it. */
export type Slot = {
  /** 18 digits; neighbours collide when read as a number. */
  id: string
  activity: ActivityKey
  /** `YYYY-MM-DD` and `HH:MM` in Rome. */
  date: string
  time: string
  minutes: number
  /** The gym has neither. */
  skill: string | null
  instructor: string | null
  capacity: number
  /** Spots taken by people the simulator does not know by name. */
  taken: number
}

export type Timetable = { seed: number; classes: readonly WeeklyClass[] }

export const DEFAULT_TIMETABLE: Timetable = { seed: 1, classes: WEEKLY_CLASSES }

/** All slots of one day in order of time: the same for the same seed, whenever it is asked for. */
export function slotsOfDay(date: Temporal.PlainDate, { seed, classes }: Timetable): Slot[] {
  const courses = classes
    .filter((course) => course.weekday === date.dayOfWeek)
    .map((course) => ({
      ...course,
      activity: 'classes' as const,
      capacity: 12 + 2 * Math.floor(course.skill.length / 3),
    }))
  const turns = (date.dayOfWeek > 5 ? GYM_GRID.weekend : GYM_GRID.weekdays).map((time) => ({
    activity: 'gym' as const,
    time,
    minutes: GYM_GRID.minutes,
    skill: null,
    instructor: null,
    capacity: 40,
  }))
  return [...courses, ...turns].map(({ activity, time, minutes, skill, instructor, capacity }, index) => {
    const id = slotId(date, index)
    return {
      id,
      activity,
      date: date.toString(),
      time,
      minutes,
      skill,
      instructor,
      capacity,
      taken: taken(seed, id, capacity),
    }
  })
}

/** The day that a slot id belongs to, if it is one of ours. */
export function dayOfSlotId(id: string): Temporal.PlainDate | undefined {
  const match = /^9\d{6}(\d{4})(\d\d)(\d\d)\d{3}$/.exec(id)
  if (!match) return undefined
  const [, year, month, day] = match.map(Number)
  try {
    return Temporal.PlainDate.from({ year: year ?? 0, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** An id for the nth slot of a day. */
export function slotId(date: Temporal.PlainDate, index: number): string {
  return `9000137${date.toString().replaceAll('-', '')}${String(index).padStart(3, '0')}`
}

/** One slot in eight is full; the others are taken up to four fifths. */
function taken(seed: number, id: string, capacity: number): number {
  if (fraction(seed, `full ${id}`) < 1 / 8) return capacity
  return Math.floor(fraction(seed, `taken ${id}`) * 0.8 * capacity)
}
