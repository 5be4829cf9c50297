import { cut, drawable, type Style, widthOf } from './lettering.ts'
import { ENTRY_WIDTH, ENTRY_X, NAME_X, TIME_X, text } from './measures.ts'
import type { KindColours, Palette } from './palette.ts'
import type { WeekEntry, WeekKind, WeekLabels } from './picture.ts'
import type { Box, Drawing, Shape } from './shapes.ts'

const BORDER = 4
const SIDE = 26

const TIME: Style = { size: 40, weight: 700 }
const NAME: Style = { size: 40, weight: 600 }
const FAINT: Style = { size: 30, weight: 400 }
const SHORT_TIME: Style = { size: 34, weight: 700 }
const SHORT_NAME: Style = { size: 34, weight: 600 }
/** On a single line the place has at least this room, if it needs it. */
const LEAST_PLACE = 210

/** One's own entry: a block with its times, name and place. Its shape and icon tell the kind even without colours. */
export function ownBlock(entry: WeekEntry, labels: WeekLabels, palette: Palette): Drawing {
  const height = 108
  const colours = palette.kinds[entry.kind]
  const icon = iconOf(entry.kind, colours, 44, height)
  const room = icon.x - SIDE - NAME_X
  const place = cut(drawable(entry.place), FAINT, room)
  const shapes = [
    groundOf(entry.kind, colours, height),
    // What stands alone stands in the middle.
    text(entry.start, TIME, TIME_X, entry.end === null ? 68 : 50, colours.text),
    text(cut(nameOf(entry, labels), NAME, room), NAME, NAME_X, place === '' ? 68 : 50, colours.text),
    icon,
  ]
  if (entry.end !== null) shapes.push(text(entry.end, FAINT, TIME_X, 89, colours.faint))
  if (place !== '') shapes.push(text(place, FAINT, NAME_X, 89, colours.faint))
  return { shapes, height }
}

/** The same on a single line, for a crowded week. */
export function ownLine(entry: WeekEntry, labels: WeekLabels, palette: Palette): Drawing {
  const height = 64
  const colours = palette.kinds[entry.kind]
  const icon = iconOf(entry.kind, colours, 36, height)
  const room = icon.x - SIDE - NAME_X
  const name = nameOf(entry, labels)
  // Both in full where they fit; otherwise the place keeps at least a part of the line.
  const left = room - SIDE - widthOf(name, SHORT_NAME)
  const place = cut(drawable(entry.place), FAINT, Math.max(left, LEAST_PLACE))
  const nameRoom = place === '' ? room : room - SIDE - widthOf(place, FAINT)
  const shapes = [
    groundOf(entry.kind, colours, height),
    text(entry.start, SHORT_TIME, TIME_X, 44, colours.text),
    text(cut(name, SHORT_NAME, nameRoom), SHORT_NAME, NAME_X, 44, colours.text),
    icon,
  ]
  const placeX = icon.x - SIDE - widthOf(place, FAINT)
  return { shapes: place === '' ? shapes : [...shapes, text(place, FAINT, placeX, 43, colours.faint)], height }
}

function iconOf(
  kind: WeekKind,
  { icon }: KindColours,
  size: number,
  height: number,
): Extract<Shape, { shape: 'icon' }> {
  const x = ENTRY_X + ENTRY_WIDTH - SIDE - size
  return { shape: 'icon', icon: kind, x, y: (height - size) / 2, size, colour: icon }
}

function groundOf(kind: WeekKind, { fill, hatch, border }: KindColours, height: number): Shape {
  const box: Box = { shape: 'box', x: ENTRY_X, y: 0, width: ENTRY_WIDTH, height, radius: 20, fill }
  const edge = { colour: border, width: BORDER, dashes: kind === 'recurring' ? [16, 11] : [] }
  return { ...box, ...(kind === 'waiting' ? { hatch } : {}), ...(kind === 'booked' ? {} : { border: edge }) }
}

/** The name as it can be drawn; one in other letters gets a general one. */
export function nameOf({ name }: WeekEntry, labels: WeekLabels): string {
  return drawable(name) || drawable(labels.unnamed)
}
