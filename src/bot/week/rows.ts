import { cut, drawable, type Style, widthOf } from './lettering.ts'
import { ENTRY_WIDTH, ENTRY_X, NAME_X, SMALL, TIME_X, text } from './measures.ts'
import { nameOf } from './own-block.ts'
import type { Palette } from './palette.ts'
import type { WeekEntry, WeekKind, WeekLabels } from './picture.ts'
import type { Drawing, IconName, Shape } from './shapes.ts'

const HEIGHT = 46
const ICON = 28
const BASE = 34
const STRONG: Style = { size: 32, weight: 600 }
const RIGHT = ENTRY_X + ENTRY_WIDTH

/** A class with free places: one quiet line. */
export function freeRow(entry: WeekEntry, labels: WeekLabels, palette: Palette): Drawing {
  const { text: strong, faint, icon } = palette.kinds.free
  const spots = entry.spots === null ? '' : drawable(labels.spots(entry.spots))
  const spotsX = RIGHT - widthOf(spots, SMALL)
  const name = cut(nameOf(entry, labels), SMALL, spotsX - (spots === '' ? 0 : 24) - NAME_X)
  const shapes = [
    iconOf('free', icon),
    text(entry.start, STRONG, TIME_X, BASE, strong),
    text(name, SMALL, NAME_X, BASE, strong),
  ]
  return { shapes: spots === '' ? shapes : [...shapes, text(spots, SMALL, spotsX, BASE, faint)], height: HEIGHT }
}

/** "12 more with free places" */
export function moreRow(kind: WeekKind, words: string, palette: Palette): Drawing {
  const colour = kind === 'free' ? palette.kinds.free.icon : palette.text
  return row(kind, colour, words, STRONG, palette.faint)
}

/** What else there is to say of a day. */
export function noteRow(words: string, palette: Palette): Drawing {
  return row('note', palette.faint, words, SMALL, palette.faint)
}

function row(icon: IconName, iconColour: string, words: string, style: Style, colour: string): Drawing {
  const line = cut(drawable(words), style, RIGHT - TIME_X)
  return { shapes: [iconOf(icon, iconColour), text(line, style, TIME_X, BASE, colour)], height: HEIGHT }
}

function iconOf(icon: IconName, colour: string): Shape {
  return { shape: 'icon', icon, x: ENTRY_X + 6, y: (HEIGHT - ICON) / 2, size: ICON, colour }
}
