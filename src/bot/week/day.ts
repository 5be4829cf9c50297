import { dateSign, slimDateSign } from './date-sign.ts'
import { type Density, MARGIN, PAGE_WIDTH } from './measures.ts'
import { ownBlock, ownLine } from './own-block.ts'
import type { Palette } from './palette.ts'
import type { WeekDay, WeekEntry, WeekLabels } from './picture.ts'
import { freeRow, moreRow, noteRow } from './rows.ts'
import { type Drawing, movedDown, type Shape } from './shapes.ts'

/** One's own entries of a day that are shown at most. */
const MOST_OWN = 8
/** What is no higher than this stands beside a date on one line. */
const SLIM = 48

/** A day: a hairline, its date on the left and what is in it on the right. */
export function dayDrawing(day: WeekDay, labels: WeekLabels, palette: Palette, density: Density): Drawing {
  const gap = density.isCompact ? 8 : 12
  const rows = rowsOf(day, labels, palette, density)
  const content = rows.reduce((sum, row) => sum + row.height, 0) + gap * Math.max(0, rows.length - 1)
  // Today's date on one line would reach into what stands beside it.
  const isSlim = rows.length === 0 || (content <= SLIM && !day.isToday)
  const sign = isSlim ? slimDateSign(day, labels, palette) : dateSign(day, labels, palette)
  const padding = isSlim ? 14 : density.isCompact ? 16 : 22
  const shapes = [hairline(palette), ...movedDown(sign.shapes, padding)]
  let y = padding
  for (const row of rows) {
    shapes.push(...movedDown(row.shapes, y))
    y += row.height + gap
  }
  return { shapes, height: Math.max(content, sign.height) + 2 * padding }
}

function rowsOf(day: WeekDay, labels: WeekLabels, palette: Palette, { named, isCompact }: Density): Drawing[] {
  const entries = day.entries.toSorted(byTime)
  const own = entries.filter(({ kind }) => kind !== 'free')
  const free = entries.filter(({ kind }) => kind === 'free')
  // To leave a single one out would save nothing.
  const shown = named > 0 && free.length === named + 1 ? named + 1 : named
  const unseen = own.length - MOST_OWN
  const left = free.length - shown
  const drawOwn = isCompact ? ownLine : ownBlock
  return [
    ...own.slice(0, MOST_OWN).map((entry) => drawOwn(entry, labels, palette)),
    ...(unseen > 0 ? [moreRow('booked', labels.moreOwn(unseen), palette)] : []),
    ...free.slice(0, shown).map((entry) => freeRow(entry, labels, palette)),
    ...(left > 0 ? [moreRow('free', shown > 0 ? labels.moreFree(left) : labels.onlyFree(left), palette)] : []),
    ...(day.note === null ? [] : [noteRow(day.note, palette)]),
  ]
}

function byTime(one: WeekEntry, other: WeekEntry): number {
  return one.start < other.start ? -1 : one.start > other.start ? 1 : 0
}

function hairline({ line }: Palette): Shape {
  return { shape: 'box', x: MARGIN, y: 0, width: PAGE_WIDTH - 2 * MARGIN, height: 2, radius: 0, fill: line }
}
