import { badRequest } from '../errors.ts'
import type { Entity, FormattedText } from '../model.ts'
import { linkEntity } from './links.ts'

const TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}

const TAGS = new Set([...Object.keys(TYPES), 'a', 'pre', 'code', 'blockquote', 'tg-emoji', 'tg-time'])
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const isSpace = (character: string) => ' \t\r\n\v\0'.includes(character) // true for the end of the text, too

interface OpenTag {
  name: string
  argument: string
  offset: number
}

/** Parses Telegram's HTML the way the server does, with its error texts. */
export function parseHtml(source: string): FormattedText {
  return new HtmlParser(source).parse()
}

class HtmlParser {
  readonly #source: string
  #position = 0
  #text = ''
  readonly #entities: Entity[] = []
  readonly #open: OpenTag[] = []

  constructor(source: string) {
    this.#source = source
  }

  parse(): FormattedText {
    while (this.#position < this.#source.length) {
      if (this.#at() === '&') this.#text += this.#reference()
      else if (this.#at() !== '<') this.#text += this.#next()
      else if (this.#at(1) === '/') this.#endTag()
      else this.#startTag()
    }
    const unclosed = this.#open.at(-1)
    if (unclosed) throw parseError(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
    return { text: this.#text, entities: this.#entities.map(withoutCodeLanguage) }
  }

  #at(ahead = 0): string {
    return this.#source[this.#position + ahead] ?? ''
  }

  #next(): string {
    const character = this.#at()
    this.#position += 1
    return character
  }

  /** Reads a character reference; an ampersand that begins none stands for itself. */
  #reference(): string {
    const match = /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/iy
    match.lastIndex = this.#position
    const found = match.exec(this.#source)
    const character = found ? decodeReference(found) : undefined
    if (!found || character === undefined) return this.#next()
    this.#position += found[0].length
    return character
  }

  #readWhile(accept: (character: string) => boolean): string {
    const start = this.#position
    while (this.#position < this.#source.length && accept(this.#at())) this.#position += 1
    return this.#source.slice(start, this.#position)
  }

  #startTag(): void {
    const start = this.#position
    this.#position += 1
    const name = this.#readWhile((character) => !isSpace(character) && character !== '>').toLowerCase()
    if (this.#at() === '') throw parseError(`Unclosed start tag at byte offset ${this.#bytes(start)}`)
    if (!TAGS.has(name)) throw parseError(`Unsupported start tag "${name}" at byte offset ${this.#bytes(start)}`)
    let argument = ''
    for (;;) {
      this.#readWhile(isSpace)
      if (this.#at() === '>') break
      argument = this.#attribute(name, start) ?? argument
    }
    this.#position += 1
    if (name === 'span' && argument !== 'spoiler') {
      throw parseError(`Tag "span" must have class "tg-spoiler" at byte offset ${this.#bytes(start)}`)
    }
    this.#open.push({ name, argument, offset: this.#text.length })
  }

  /** Reads one attribute; returns its value where it means something for the tag. */
  #attribute(tag: string, start: number): string | undefined {
    const name = this.#readWhile((character) => !isSpace(character) && !'=>/"\''.includes(character))
    if (this.#at() === '') throw parseError(`Unclosed start tag "${tag}" at byte offset ${this.#bytes(start)}`)
    if (name === '') throw parseError(`Empty attribute name in the tag "${tag}" at byte offset ${this.#bytes(start)}`)
    this.#readWhile(isSpace)
    if (this.#at() !== '=') {
      if (this.#at() === '') throw parseError(`Unclosed start tag "${tag}" at byte offset ${this.#bytes(start)}`)
      return meaning(tag, name, '')
    }
    this.#position += 1
    this.#readWhile(isSpace)
    if (this.#at() === '') throw parseError(`Unclosed start tag "${tag}" at byte offset ${this.#bytes(start)}`)
    const value = '\'"'.includes(this.#at()) ? this.#quoted() : this.#nameToken()
    if (this.#at() === '') throw parseError(`Unclosed start tag at byte offset ${this.#bytes(start)}`)
    return meaning(tag, name, value)
  }

  #quoted(): string {
    const quote = this.#next()
    let value = ''
    while (this.#at() !== quote && this.#at() !== '') value += this.#at() === '&' ? this.#reference() : this.#next()
    this.#position += 1
    return value
  }

  #nameToken(): string {
    const start = this.#position
    const token = this.#readWhile((character) => /[a-z0-9.-]/i.test(character)).toLowerCase()
    if (isSpace(this.#at()) || this.#at() === '>') return token
    throw parseError(`Unexpected end of name token at byte offset ${this.#bytes(start)}`)
  }

  #endTag(): void {
    const start = this.#position
    const tag = this.#open.pop()
    if (!tag) throw parseError(`Unexpected end tag at byte offset ${this.#bytes(start)}`)
    this.#position += 2
    const name = this.#readWhile((character) => !isSpace(character) && character !== '>')
    this.#readWhile(isSpace)
    if (this.#at() !== '>') throw parseError(`Unclosed end tag at byte offset ${this.#bytes(start)}`)
    this.#position += 1
    if (name !== '' && name !== tag.name) {
      throw parseError(
        `Unmatched end tag at byte offset ${this.#bytes(start)}, expected "</${tag.name}>", found "</${name}>"`,
      )
    }
    if (this.#text.length > tag.offset) this.#close(tag)
  }

  #close({ name, argument, offset }: OpenTag): void {
    const range = { offset, length: this.#text.length - offset }
    const type = TYPES[name]
    if (type) this.#entities.push({ type, ...range })
    else if (name === 'a') this.#entities.push(...linkEntity(argument || this.#text.slice(offset), range))
    else if (name === 'tg-emoji') this.#entities.push({ type: 'custom_emoji', ...range, custom_emoji_id: argument })
    else if (name === 'blockquote') {
      this.#entities.push({ type: argument ? 'expandable_blockquote' : 'blockquote', ...range })
    } else if (name === 'pre' || name === 'code') this.#closeCode(name, argument, range)
  }

  /** `<pre><code class="language-x">` is one entity: a block of code in a language. */
  #closeCode(type: string, language: string, range: { offset: number; length: number }): void {
    const last = this.#entities.at(-1)
    const same = last && last.offset === range.offset && last.length === range.length ? last : undefined
    if (type === 'pre' && same?.type === 'code' && same.language) same.type = 'pre'
    else if (type === 'code' && same?.type === 'pre' && language) same.language = language
    else this.#entities.push({ type, ...range, ...(language ? { language } : {}) })
  }

  #bytes(position: number): number {
    return Buffer.byteLength(this.#source.slice(0, position))
  }
}

function withoutCodeLanguage(entity: Entity): Entity {
  if (entity.type !== 'code') return entity
  return { type: 'code', offset: entity.offset, length: entity.length }
}

function meaning(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice('language-'.length)
  if (tag === 'span' && attribute === 'class' && value.startsWith('tg-')) return value.slice('tg-'.length)
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value
  if (tag === 'blockquote' && attribute === 'expandable') return 'expandable'
  return undefined
}

function decodeReference([whole, hex, decimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return NAMED[name]
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
  const readable = code > 0 && code < 0x10ffff && whole.replace(';', '').length < 10
  return readable ? String.fromCodePoint(code) : undefined
}

function parseError(text: string): Error {
  return badRequest(`can't parse entities: ${text}`)
}
