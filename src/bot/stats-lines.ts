import { wholePercent } from '../core/percent.ts'
import type { ShotFigures } from '../db/statistics/shots.ts'
import type { ActionFigures, Spread } from '../db/statistics/tally.ts'
import type { Words } from './texts.ts'
import { lines } from './view.ts'

/** So many reasons are told, the most frequent ones: more would not fit a phone. */
const REASONS = 3

/** "Bookings: 80% (12 of 15)", as HTML. */
export function rateLine(words: Words, figures: ActionFigures): string {
  const what = words.text(`stats-type-${figures.type}`)
  if (figures.rate === null) return words.html('stats-uncounted', { what })
  const { done, wonByOthers, refused, wentWrong } = figures
  const counted = done + wonByOthers + refused + wentWrong
  return words.html('stats-rate', { what, done, n: counted, percent: wholePercent(figures.rate) })
}

/** "2 won by others · 1 went wrong": what did not work, told apart; undefined when all did. */
export function missedLine(words: Words, { wonByOthers, refused, wentWrong }: ActionFigures): string | undefined {
  return joined([
    wonByOthers > 0 && words.html('stats-lost', { n: wonByOthers }),
    refused > 0 && words.html('stats-refused', { n: refused }),
    wentWrong > 0 && words.html('stats-wrong', { n: wentWrong }),
  ])
}

/** How long those took that worked; undefined when none tells. */
export function timeLine(words: Words, { seconds }: ActionFigures): string | undefined {
  return seconds === null ? undefined : words.html('stats-took', spreadWords(words, seconds))
}

/** All about one kind of action. */
export function actionLines(words: Words, figures: ActionFigures): string {
  const { type, takenBack, expired, attemptSeconds, failures } = figures
  return lines(
    rateLine(words, figures),
    missedLine(words, figures),
    joined([
      takenBack > 0 && words.html('stats-taken-back', { n: takenBack }),
      expired > 0 && words.html('stats-expired', { n: expired }),
    ]),
    timeLine(words, figures),
    // Of the rest nobody waits for the answer.
    type === 'book' && attemptSeconds !== null && words.html('stats-attempt', spreadWords(words, attemptSeconds)),
    ...failures
      .slice(0, REASONS)
      .map(({ kind, count }) => words.html('stats-reason', { n: count, reason: words.text(`error-${kind}`) })),
  )
}

/** "At the opening: 80% (12 of 15)", as HTML. */
export function shotsLine(words: Words, { count, won, rate }: ShotFigures): string {
  return words.html('stats-shots', { won, n: count, percent: wholePercent(rate) })
}

/** All about what was asked for right at an opening. */
export function shotLines(words: Words, shots: ShotFigures): string {
  const { lateMs, answerMs } = shots
  const median = offset(words, lateMs.median)
  return lines(
    shotsLine(words, shots),
    lateMs.best === null
      ? words.html('stats-early', { median })
      : words.html('stats-late', { best: offset(words, lateMs.best), median }),
    words.html('stats-answer', { best: tenths(answerMs.best), median: tenths(answerMs.median) }),
  )
}

function joined(parts: readonly (string | false)[]): string | undefined {
  const said = parts.filter((part) => part !== false)
  return said.length === 0 ? undefined : said.join(' · ')
}

function spreadWords(words: Words, { median, p90 }: Spread) {
  return { median: duration(words, median), p90: duration(words, p90) }
}

/** "0.25 s", "1.2 s", "5 min" */
function duration({ language }: Words, seconds: number): string {
  const { format } = new Intl.NumberFormat(language, { maximumSignificantDigits: seconds < 100 ? 2 : 3 })
  return seconds < 60 ? `${format(seconds)} s` : `${format(Math.round(seconds / 60))} min`
}

/** "4.3 ms after it", "2 ms before it" */
function offset(words: Words, ms: number): string {
  return ms < 0 ? words.text('stats-before', { n: tenths(-ms) }) : words.text('stats-after', { n: tenths(ms) })
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}
