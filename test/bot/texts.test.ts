import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { FluentResource } from '@fluent/bundle'
import { TEXTS, type TextKey } from '../../src/bot/texts/keys.ts'
import { readTexts } from '../../src/bot/texts.ts'

const BOT = join(import.meta.dirname, '../../src/bot')
const LANGUAGES = ['it', 'en'] as const
const KEYS = Object.keys(TEXTS) as TextKey[]

function readFtl(language: string): Map<string, unknown> {
  const { body } = new FluentResource(readFileSync(join(BOT, 'texts', `${language}.ftl`), 'utf8'))
  return new Map(body.map((message) => [message.id, message.value]))
}

/** The names of the variables in a parsed text, however deep. */
function placeholders(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set()
  const own = 'type' in value && value.type === 'var' && 'name' in value ? [String(value.name)] : []
  return new Set([...own, ...Object.values(value).flatMap((part) => [...placeholders(part)])])
}

function sourceOfBot(): string {
  const files = globSync('**/*.ts', { cwd: BOT }).filter((file) => !file.endsWith('keys.ts'))
  return files.map((file) => readFileSync(join(BOT, file), 'utf8')).join('\n')
}

describe('texts', () => {
  for (const language of LANGUAGES) {
    it(`has every text in ${language}, and no other`, () => {
      assert.deepEqual([...readFtl(language).keys()].sort(), KEYS.toSorted())
    })

    it(`uses in ${language} exactly the placeholders named`, () => {
      const ftl = readFtl(language)
      for (const key of KEYS) assert.deepEqual([...placeholders(ftl.get(key))].sort(), TEXTS[key].toSorted(), key)
    })

    it(`writes ${language} in HTML that Telegram takes`, () => {
      for (const key of KEYS) {
        const text = JSON.stringify(readFtl(language).get(key) ?? '')
        const tags = [...text.matchAll(/<\/?([^>]*)>/g)].map(([, name]) => name)
        assert.deepEqual(
          tags.filter((name) => name !== 'b' && name !== 'code'),
          [],
          key,
        )
        assert.doesNotMatch(text.replaceAll(/<\/?(b|code)>/g, ''), /[<>]/, key)
      }
    })

    it(`keeps pop-ups and commands in ${language} short`, () => {
      const words = readTexts()[language]
      for (const text of [words.text('taken-too-late'), words.text('outdated'), words.text('not-cancellable')])
        assert.ok(text.length <= 190, text)
    })
  }

  it('uses every text somewhere', () => {
    const source = sourceOfBot()
    const patterns = [...source.matchAll(/`([a-z-]+-)\$\{/g)].map(([, prefix]) => prefix ?? '')
    const unused = KEYS.filter(
      (key) => !source.includes(`'${key}'`) && !patterns.some((prefix) => key.startsWith(prefix)),
    )
    assert.deepEqual(unused, [])
  })

  it('escapes what it is given in HTML only', () => {
    const words = readTexts().en

    assert.equal(words.html('slot-instructor', { name: 'A <3 & B' }), 'with A &lt;3 &amp; B')
    assert.equal(words.text('slot-instructor', { name: 'A <3 & B' }), 'with A <3 & B')
  })

  it('counts as people do', () => {
    const { it: italian, en } = readTexts()

    assert.deepEqual(
      [0, 1, 2].map((n) => en.text('spots', { n })),
      ['full', '1 spot', '2 spots'],
    )
    assert.deepEqual(
      [0, 1, 2].map((n) => italian.text('spots', { n })),
      ['pieno', '1 posto', '2 posti'],
    )
    assert.equal(en.text('done-sync', { added: 2, removed: 1 }), '✅ Up to date: 2 added, 1 gone.')
    assert.equal(italian.text('done-sync', { added: 0, removed: 0 }), '✅ Aggiornato: niente di nuovo.')
  })
})
