import { badRequest } from '../errors.ts'
import type { Entity, FormattedText } from '../model.ts'
import { linkEntity } from './links.ts'

type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'PreCode'
  | 'TextUrl'
  | 'CustomEmoji'
  | 'BlockQuote'

interface Open {
  kind: Kind
  language: string
  offset: number
  byteOffset: number
}

const RESERVED = '_*[]()~`>#+-=|{}.!'
const ENTITY: Partial<Record<Kind, string>> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
  Pre: 'pre',
  PreCode: 'pre',
}

/** What closes each kind of entity. */
const CLOSING: Record<Kind, string> = {
  Bold: '*',
  Italic: '_',
  Underline: '__',
  Strikethrough: '~',
  Spoiler: '||',
  Code: '`',
  Pre: '```',
  PreCode: '```',
  TextUrl: ']',
  CustomEmoji: ']',
  BlockQuote: '\n',
}

/** Parses MarkdownV2 the way the server does, with its error texts. */
export function parseMarkdownV2(source: string): FormattedText {
  return new MarkdownParser(source).parse()
}

class MarkdownParser {
  readonly #source: string
  #position = 0
  #text = ''
  readonly #entities: Entity[] = []
  readonly #open: Open[] = []

  constructor(source: string) {
    this.#source = source
  }

  parse(): FormattedText {
    while (this.#position < this.#source.length) this.#step()
    if (this.#open.at(-1)?.kind === 'BlockQuote') this.#closeQuote('blockquote')
    const unclosed = this.#open.at(-1)
    if (unclosed) throw parseError(`Can't find end of ${unclosed.kind} entity at byte offset ${unclosed.byteOffset}`)
    return { text: this.#text, entities: this.#entities }
  }

  #step(): void {
    const character = this.#source[this.#position] ?? ''
    const inner = this.#open.at(-1)?.kind
    const inCode = inner === 'Code' || inner === 'Pre' || inner === 'PreCode'
    if (character === '\\' && /[\t\n -~]/.test(this.#source[this.#position + 1] ?? '')) {
      this.#position += 1
      this.#take()
    } else if (character === '\n' && !inCode && this.#open[0]?.kind === 'BlockQuote') this.#quoteLineEnd()
    else if (inCode ? character !== '`' : !RESERVED.includes(character)) this.#take()
    else if (inner && this.#closes(inner)) this.#end()
    else if (inCode) this.#take()
    else this.#begin(character)
  }

  #take(): void {
    this.#text += this.#source[this.#position] ?? ''
    this.#position += 1
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#position)
  }

  #closes(kind: Kind): boolean {
    if (kind === 'Italic') return this.#sees('_') && !this.#sees('__')
    if (kind === 'BlockQuote') return /^\|\|(\n|$)/.test(this.#source.slice(this.#position, this.#position + 3))
    return this.#sees(CLOSING[kind])
  }

  #begin(character: string): void {
    const byteOffset = this.#bytes(this.#position)
    const push = (kind: Kind, marker: string, language = '') => {
      this.#open.push({ kind, language, offset: this.#text.length, byteOffset })
      this.#position += marker.length
    }
    if (this.#sees('__')) push('Underline', '__')
    else if (character === '_') push('Italic', '_')
    else if (character === '*') push('Bold', '*')
    else if (character === '~') push('Strikethrough', '~')
    else if (this.#sees('||')) push('Spoiler', '||')
    else if (character === '[') push('TextUrl', '[')
    else if (this.#sees('![')) push('CustomEmoji', '![')
    else if (this.#sees('```')) this.#beginPre(push)
    else if (character === '`') push('Code', '`')
    else if (character === '>' && this.#open.length === 0 && /^$|\n$/.test(this.#text)) push('BlockQuote', '>')
    else throw parseError(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
  }

  #beginPre(push: (kind: Kind, marker: string, language?: string) => void): void {
    const language = /^```([^\s`]+)(?=\s)/.exec(this.#source.slice(this.#position))?.[1] ?? ''
    push(language ? 'PreCode' : 'Pre', `\`\`\`${language}`, language)
    if (this.#sees('\r\n')) this.#position += 2
    else if (this.#sees('\n')) this.#position += 1
  }

  #end(): void {
    const { kind, language, offset } = this.#open.at(-1) ?? { kind: 'Bold', language: '', offset: 0 }
    if (kind === 'BlockQuote') this.#closeQuote('expandable_blockquote')
    else this.#open.pop()
    this.#position += kind === 'BlockQuote' ? '||'.length : CLOSING[kind].length
    const range = { offset, length: this.#text.length - offset }
    const type = ENTITY[kind]
    if (kind === 'TextUrl') this.#add(linkEntity(this.#target() ?? this.#text.slice(offset), range))
    else if (kind === 'CustomEmoji') this.#endEmoji(range)
    else if (type) this.#add([{ type, ...range, ...(language ? { language } : {}) }])
  }

  #endEmoji(range: { offset: number; length: number }): void {
    const id = /^tg:\/\/emoji\?id=(\d+)$/.exec(this.#target() ?? '')?.[1]
    if (!id) throw parseError('The entity must contain a tg://emoji or tg://time URL')
    this.#add([{ type: 'custom_emoji', ...range, custom_emoji_id: id }])
  }

  /** Reads `(address)` after a link's text, if there is one. */
  #target(): string | undefined {
    if (!this.#sees('(')) return undefined
    this.#position += 1
    const start = this.#position
    const address = /^(?:\\[\t\n -~]|[^)\\]|\\)*/.exec(this.#source.slice(start))?.[0] ?? ''
    this.#position += address.length
    if (!this.#sees(')')) throw parseError(`Can't find end of a URL at byte offset ${this.#bytes(start)}`)
    this.#position += 1
    return address.replace(/\\([\t\n -~])/g, '$1')
  }

  /** A quotation goes on while the next line begins with `>`. */
  #quoteLineEnd(): void {
    if (this.#source[this.#position + 1] === '>') {
      this.#take()
      this.#position += 1
    } else {
      const inner = this.#open.at(-1)
      if (inner && inner.kind !== 'BlockQuote') {
        throw parseError(`Can't find end of ${inner.kind} entity at byte offset ${inner.byteOffset}`)
      }
      this.#closeQuote('blockquote')
      this.#take()
    }
  }

  #closeQuote(type: string): void {
    const offset = this.#open.pop()?.offset ?? 0
    this.#add([{ type, offset, length: this.#text.length - offset }])
  }

  #add(entities: Entity[]): void {
    this.#entities.push(...entities.filter((entity) => entity.length > 0))
  }

  #bytes(position: number): number {
    return Buffer.byteLength(this.#source.slice(0, position))
  }
}

function parseError(text: string): Error {
  return badRequest(`can't parse entities: ${text}`)
}
