import { readTexts } from '../../../src/bot/texts.ts'
import { weekLabels } from '../../../src/bot/week/labels.ts'
import type { WeekDay, WeekEntry, WeekKind, WeekPicture } from '../../../src/bot/week/picture.ts'

const SATURDAY = '2026-11-21'
const GIURIATI = 'Giuriati'

function day(offset: number, entries: Omit<WeekEntry, 'date'>[], note: string | null = null): WeekDay {
  const date = Temporal.PlainDate.from(SATURDAY).add({ days: offset }).toString()
  return { date, isToday: offset === 0, entries: entries.map((entry) => ({ date, ...entry })), note }
}

function own(
  kind: WeekKind,
  start: string,
  end: string | null,
  name: string,
  place = GIURIATI,
): Omit<WeekEntry, 'date'> {
  return { kind, start, end, name, place, spots: null }
}

function free(start: string, name: string, spots: number | null): Omit<WeekEntry, 'date'> {
  return { kind: 'free', start, end: null, name, place: GIURIATI, spots }
}

/** So many free places, as a gym has them all day long. */
function manyFree(count: number): Omit<WeekEntry, 'date'>[] {
  const names = ['Fit Center', 'Risveglio muscolare', 'Functional training', 'Agilità e mobilità']
  return Array.from({ length: count }, (_, n) =>
    free(
      `${String(7 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
      names[n % 4] ?? '',
      n % 5 ? n + 1 : null,
    ),
  )
}

const OPENS = {
  en: ['12 classes, open Sun 22 Nov, 00:00', '12 classes, open Mon 23 Nov, 00:00', '9 classes, open Wed 25 Nov, 00:00'],
  it: ['12 corsi, aprono dom 22 nov, 00:00', '12 corsi, aprono lun 23 nov, 00:00', '9 corsi, aprono mer 25 nov, 00:00'],
}

/** An empty, a normal and a crowded week as seen on Saturday, 21 November 2026. */
export function sampleWeeks(language: 'en' | 'it'): Record<'empty' | 'normal' | 'crowded', WeekPicture> {
  const labels = weekLabels(readTexts()[language], SATURDAY, '2026-11-27')
  const [tuesday, wednesday, friday] = OPENS[language]
  return {
    empty: { labels, days: [0, 1, 2, 3, 4, 5, 6].map((offset) => day(offset, [])) },
    normal: {
      labels,
      days: [
        day(0, [
          own('booked', '18:30', '19:30', 'Yoga'),
          free('10:00', 'Cross training', 4),
          free('11:30', 'Pilates', 1),
        ]),
        day(1, [own('waiting', '11:30', '12:25', 'Agilità e mobilità'), ...manyFree(7)]),
        day(2, [
          own('booked', '18:00', '18:55', 'Yoga'),
          free('18:30', 'Functional training', 9),
          free('20:00', 'Pilates', 2),
        ]),
        day(3, [], tuesday),
        day(4, [own('recurring', '19:30', '20:25', 'Zumba')], wednesday),
        day(5, []),
        day(6, [own('recurring', '18:30', '19:15', 'GAG')], friday),
      ],
    },
    crowded: {
      labels,
      days: [0, 1, 2, 3, 4, 5, 6].map((offset) =>
        day(offset, [
          own('booked', '07:30', '08:25', 'Risveglio muscolare', 'Anna · Giuriati'),
          own('booked', '13:00', '13:55', 'Pilates reformer avanzato con piccoli attrezzi', 'Bruno · Giuriati'),
          ...(offset % 2 ? [own('waiting', '18:30', null, 'Functional training', '')] : []),
          ...(offset % 3
            ? []
            : [
                own(
                  'recurring',
                  '20:00',
                  '21:20',
                  'Difesa personale <3 & co. 🥋',
                  'Alessandra · Centro sportivo Giuriati, sala grande',
                ),
              ]),
          ...manyFree(18),
        ]),
      ),
    },
  }
}
