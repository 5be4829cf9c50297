import { cut, drawable, type Style } from './lettering.ts'
import { MARGIN, PAGE_WIDTH, text } from './measures.ts'
import type { Palette } from './palette.ts'
import type { WeekKind, WeekLabels } from './picture.ts'
import type { Drawing, Shape } from './shapes.ts'

const ORDER: readonly WeekKind[] = ['booked', 'waiting', 'recurring', 'free']
const STYLE: Style = { size: 30, weight: 400 }
const SIGN = 44
const GAP = 14
const TOP = 28
const LINE = 60
const COLUMN = (PAGE_WIDTH - 2 * MARGIN) / 2

/** What the signs mean, of those that are there, in two columns. */
export function legendDrawing(kinds: ReadonlySet<WeekKind>, labels: WeekLabels, palette: Palette): Drawing {
  const width = PAGE_WIDTH - 2 * MARGIN
  const line: Shape = { shape: 'box', x: MARGIN, y: 0, width, height: 2, radius: 0, fill: palette.line }
  const present = ORDER.filter((kind) => kinds.has(kind))
  const items = present.flatMap((kind, index) => {
    const x = MARGIN + COLUMN * (index % 2)
    const y = TOP + LINE * Math.floor(index / 2)
    const label = cut(drawable(labels.kinds[kind]), STYLE, COLUMN - SIGN - 2 * GAP)
    return [...signOf(kind, x, y, palette), text(label, STYLE, x + SIGN + GAP, y + 32, palette.faint)]
  })
  return { shapes: [line, ...items], height: TOP + LINE * Math.ceil(present.length / 2) }
}

/** A block in small. */
function signOf(kind: WeekKind, x: number, y: number, palette: Palette): Shape[] {
  const { fill, hatch, border, icon } = palette.kinds[kind]
  const sign: Shape = { shape: 'icon', icon: kind, x: x + 9, y: y + 9, size: 26, colour: icon }
  if (kind === 'free') return [sign]
  const edge = { colour: border, width: 3, dashes: kind === 'recurring' ? [7, 5] : [] }
  const box = { shape: 'box', x, y, width: SIGN, height: SIGN, radius: 12, fill } as const
  return [{ ...box, ...(kind === 'waiting' ? { hatch } : {}), ...(kind === 'booked' ? {} : { border: edge }) }, sign]
}
