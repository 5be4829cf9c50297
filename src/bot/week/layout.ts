import { dayDrawing } from './day.ts'
import { legendDrawing } from './legend.ts'
import { cut, drawable, wrap } from './lettering.ts'
import { type Density, MARGIN, PAGE_WIDTH, SMALL, text } from './measures.ts'
import { PALETTES, type Palette } from './palette.ts'
import type { Theme, WeekKind, WeekPicture } from './picture.ts'
import { type Drawing, movedDown, type Shape } from './shapes.ts'

/** A phone shows what is higher than this in letters that are too small. */
const COMFORTABLE_HEIGHT = 1900
/** From the roomiest on: the first that makes a comfortable picture is taken, or else the last. */
const DENSITIES: readonly Density[] = [
  { named: 3, isCompact: false },
  { named: 2, isCompact: false },
  { named: 1, isCompact: false },
  { named: 1, isCompact: true },
]
const DENSEST: Density = { named: 0, isCompact: true }
const INNER_WIDTH = PAGE_WIDTH - 2 * MARGIN

/**
 * Places everything: a header, the days one below the other and a legend. The width is fixed, the height follows from
 * what there is to show.
 */
export function layOut(picture: WeekPicture, theme: Theme): Drawing & { width: number } {
  const palette = PALETTES[theme]
  const drawings = DENSITIES.values().map((density) => stack(partsOf(picture, palette, density)))
  const comfortable = drawings.find(({ height }) => height <= COMFORTABLE_HEIGHT)
  const { shapes, height } = comfortable ?? stack(partsOf(picture, palette, DENSEST))
  const page: Shape = { shape: 'box', x: 0, y: 0, width: PAGE_WIDTH, height, radius: 0, fill: palette.page }
  return { width: PAGE_WIDTH, height, shapes: [page, ...shapes] }
}

function partsOf({ days, labels }: WeekPicture, palette: Palette, density: Density): Drawing[] {
  const kinds = new Set<WeekKind>(days.flatMap((day) => day.entries.map(({ kind }) => kind)))
  const hasOwn = [...kinds].some((kind) => kind !== 'free')
  return [
    headerDrawing(labels.title, labels.range, palette),
    ...(hasOwn ? [] : [invitation(labels.emptyTitle, labels.emptyHint, palette)]),
    ...days.map((day) => dayDrawing(day, labels, palette, density)),
    ...(kinds.size === 0 ? [] : [legendDrawing(kinds, labels, palette)]),
  ]
}

/** The parts one below the other. */
function stack(parts: readonly Drawing[]): Drawing {
  let height = 0
  const shapes: Shape[] = []
  for (const part of parts) {
    shapes.push(...movedDown(part.shapes, height))
    height += part.height
  }
  return { shapes, height: Math.ceil(height) + MARGIN / 2 }
}

function headerDrawing(title: string, range: string, palette: Palette): Drawing {
  const big = { size: 64, weight: 700 } as const
  const plain = { size: 36, weight: 400 } as const
  return {
    shapes: [
      text(cut(drawable(title), big, INNER_WIDTH), big, MARGIN, 108, palette.text),
      text(cut(drawable(range), plain, INNER_WIDTH), plain, MARGIN, 164, palette.faint),
    ],
    height: 204,
  }
}

/** A friendly word where there is nothing of one's own. */
function invitation(title: string, hint: string, palette: Palette): Drawing {
  const big = { size: 42, weight: 700 } as const
  const width = INNER_WIDTH - 2 * 40
  const titles = wrap(drawable(title), big, width, 2)
  const hints = wrap(drawable(hint), SMALL, width, 3)
  const height = 56 + 52 * titles.length + 44 * hints.length + 24
  const border = { colour: palette.line, width: 3, dashes: [] }
  return {
    shapes: [
      { shape: 'box', x: MARGIN, y: 0, width: INNER_WIDTH, height, radius: 28, fill: palette.card, border },
      ...titles.map((line, n) => text(line, big, MARGIN + 40, 76 + 52 * n, palette.text)),
      ...hints.map((line, n) => text(line, SMALL, MARGIN + 40, 76 + 52 * titles.length + 44 * n, palette.faint)),
    ],
    height: height + 28,
  }
}
