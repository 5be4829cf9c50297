import { drawable, type Style, widthOf } from './lettering.ts'
import { MARGIN, text } from './measures.ts'
import type { Palette } from './palette.ts'
import type { WeekDay, WeekLabels } from './picture.ts'
import type { Drawing, Shape } from './shapes.ts'

const WIDTH = 124
const WEEKDAY: Style = { size: 30, weight: 600 }
const TODAY: Style = { size: 28, weight: 600 }
const BIG: Style = { size: 56, weight: 700 }
const SLIM_WEEKDAY: Style = { size: 28, weight: 600 }
const SLIM_DATE: Style = { size: 38, weight: 600 }

/** The date of a day with something in it: one below the other, today on a ground of its own. */
export function dateSign(day: WeekDay, labels: WeekLabels, palette: Palette): Drawing {
  const colour = day.isToday ? palette.todayText : palette.text
  const shapes = [
    centred(drawable(labels.weekday(day.date)), WEEKDAY, 38, day.isToday ? colour : palette.faint),
    centred(drawable(labels.dayOfMonth(day.date)), BIG, 92, colour),
  ]
  if (!day.isToday) return { shapes, height: 96 }
  const height = 150
  const today = centred(drawable(labels.today), TODAY, 132, colour)
  return { shapes: [groundOf(WIDTH, height, palette), ...shapes, today], height }
}

/** The date of a day with nothing in it, or a single line: one beside the other, today followed by the word. */
export function slimDateSign(day: WeekDay, labels: WeekLabels, palette: Palette): Drawing {
  const height = 48
  const colour = day.isToday ? palette.todayText : palette.faint
  const weekday = drawable(labels.weekday(day.date))
  const date = drawable(labels.dayOfMonth(day.date))
  const dateX = MARGIN + 12 + widthOf(weekday, SLIM_WEEKDAY) + 10
  const shapes = [text(weekday, SLIM_WEEKDAY, MARGIN + 12, 36, colour), text(date, SLIM_DATE, dateX, 37, colour)]
  if (!day.isToday) return { shapes, height }
  const today = drawable(labels.today)
  const todayX = dateX + widthOf(date, SLIM_DATE) + 18
  const width = todayX + widthOf(today, TODAY) + 18 - MARGIN
  return { shapes: [groundOf(width, height, palette), ...shapes, text(today, TODAY, todayX, 36, colour)], height }
}

function groundOf(width: number, height: number, { todayFill }: Palette): Shape {
  return { shape: 'box', x: MARGIN, y: 0, width, height, radius: Math.min(24, height / 3), fill: todayFill }
}

function centred(content: string, style: Style, y: number, colour: string): Shape {
  return text(content, style, MARGIN + (WIDTH - widthOf(content, style)) / 2, y, colour)
}
