import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { escapeHtml } from './html.ts'
import type { TEXTS, TextKey } from './texts/keys.ts'

export type Language = 'it' | 'en'

type Arguments<K extends TextKey> = (typeof TEXTS)[K] extends readonly []
  ? []
  : [{ [Name in (typeof TEXTS)[K][number]]: string | number }]

/** The house's words in one language. */
export type Words = {
  language: Language
  /** Plain text: for buttons, pop-ups and commands. */
  text<K extends TextKey>(key: K, ...args: Arguments<K>): string
  /** HTML for a message: the arguments are escaped. */
  html<K extends TextKey>(key: K, ...args: Arguments<K>): string
}

/** Reads the texts of both languages. */
export function readTexts(): Record<Language, Words> {
  return { it: readWords('it'), en: readWords('en') }
}

function readWords(language: Language): Words {
  const bundle = new FluentBundle(language, { useIsolating: false })
  const errors = bundle.addResource(
    new FluentResource(readFileSync(join(import.meta.dirname, 'texts', `${language}.ftl`), 'utf8')),
  )
  const [error] = errors
  if (error) throw error
  return {
    language,
    text: (key, ...[args]) => format(bundle, key, args, (text) => text),
    html: (key, ...[args]) => format(bundle, key, args, escapeHtml),
  }
}

function format(
  bundle: FluentBundle,
  key: TextKey,
  args: Record<string, string | number> = {},
  quote: (text: string) => string,
): string {
  const message = bundle.getMessage(key)
  if (!message?.value) throw new Error(`the text "${key}" is missing`)
  const ready = Object.entries(args).map(([name, value]) => [name, prepare(value, quote)])
  return bundle.formatPattern(message.value, Object.fromEntries(ready))
}

function prepare(value: string | number, quote: (text: string) => string): string | number {
  return typeof value === 'string' ? quote(value) : value
}
