import { badRequest } from '../errors.ts'
import type { Entity, FormattedText } from '../model.ts'
import { linkEntity } from './links.ts'

const TYPES: Record<string, string> = { _: 'italic', '*': 'bold', '`': 'code', '```': 'pre', '[': 'text_link' }

/** Parses the legacy Markdown: no nesting, and a backslash escapes the four characters that begin an entity. */
export function parseMarkdown(source: string): FormattedText {
  let text = ''
  const entities: Entity[] = []
  let position = 0
  while (position < source.length) {
    const escaped = /^\\([_*`[])/.exec(source.slice(position, position + 2))?.[1]
    const marker = /^(?:```|[_*`[])/.exec(source.slice(position, position + 3))?.[0]
    if (escaped !== undefined || marker === undefined) {
      text += escaped ?? source[position]
      position += escaped === undefined ? 1 : 2
      continue
    }
    const found = readEntity(source, position, marker)
    const range = { offset: text.length, length: found.text.length }
    if (found.text !== '') entities.push(...makeEntity(marker, found, range))
    text += found.text
    position = found.end
  }
  return { text, entities }
}

interface Found {
  text: string
  argument: string
  end: number
}

function readEntity(source: string, start: number, marker: string): Found {
  const begin = start + marker.length
  const closing = marker === '[' ? ']' : marker
  const close = source.indexOf(closing, begin)
  if (close === -1) {
    const offset = Buffer.byteLength(source.slice(0, start))
    throw badRequest(`can't parse entities: Can't find end of the entity starting at byte offset ${offset}`)
  }
  const text = source.slice(begin, close)
  const end = close + closing.length
  if (marker === '```') {
    const [head, language = ''] = /^([^\s`]+)?\r?\n/.exec(text) ?? ['']
    return { text: text.slice(head.length), argument: language, end }
  }
  const target = marker === '[' ? /^\(([^)]*)\)/.exec(source.slice(end)) : null
  return { text, argument: target?.[1] ?? '', end: end + (target?.[0].length ?? 0) }
}

function makeEntity(marker: string, { text, argument }: Found, range: { offset: number; length: number }): Entity[] {
  if (marker === '[') return linkEntity(argument || text, range)
  return [{ type: TYPES[marker] ?? '', ...range, ...(argument ? { language: argument } : {}) }]
}
