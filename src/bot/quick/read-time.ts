import type { Read } from './read-day.ts'
import { NOON, type PartOfDay } from './vocabulary.ts'
import type { WishedTime } from './wish.ts'

/** Hours as people write them: whether the afternoon may be meant, and whether any minute of the hour will do. */
type Clock = { hour: number; minute: number | undefined; maybeLater: boolean }

/** A time that cannot be anything else: "18:30", "18.30", "6pm", "6 pm", "18h", "h18", "noon". */
export function readClock(words: readonly string[], at: number): Read<WishedTime> | undefined {
  const [word = '', next = ''] = words.slice(at, at + 2)
  if (NOON.has(word)) return { value: timeOf({ hour: 12, minute: undefined, maybeLater: false }), taken: 1 }
  const whole = /^h?(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h)?$/.exec(word)
  if (!whole) return undefined
  const [, hour = '', minute, suffix] = whole
  const halfDay = suffix === 'am' || suffix === 'pm' ? suffix : next === 'am' || next === 'pm' ? next : undefined
  if (minute === undefined && suffix === undefined && halfDay === undefined && !word.startsWith('h')) return undefined
  const clock = clockOf(hour, minute, halfDay)
  const taken = halfDay !== undefined && halfDay !== suffix ? 2 : 1
  return clock && { value: timeOf(clock), taken }
}

/** A bare number as an hour; undefined when there is no such hour. */
export function hourOf(number: string): WishedTime | undefined {
  const clock = clockOf(number, undefined, undefined)
  return clock && timeOf(clock)
}

function clockOf(hour: string, minute: string | undefined, halfDay: 'am' | 'pm' | undefined): Clock | undefined {
  const written = Number(hour)
  const minutes = minute === undefined ? undefined : Number(minute)
  if (written > 23 || (minutes ?? 0) > 59) return undefined
  if (halfDay === undefined || written > 12 || written === 0) {
    // "07:30" and "10:00" are of a clock with 24 hours; "7:30" and "10" may be of one with twelve.
    const maybeLater = written >= 1 && written < 12 && (hour.length === 1 || (minutes === undefined && written >= 10))
    return { hour: written, minute: minutes, maybeLater }
  }
  return { hour: (written % 12) + (halfDay === 'pm' ? 12 : 0), minute: minutes, maybeLater: false }
}

function timeOf({ hour, minute, maybeLater }: Clock): WishedTime {
  const hours = maybeLater ? [hour, hour + 12] : [hour]
  return {
    exact: hours.map((each) => each * 60 + (minute ?? 0)),
    within: minute === undefined ? hours.map((each) => [each * 60, each * 60 + 59] as const) : [],
  }
}

/** A time as far as it lies in the part of the day; the part alone where there is no time, or none that lies in it. */
export function inPart(time: WishedTime | undefined, part: PartOfDay | undefined): WishedTime | undefined {
  if (!part) return time
  const isIn = (minute: number) => part[0] <= minute && minute <= part[1]
  if (!time) return { exact: [], within: [part] }
  const exact = time.exact.filter(isIn)
  return exact.length === 0 ? time : { exact, within: time.within.filter(([from]) => isIn(from)) }
}
