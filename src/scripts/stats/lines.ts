import { wholePercent } from '../../core/percent.ts'
import type { Summary } from '../../db/statistics/read.ts'
import type { ShotFigures } from '../../db/statistics/shots.ts'
import type { ActionFigures, Spread } from '../../db/statistics/tally.ts'

const HEAD = ['action', 'ended', 'done', 'rate', 'lost', 'refused', 'wrong', 'took', '9 in 10', 'try', '9 in 10']
const WIDTHS = [7, 6, 6, 5, 5, 7, 5, 7, 7, 7, 7]
/** So many reasons are told, the most frequent ones. */
const REASONS = 4

/** A portal's or an account's figures, a row for each kind of action with the reasons below it, and its shots. */
export function summaryLines({ actions, shots }: Summary): string[] {
  const rows = actions.flatMap((one) => [row(cellsOf(one)), ...reasonLines(one)])
  return [
    ...(actions.length === 0 ? ['nothing yet'] : [row(HEAD), ...rows]),
    ...(shots === null ? [] : shotLines(shots)),
  ]
}

/** The first column to the left, numbers to the right. */
function row(cells: readonly string[]): string {
  const [first = '', ...rest] = cells
  return [first.padEnd(WIDTHS[0] ?? 0), ...rest.map((cell, index) => cell.padStart(WIDTHS[index + 1] ?? 0))].join('  ')
}

function cellsOf({ type, seconds, attemptSeconds, ...of }: ActionFigures): string[] {
  const counts = [of.wonByOthers, of.refused, of.wentWrong].map(String)
  return [
    ...[type, String(of.ended), String(of.done), of.rate === null ? '–' : percent(of.rate), ...counts],
    ...spreadCells(seconds),
    ...spreadCells(attemptSeconds),
  ]
}

function spreadCells(spread: Spread | null): string[] {
  return spread === null ? ['–', '–'] : [duration(spread.median), duration(spread.p90)]
}

function reasonLines({ failures, takenBack, expired }: ActionFigures): string[] {
  const reasons = failures.slice(0, REASONS).map(({ kind, count }) => `${kind} ${count}`)
  const left = failures.slice(REASONS).reduce((sum, { count }) => sum + count, 0)
  if (left > 0) reasons.push(`others ${left}`)
  const uncounted = [takenBack > 0 && `taken back ${takenBack}`, expired > 0 && `expired ${expired}`].filter(Boolean)
  const parts = [reasons.join(', '), uncounted.join(', ')].filter((part) => part !== '')
  return parts.length === 0 ? [] : [`  ${parts.join('; ')}`]
}

function shotLines({ count, won, rate, lateMs, answerMs }: ShotFigures): string[] {
  const best = lateMs.best === null ? 'all too early' : `${milliseconds(lateMs.best)} at best`
  return [
    `shots at openings: ${count}, won ${won} (${percent(rate)})`,
    `  there after the opening: ${best}, typically ${milliseconds(lateMs.median)}`,
    `  answered: in ${milliseconds(answerMs.best)} at best, typically ${milliseconds(answerMs.median)}`,
  ]
}

function percent(share: number): string {
  return `${wholePercent(share)}%`
}

function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`
}

function milliseconds(ms: number): string {
  return `${Math.round(ms * 10) / 10} ms`
}
