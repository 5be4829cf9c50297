import { type Layout, restyle } from '../layout.ts'
import type { Texts } from '../texts.ts'
import { ACTIVITIES, type Slot } from '../timetable.ts'

/** `Mercoledì, 14 Ottobre`, or as the layout has it. */
export function dayLabel(date: Temporal.PlainDate, { weekdays, months }: Texts, { variants }: Layout): string {
  const weekday = weekdays[date.dayOfWeek - 1] ?? ''
  const month = months[date.month - 1] ?? ''
  const rest = variants.includes('numeric-date')
    ? `${date.day}/${date.month}/${date.year}`
    : `${date.day} ${variants.includes('month-short') ? month.slice(0, 3) : month}`
  return restyle(`${weekday}${variants.includes('no-comma') ? '' : ','} ${rest}`, variants)
}

/** `14/10/2026` */
export function shortDate(date: string): string {
  return date.split('-').reverse().join('/')
}

export function activityName({ activity }: Pick<Slot, 'activity'>): string {
  return ACTIVITIES.find(({ key }) => key === activity)?.name ?? ''
}

/** The local time at which a slot ends, `YYYY-MM-DDTHH:MM:SS`. */
export function endOf({ date, time, minutes }: Slot): string {
  return Temporal.PlainDateTime.from(`${date}T${time}`).add({ minutes }).toString({ smallestUnit: 'second' })
}
