import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The weights of Inter that the picture is written in. */
export type Weight = 400 | 600 | 700

const FILES: Record<Weight, string> = {
  400: fileURLToPath(import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')),
  600: fileURLToPath(import.meta.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')),
  700: fileURLToPath(import.meta.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf')),
}

/** Where the fonts lie on this machine. */
export function fontFiles(): string[] {
  return Object.values(FILES)
}

/** The advance of a code point in em; undefined when the font has no glyph for it. */
type Advances = (codePoint: number) => number | undefined

const loaded = new Map<Weight, Advances>()

/** The advances of a weight; its file is read once. */
export function advancesOf(weight: Weight): Advances {
  const known = loaded.get(weight)
  if (known) return known
  const advances = readAdvances(readFileSync(FILES[weight]))
  loaded.set(weight, advances)
  return advances
}

/** Reads the tables of a TrueType font that tell which glyph a character has, and how wide that is. */
function readAdvances(font: Buffer): Advances {
  const unitsPerEm = font.readUInt16BE(tableAt(font, 'head') + 18)
  const metrics = font.readUInt16BE(tableAt(font, 'hhea') + 34)
  const hmtx = tableAt(font, 'hmtx')
  const advances = new Map<number, number>()
  for (const [codePoint, glyph] of glyphsOf(font, tableAt(font, 'cmap'))) {
    // The last metric counts for all glyphs after it.
    if (glyph !== 0) advances.set(codePoint, font.readUInt16BE(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm)
  }
  return (codePoint) => advances.get(codePoint)
}

function tableAt(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + 16 * index
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no table "${tag}"`)
}

/** The glyph of every code point, 0 for none, from the segments (format 4) that every TrueType font holds. */
function* glyphsOf(font: Buffer, cmap: number): Generator<[codePoint: number, glyph: number]> {
  const table = unicodeTable(font, cmap)
  // Four columns of as many numbers: ends, starts, differences to the glyph, and where a segment lists its glyphs.
  const column = font.readUInt16BE(table + 6)
  for (let at = table + 14; at < table + 14 + column; at += 2) {
    const end = font.readUInt16BE(at)
    const start = font.readUInt16BE(at + 2 + column)
    const delta = font.readUInt16BE(at + 2 + 2 * column)
    const list = at + 2 + 3 * column
    const offset = font.readUInt16BE(list)
    for (let codePoint = start; codePoint <= end && codePoint < 0xffff; codePoint++) {
      const listed = offset === 0 ? codePoint : font.readUInt16BE(list + offset + 2 * (codePoint - start))
      yield [codePoint, listed === 0 ? 0 : (listed + delta) & 0xffff]
    }
  }
}

function unicodeTable(font: Buffer, cmap: number): number {
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const record = cmap + 4 + 8 * index
    const table = cmap + font.readUInt32BE(record + 4)
    if (font.readUInt16BE(record) === 3 && font.readUInt16BE(table) === 4) return table
  }
  throw new Error('the font does not tell which glyph a character has')
}
