import { escapeHtml } from '../html.ts'
import type { Box, IconName, Shape } from './shapes.ts'

/** Lines of a 24 × 24 square, two units wide. */
const ICONS: Record<IconName, string> = {
  booked: '<path d="M4.5 12.5l5 5L19.5 7"/>',
  waiting: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.6 2.2"/>',
  recurring: '<path d="M4 11a8 8 0 0 1 14.2-4.6L20 8.5M20 3.5v5h-5M20 13a8 8 0 0 1-14.2 4.6L4 15.5M4 20.5v-5h5"/>',
  free: '<circle cx="12" cy="12" r="6.5"/>',
  note: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
}
const ICON_UNITS = 24

/** The picture as SVG text. */
export function svgOf({ width, height, shapes }: { width: number; height: number; shapes: readonly Shape[] }): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">`,
    ...shapes.map(elementOf),
    '</svg>',
  ].join('\n')
}

function elementOf(shape: Shape, index: number): string {
  switch (shape.shape) {
    case 'box':
      return boxOf(shape, `hatch${index}`)
    case 'text':
      return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${shape.size}" font-weight="${shape.weight}" fill="${shape.colour}">${escapeHtml(shape.text)}</text>`
    case 'icon':
      return `<g transform="translate(${round(shape.x)} ${round(shape.y)}) scale(${round(shape.size / ICON_UNITS)})" fill="none" stroke="${shape.colour}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${ICONS[shape.icon]}</g>`
  }
}

function boxOf({ x, y, width, height, radius, fill, border, hatch }: Box, id: string): string {
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"`
  const plain = `<rect ${place} fill="${fill}"/>`
  const hatched = hatch === undefined ? '' : `${patternOf(id, hatch)}<rect ${place} fill="url(#${id})"/>`
  return plain + hatched + (border ? borderOf({ x, y, width, height, radius, border }) : '')
}

function patternOf(id: string, colour: string): string {
  const lines = `<rect width="12" height="24" fill="${colour}"/>`
  return `<pattern id="${id}" width="24" height="24" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${lines}</pattern>`
}

/** Drawn inside the box, so that it never reaches over its edge. */
function borderOf({
  x,
  y,
  width,
  height,
  radius,
  border,
}: Pick<Box, 'x' | 'y' | 'width' | 'height' | 'radius'> & { border: NonNullable<Box['border']> }): string {
  const half = border.width / 2
  const place = `x="${round(x + half)}" y="${round(y + half)}" width="${round(width - border.width)}" height="${round(height - border.width)}" rx="${radius - half}"`
  const dashes = border.dashes.length === 0 ? '' : ` stroke-dasharray="${border.dashes.join(' ')}"`
  return `<rect ${place} fill="none" stroke="${border.colour}" stroke-width="${border.width}"${dashes}/>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
