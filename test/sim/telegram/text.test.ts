import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatText } from '../../../sim/telegram/text/format.ts'

const format = (text: string, parseMode: string) => formatText({ text, parseMode, entities: undefined })

/** Entities in short: type, the text they cover, what else they say. */
function describeEntities(source: string, parseMode: string): string[] {
  const { text, entities } = format(source, parseMode)
  return entities.map(({ type, offset, length, url, language }) =>
    [type, text.slice(offset, offset + length), url ?? language].filter(Boolean).join('|'),
  )
}

const HTML: [source: string, entities: string[]][] = [
  ['<b>a</b> <strong>b</strong>', ['bold|a', 'bold|b']],
  ['<b>a<i>b</i></b>', ['bold|ab', 'italic|b']],
  ['<b>a</b><b>b</b>', ['bold|ab']],
  ['<u>a</u><ins>b</ins> <s>c</s> <del>d</del>', ['underline|ab', 'strikethrough|c', 'strikethrough|d']],
  ['<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>', ['spoiler|a', 'spoiler|b']],
  ['<a href="https://example.org/?a=1&amp;b=2">x</a>', ['text_link|x|https://example.org/?a=1&b=2']],
  ['<a href="example.org">x</a>', ['text_link|x|http://example.org/']],
  ['<code>a</code>', ['code|a']],
  ['<pre>a</pre>', ['pre|a']],
  ['<pre><code class="language-ts">a</code></pre>', ['pre|a|ts']],
  ['<code class="language-ts">a</code>', ['code|a']],
  ['<blockquote>a</blockquote>', ['blockquote|a']],
  ['<blockquote expandable>a</blockquote>', ['expandable_blockquote|a']],
  ['<b></b>x', []],
  ['  <b> a </b>  ', ['bold|a']],
  ['👍<b>a</b>', ['bold|a']],
  ['a & b &lt;b&gt; &#65; &#x42; &nope;', []],
]

const HTML_ERRORS: [source: string, error: string][] = [
  ['hello<br>', 'Unsupported start tag "br" at byte offset 5'],
  ['I <3 you', 'Unsupported start tag "3" at byte offset 2'],
  ['<3', 'Unclosed start tag at byte offset 0'],
  ['A < B', 'Unsupported start tag "" at byte offset 2'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['é<b>bold</i>', 'Unmatched end tag at byte offset 9, expected "</b>", found "</i>"'],
  ['hello x</b>', 'Unexpected end tag at byte offset 7'],
  ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
  ['<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
]

const MARKDOWN: [source: string, entities: string[]][] = [
  ['*a* _b_ __c__ ~d~ ||e||', ['bold|a', 'italic|b', 'underline|c', 'strikethrough|d', 'spoiler|e']],
  ['*a _b_*', ['bold|a b', 'italic|b']],
  ['`a\\`b`', ['code|a`b']],
  ['```ts\na.b()\n```', ['pre|a.b()|ts']],
  ['```\na\n```', ['pre|a']],
  ['[x](https://example.org/a\\)b)', ['text_link|x|https://example.org/a)b']],
  ['>a\n>b\nc', ['blockquote|a\nb']],
  ['>a\n>b||\nc', ['expandable_blockquote|a\nb']],
  ['a\\.b\\!', []],
]

const MARKDOWN_ERRORS: [source: string, error: string][] = [
  ['Hi.', "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ['Hi!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
  ['a | b', "Character '|' is reserved and must be escaped with the preceding '\\'"],
  ['é *b', "Can't find end of Bold entity at byte offset 3"],
  ['[x](http', "Can't find end of a URL at byte offset 4"],
  ['![x](http://x.org)', 'The entity must contain a tg://emoji or tg://time URL'],
]

const DETECTED: [text: string, entities: string[]][] = [
  ['/start PAYLOAD', ['bot_command|/start']],
  ['try /help@a_bot, 1/2 or a/b', ['bot_command|/help@a_bot']],
  ['see https://example.org/a?b=c. Or example.org!', ['url|https://example.org/a?b=c', 'url|example.org']],
  [
    'mail ada@example.org or @ada_l #gym $EUR',
    ['email|ada@example.org', 'mention|@ada_l', 'hashtag|#gym', 'cashtag|$EUR'],
  ],
]

describe('HTML', () => {
  for (const [source, entities] of HTML) {
    it(`finds ${entities.join(', ') || 'nothing'} in ${source}`, () => {
      assert.deepEqual(describeEntities(source, 'HTML'), entities)
    })
  }

  for (const [source, error] of HTML_ERRORS) {
    it(`complains about ${source}`, () => {
      assert.throws(() => format(source, 'html'), { message: `Bad Request: can't parse entities: ${error}` })
    })
  }

  it('decodes character references', () => {
    assert.equal(format('a & b &lt;b&gt; &#65; &#x42; &nope;', 'HTML').text, 'a & b <b> A B &nope;')
  })

  it('gives back any text that was escaped', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const plain = format(text, '')

        assert.deepEqual(format(escaped(text), 'HTML'), plain)
      }),
    )
  })

  it('either parses or complains, and entities stay inside the text', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<a href="x.org">',
      '</a>',
      '<pre>',
      '</pre>',
      ' ',
      'a',
      '👍',
      '&lt;',
      '<',
      '>',
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          const { text, entities } = format(pieces.join(''), 'HTML')
          for (const { offset, length } of entities)
            assert.ok(offset >= 0 && length > 0 && offset + length <= text.length)
        } catch (error) {
          assert.match(String(error), /Bad Request: can't parse entities: /)
        }
      }),
    )
  })
})

describe('MarkdownV2', () => {
  for (const [source, entities] of MARKDOWN) {
    it(`finds ${entities.join(', ') || 'nothing'} in ${source}`, () => {
      assert.deepEqual(describeEntities(source, 'MarkdownV2'), entities)
    })
  }

  for (const [source, error] of MARKDOWN_ERRORS) {
    it(`complains about ${source}`, () => {
      assert.throws(() => format(source, 'MarkdownV2'), { message: `Bad Request: can't parse entities: ${error}` })
    })
  }

  it('gives back any text that was escaped', () => {
    const escaped = (text: string) => text.replace(/[_*[\]()~`>#+\-=|{}.!\\]/g, '\\$&')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        assert.deepEqual(format(escaped(text), 'MarkdownV2'), format(text, ''))
      }),
    )
  })
})

describe('plain text', () => {
  for (const [text, entities] of DETECTED) {
    it(`detects ${entities.join(', ')}`, () => {
      assert.deepEqual(describeEntities(text, ''), entities)
    })
  }

  it('detects nothing inside code', () => {
    assert.deepEqual(describeEntities('<code>/start example.org</code>', 'HTML'), ['code|/start example.org'])
  })

  it('knows the old Markdown', () => {
    assert.deepEqual(describeEntities('*a* _b_ `c` [d](example.org) \\_', 'Markdown'), [
      'bold|a',
      'italic|b',
      'code|c',
      'text_link|d|http://example.org/',
    ])
    assert.throws(() => format('snake_case', 'Markdown'), {
      message: "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 5",
    })
  })

  it('refuses entities beyond the end of the text', () => {
    const entities = [{ type: 'bold', offset: 40, length: 1 }]
    assert.throws(() => formatText({ text: 'short', parseMode: '', entities }), {
      message: 'Bad Request: entity begins after the end of the text at UTF-16 offset 40',
    })
  })
})
