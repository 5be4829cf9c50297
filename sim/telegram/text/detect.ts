import type { Entity } from '../model.ts'

interface Detector {
  type: string
  pattern: RegExp
}

// Letters and digits of any script may stand around an entity only where the pattern says so.
const DETECTORS: Detector[] = [
  { type: 'url', pattern: /(?<![\w@./:-])https?:\/\/[^\s<>"'`]*[^\s<>"'`.,:;!?)\]}]/gi },
  {
    type: 'email',
    pattern: /(?<![\p{L}\p{N}._%+-])[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\p{L}\p{N}])/giu,
  },
  {
    type: 'url',
    pattern:
      /(?<![\p{L}\p{N}@./:_-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|it|eu|de|me|dev|app|info)(?![\p{L}\p{N}@-])(?:\/[^\s<>"'`]*[^\s<>"'`.,:;!?)\]}])?/giu,
  },
  {
    type: 'bot_command',
    pattern: /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\p{N}_/<>])/giu,
  },
  { type: 'mention', pattern: /(?<![\p{L}\p{N}_@/])@[a-z0-9_]{3,32}(?![\p{L}\p{N}_@])/giu },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_#@/])#(?=[\p{L}\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}(?![\p{L}\p{N}_#])/gu },
  { type: 'cashtag', pattern: /(?<![\p{L}\p{N}_$])\$[A-Z]{3,8}(?![\p{L}\p{N}_$])/gu },
]

/** Entities Telegram finds by itself, outside of the stretches that are taken (code, links). */
export function detectEntities(text: string, taken: Entity[]): Entity[] {
  const found: Entity[] = []
  for (const { type, pattern } of DETECTORS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (![...taken, ...found].some((other) => overlap(entity, other))) found.push(entity)
    }
  }
  return found
}

function overlap(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
