import { type Style, widthOf } from './lettering.ts'
import type { Shape } from './shapes.ts'

/** The picture's width and the measures that its parts share, in pixels. */
export const PAGE_WIDTH = 1080
export const MARGIN = 44
/** Where the entries of a day stand, right of its date; and in them the times and the names, so that all are in line. */
export const ENTRY_X = 204
export const ENTRY_WIDTH = PAGE_WIDTH - MARGIN - ENTRY_X
export const TIME_X = ENTRY_X + 44
export const NAME_X = ENTRY_X + 180

export const SMALL: Style = { size: 32, weight: 400 }

/** How much room a day is given: how many free places are named, and whether one's own entries take a single line. */
export type Density = { named: number; isCompact: boolean }

export function text(content: string, style: Style, x: number, y: number, colour: string): Shape {
  return { shape: 'text', ...style, text: content, x, y, width: widthOf(content, style), colour }
}
