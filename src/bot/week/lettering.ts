import { advancesOf, type Weight } from './font.ts'

/** How a text is set: `size` in pixels. */
export type Style = { size: number; weight: Weight }

const ELLIPSIS = '…'

/**
 * The text as it can be drawn: on one line, without what the font has no glyph for (emoji, other scripts), without
 * marks piled up and without characters that steer others.
 */
export function drawable(text: string): string {
  const has = advancesOf(400)
  return (
    Array.from(text.normalize('NFC').replace(/\s+/g, ' '))
      .filter((character) => has(codePointOf(character)) !== undefined && !/[\p{C}\p{M}]/u.test(character))
      .join('')
      .replace(/ +/g, ' ')
      // Side by side Inter draws these as arrows, wider than they are.
      .replace(/[<>–-]{2,}/g, '–')
      .trim()
  )
}

/**
 * The width in pixels. Kerning is left out of account: it draws most pairs closer together, and a few, such as "(j", a
 * little farther apart, for which the gaps of the picture are wide enough.
 */
export function widthOf(text: string, { size, weight }: Style): number {
  const advances = advancesOf(weight)
  return Array.from(text).reduce((width, part) => width + (advances(codePointOf(part)) ?? 0), 0) * size
}

/** The text if it fits into `width` pixels, else as much as fits with "…"; nothing when not even a letter does. */
export function cut(text: string, style: Style, width: number): string {
  if (widthOf(text, style) <= width) return text
  let room = width - widthOf(ELLIPSIS, style)
  let fitting = ''
  for (const character of text) {
    room -= widthOf(character, style)
    if (room < 0) break
    fitting += character
  }
  const kept = fitting.replace(/[\s·,;:–-]+$/, '')
  return kept === '' ? '' : kept + ELLIPSIS
}

/** The text in lines of at most `width` pixels, broken at spaces; at most `count`, the last one cut. */
export function wrap(text: string, style: Style, width: number, count: number): string[] {
  const lines: string[] = []
  let rest = text.split(' ')
  while (rest.length > 0 && lines.length < count) {
    let fitting = rest.length
    while (fitting > 1 && widthOf(rest.slice(0, fitting).join(' '), style) > width) fitting -= 1
    if (lines.length === count - 1) fitting = rest.length
    lines.push(cut(rest.slice(0, fitting).join(' '), style, width))
    rest = rest.slice(fitting)
  }
  return lines
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
