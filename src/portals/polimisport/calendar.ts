import type { Page } from 'playwright'
import type { TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import type { CalendarAnswers } from './calendar-answers.ts'
import { type Block, type RawSlot, settledBlocks } from './calendar-blocks.ts'
import { dateOfBlock } from './dates.ts'
import { dateInRome } from './facts.ts'
import { instructorOf, nameOf, spotsOf } from './names.ts'
import { calendarPage } from './pages.ts'
import type { Calendar } from './picker.ts'
import { slotState } from './slots.ts'
import { minutesIn, timeAfter, timeIn } from './times.ts'
import type { Visit } from './visit.ts'

/** A slot on the calendar; `index` is its place among all slots of the page, good until the page changes. */
export type ShownSlot = TimetableSlot & { index: number }
export type ShownDay = { date: string; slots: ShownSlot[] }

/** More days than any calendar shows ahead: a guard against an arrow that leads nowhere. */
const MOST_CLICKS = 40

/** The days of the open calendar, moved on until `last` was shown; `see` gets each page of days and may end the tour. */
export async function tourDays(
  visit: Visit,
  { page, answers }: Calendar,
  last: Temporal.PlainDate,
  see: (days: ShownDay[]) => boolean,
): Promise<void> {
  const today = dateInRome(visit.http.siteNow())
  let blocks = await trusted(answers, settledBlocks(page, [], visit.limits.markerMs))
  for (let clicks = 0; clicks < MOST_CLICKS; clicks++) {
    const days = blocks.map((block) => dayOf(block, today))
    if (see(days)) return
    const latest =
      days
        .map(({ date }) => date)
        .toSorted()
        .at(-1) ?? ''
    if (latest >= last.toString()) return
    blocks = await trusted(answers, moveOn(visit, page, blocks))
  }
  throw new PortalError('page-changed', `the calendar never came to ${last}`, { lookedFor: calendarPage.next })
}

/** What the calendar shows, unless one of its requests failed or has no answer yet: then that. */
async function trusted(answers: CalendarAnswers, shown: Promise<Block[]>): Promise<Block[]> {
  const blocks = await shown.catch((error: unknown) => ({ error }))
  await answers.check()
  if (!('error' in blocks)) return blocks
  if (answers.underWay) throw new PortalError('timeout', 'the calendar did not get its days in time')
  throw blocks.error
}

/** One click shows later days, usually by one; a click that does nothing is repeated once (dossier 3.2, 7). */
async function moveOn(visit: Visit, page: Page, before: readonly Block[]): Promise<Block[]> {
  const arrow = page.locator(calendarPage.next).first()
  const { clickMs, markerMs } = visit.limits
  for (const waitMs of [clickMs, markerMs]) {
    await arrow.click({ timeout: clickMs }).catch(async () => {
      // It is there, and a busy machine did not come to press it: as a click that does nothing.
      if ((await arrow.count()) > 0) return
      throw new PortalError('page-changed', 'the calendar has no arrow', { lookedFor: calendarPage.next })
    })
    const moved = await settledBlocks(page, before, waitMs).catch(() => undefined)
    if (moved) return moved
  }
  throw new PortalError('page-changed', 'the arrow of the calendar shows no other day', {
    lookedFor: calendarPage.next,
  })
}

function dayOf(block: Block, today: Temporal.PlainDate): ShownDay {
  const date = dateOfBlock(block, today)?.toString()
  if (date !== undefined) return { date, slots: block.slots.map((slot) => slotOf(slot, date)) }
  throw new PortalError('page-changed', `a day of the calendar has no certain date: ${JSON.stringify(block.label)}`, {
    lookedFor: `${calendarPage.label} that agrees with ${calendarPage.offset}`,
  })
}

function slotOf(raw: RawSlot, date: string): ShownSlot {
  const start = timeIn(raw.start) ?? timeIn(raw.text)
  const { location, course } = nameOf(withoutSkill(raw), raw.skill)
  if (start === null || location === '') {
    throw new PortalError('page-changed', 'a slot of the calendar cannot be read', {
      lookedFor: `${calendarPage.start} and ${calendarPage.description} in a slot`,
    })
  }
  const minutes = minutesIn(raw.duration) ?? minutesIn(raw.text) ?? 0
  return {
    ...{ date, start, end: timeAfter(start, minutes), location, course, siteId: null, index: raw.index },
    instructor: instructorOf(raw.instructor),
    spots: spotsOf(raw.spots),
    state: slotState(raw.className),
  }
}

function withoutSkill({ description, skill }: RawSlot): string | null {
  if (description === null || skill === null || !description.trimEnd().endsWith(skill.trimEnd())) return description
  return description.trimEnd().slice(0, -skill.trimEnd().length)
}
