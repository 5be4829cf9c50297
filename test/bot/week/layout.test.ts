import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readTexts } from '../../../src/bot/texts.ts'
import { weekLabels } from '../../../src/bot/week/labels.ts'
import { layOut } from '../../../src/bot/week/layout.ts'
import { drawable } from '../../../src/bot/week/lettering.ts'
import { PALETTES } from '../../../src/bot/week/palette.ts'
import type { WeekDay, WeekEntry, WeekPicture } from '../../../src/bot/week/picture.ts'
import type { Shape } from '../../../src/bot/week/shapes.ts'
import { sampleWeeks } from './samples.ts'

const FIRST = '2026-11-21'
const TEXTS = readTexts()

/** Parts of an em above and below the base line that letters reach. */
const ABOVE = 0.76
const BELOW = 0.21
/** How much wider than measured a text may be drawn, and the pixels by which its ink reaches beyond (lettering.test.ts). */
const WIDER = 1.03
const INK = 1.5

type Area = { left: number; right: number; top: number; bottom: number; what: string }

function areaOf(shape: Shape): Area {
  switch (shape.shape) {
    case 'text':
      return {
        left: shape.x,
        right: shape.x + shape.width * WIDER + INK,
        top: shape.y - ABOVE * shape.size,
        bottom: shape.y + BELOW * shape.size,
        what: shape.text,
      }
    case 'icon':
      return {
        left: shape.x,
        right: shape.x + shape.size,
        top: shape.y,
        bottom: shape.y + shape.size,
        what: shape.icon,
      }
    case 'box':
      return { left: shape.x, right: shape.x + shape.width, top: shape.y, bottom: shape.y + shape.height, what: 'box' }
  }
}

function overlap(one: Area, other: Area): boolean {
  const rounding = 0.01
  return (
    one.left < other.right - rounding &&
    other.left < one.right - rounding &&
    one.top < other.bottom - rounding &&
    other.top < one.bottom - rounding
  )
}

function within(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  )
}

/** What is wrong with where the shapes stand. */
function faultsOf({ shapes, width, height }: ReturnType<typeof layOut>): string[] {
  const page = { left: 0, right: width, top: 0, bottom: height, what: 'page' }
  const areas = shapes.slice(1).map(areaOf)
  const outside = areas.filter((area) => !within(area, page)).map(({ what }) => `outside: ${what}`)
  const marks = shapes.filter(({ shape }) => shape !== 'box').map(areaOf)
  const boxes = shapes
    .slice(1)
    .filter((shape) => shape.shape === 'box')
    .map(areaOf)
  const collisions = marks.flatMap((one, index) =>
    marks
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `"${one.what}" over "${other.what}"`),
  )
  const piled = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => overlap(one, other)))
  // What stands in a box stands in it altogether.
  const across = marks.filter((mark) => boxes.some((box) => overlap(mark, box) && !within(mark, box)))
  return [
    ...outside,
    ...collisions,
    ...piled.map(() => 'a box over a box'),
    ...across.map(({ what }) => `"${what}" over an edge`),
  ]
}

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '',
    'W'.repeat(200),
    'Yoga <3 & "co"',
    '🧘🏽‍♀️🇮🇹',
    'יוגה עם רינה',
    'Z̴̡͚a̷l̴g̵o̶',
    'a\u202Eb',
    'Pilates avanzato '.repeat(9),
  ),
)
const anyTime = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) =>
  Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }).toString({
    smallestUnit: 'minute',
  }),
)
const anyEntry: fc.Arbitrary<Omit<WeekEntry, 'date'>> = fc.record({
  start: anyTime,
  end: fc.option(anyTime),
  name: anyName,
  place: anyName,
  kind: fc.constantFrom('booked', 'waiting', 'recurring', 'free'),
  spots: fc.option(fc.integer({ min: 1, max: 9999 })),
})
const anyDay = (most: number) =>
  fc.record({ entries: fc.array(anyEntry, { maxLength: most }), note: fc.option(anyName) })
/** Quiet ones too: in a crowded one no free places are named. */
const anyDays = fc.oneof(...[2, 4, 30].map((most) => fc.array(anyDay(most), { minLength: 7, maxLength: 7 })))
const anyWeek: fc.Arbitrary<WeekPicture> = fc
  .record({
    days: anyDays,
    language: fc.constantFrom('it', 'en'),
    today: fc.boolean(),
  })
  .map(({ days, language, today }) => ({
    labels: weekLabels(TEXTS[language], FIRST, '2026-11-27'),
    days: days.map(({ entries, note }, offset): WeekDay => {
      const date = Temporal.PlainDate.from(FIRST).add({ days: offset }).toString()
      return { date, isToday: today && offset === 0, entries: entries.map((entry) => ({ ...entry, date })), note }
    }),
  }))
const anyTheme = fc.constantFrom('light' as const, 'dark' as const)

function textsOf({ shapes }: ReturnType<typeof layOut>): string[] {
  return shapes.flatMap((shape) => (shape.shape === 'text' ? [shape.text] : []))
}

describe('the layout of a week', () => {
  it('leaves everything its place, whatever the names are', () => {
    fc.assert(
      fc.property(anyWeek, anyTheme, (week, theme) => {
        const drawing = layOut(week, theme)

        assert.deepEqual(faultsOf(drawing), [])
        // Telegram takes no photo beyond.
        assert.ok(drawing.width + drawing.height <= 10_000 && drawing.height / drawing.width <= 20)
        for (const shape of drawing.shapes) {
          if (shape.shape !== 'text') continue
          assert.ok(shape.size >= 26, `${shape.text} is too small`)
          assert.equal(shape.text, drawable(shape.text))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('shows what is in a normal week', () => {
    const drawing = layOut(sampleWeeks('en').normal, 'light')

    const texts = textsOf(drawing)
    for (const expected of ['Your week', 'Today', 'SAT', '21', '18:30', 'Yoga', 'Giuriati', '4 spots', '1 spot'])
      assert.ok(texts.includes(expected), `${expected} is missing`)
    assert.ok(texts.includes('4 more with free places'))
    assert.ok(texts.includes('12 classes, open Sun 22 Nov, 00:00'))
    assert.ok(!texts.includes('Nothing planned yet'))
    assert.ok(drawing.height <= 1900)
    assert.deepEqual(faultsOf(drawing), [])
  })

  it('names no free places where there is no room, and keeps all of one’s own', () => {
    const drawing = layOut(sampleWeeks('it').crowded, 'dark')

    const texts = textsOf(drawing)
    assert.equal(texts.filter((text) => text === '18 corsi con posti liberi').length, 7)
    assert.equal(texts.filter((text) => text === 'Risveglio muscolare').length, 7)
    assert.equal(texts.filter((text) => text.startsWith('Pilates reformer')).length, 7)
    assert.equal(texts.filter((text) => text.startsWith('Bruno')).length, 7)
    assert.ok(drawing.height <= 2.5 * drawing.width)
  })

  it('says a friendly word in an empty week', () => {
    const texts = textsOf(layOut(sampleWeeks('it').empty, 'light'))

    assert.ok(texts.includes('Ancora niente in programma'))
    assert.ok(texts.includes('Scrivi /book e scegli un corso: al resto penso io.'))
    assert.ok(!texts.includes('Posti liberi'))
  })

  it('gives a name that cannot be drawn a general one', () => {
    const { labels, days } = sampleWeeks('it').normal
    const renamed = days.map((day) => ({
      ...day,
      entries: day.entries.map((entry) => ({ ...entry, name: '瑜伽 🧘' })),
    }))

    const texts = textsOf(layOut({ labels, days: renamed }, 'light'))

    assert.ok(texts.includes('Corso'))
    assert.ok(!texts.includes(''))
  })
})

/** The contrast of two colours as WCAG defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the colours of a week', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`stand out well enough in the ${theme} theme`, () => {
      const { page, card, text, faint, todayFill, todayText, kinds } = PALETTES[theme]
      const texts = [text, faint].flatMap((colour) => [page, card].map((ground) => [colour, ground] as const))
      const pairs = Object.values(kinds).flatMap((kind) =>
        [kind.text, kind.faint].flatMap((colour) => [kind.fill, kind.hatch].map((ground) => [colour, ground] as const)),
      )
      for (const [colour, ground] of [...texts, ...pairs, [todayText, todayFill] as const])
        assert.ok(contrast(colour, ground) >= 4.5, `${colour} on ${ground}: ${contrast(colour, ground)}`)
      for (const { icon, fill, hatch, border } of Object.values(kinds)) {
        for (const ground of [fill, hatch]) assert.ok(contrast(icon, ground) >= 3, `${icon} on ${ground}`)
        assert.ok(contrast(border, page) >= 3, `${border} on the page: ${contrast(border, page)}`)
      }
    })
  }
})
