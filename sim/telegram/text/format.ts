import { badRequest } from '../errors.ts'
import type { Entity, FormattedText } from '../model.ts'
import { detectEntities } from './detect.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'
import { parseMarkdownV2 } from './markdown-v2.ts'

/** Entities that a caller may not set: Telegram finds these itself. */
const DETECTED = new Set(['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'])
/** Nothing is detected inside these. */
const OPAQUE = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji'])
const MERGEABLE = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler'])

/** What a request says about a text: the text, how to parse it, or ready-made entities. */
export interface TextSource {
  text: string
  parseMode: string
  entities: unknown
}

/** Parses and cleans a text as the server does before it stores it. */
export function formatText(source: TextSource): FormattedText {
  if (Buffer.byteLength(source.text) > 32768) throw badRequest('text is too long')
  return cleanText(parse(source))
}

function parse({ text, parseMode, entities }: TextSource): FormattedText {
  switch (parseMode.toLowerCase()) {
    case '':
    case 'none':
      return { text, entities: readEntities(entities, text) }
    case 'html':
      return parseHtml(text)
    case 'markdownv2':
      return parseMarkdownV2(text)
    case 'markdown':
      return parseMarkdown(text)
    default:
      throw badRequest('unsupported parse_mode')
  }
}

function readEntities(value: unknown, text: string): Entity[] {
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => readEntity(item, text)).filter((entity) => !DETECTED.has(entity.type))
}

function readEntity(item: unknown, text: string): Entity {
  if (!isEntity(item)) throw badRequest('can\'t parse MessageEntity: Can\'t find field "type"')
  if (item.offset > text.length) {
    throw badRequest(`entity begins after the end of the text at UTF-16 offset ${item.offset}`)
  }
  if (item.offset + item.length > text.length) {
    throw badRequest(`entity ends after the end of the text at UTF-16 offset ${item.offset + item.length}`)
  }
  return item
}

function isEntity(item: unknown): item is Entity {
  if (typeof item !== 'object' || item === null || !('type' in item)) return false
  return typeof item.type === 'string' && 'offset' in item && 'length' in item && Number.isInteger(item.offset)
}

/** Removes carriage returns, turns control characters into spaces, trims, and finds the automatic entities. */
export function cleanText({ text, entities }: FormattedText): FormattedText {
  const kept: Entity[] = entities.map((entity) => {
    const offset = clean(text.slice(0, entity.offset)).length
    return { ...entity, offset, length: clean(text.slice(0, entity.offset + entity.length)).length - offset }
  })
  const cleaned = clean(text)
  const start = cleaned.length - cleaned.replace(/^[ \n]+/, '').length
  const trimmed = cleaned.slice(start).trimEnd()
  const shifted = kept.map((entity) => clip(entity, start, trimmed.length)).filter((entity) => entity.length > 0)
  const detected = detectEntities(
    trimmed,
    shifted.filter((entity) => OPAQUE.has(entity.type)),
  )
  return { text: trimmed, entities: merge([...shifted, ...detected].toSorted(byPlace)) }
}

function clean(text: string): string {
  return text.replaceAll('\r', '').replace(/[^\P{Cc}\n]/gu, ' ')
}

function clip(entity: Entity, start: number, length: number): Entity {
  const from = Math.max(entity.offset - start, 0)
  const to = Math.min(entity.offset + entity.length - start, length)
  return { ...entity, offset: from, length: to - from }
}

function byPlace(a: Entity, b: Entity): number {
  return a.offset - b.offset || b.length - a.length || a.type.localeCompare(b.type)
}

/** Joins neighbouring stretches of the same style. */
function merge(entities: Entity[]): Entity[] {
  const merged: Entity[] = []
  for (const entity of entities) {
    const previous = merged.findLast((other) => other.type === entity.type)
    const touches = previous && previous.offset + previous.length >= entity.offset
    if (previous && touches && MERGEABLE.has(entity.type)) {
      previous.length = Math.max(previous.length, entity.offset + entity.length - previous.offset)
    } else merged.push({ ...entity })
  }
  return merged
}
