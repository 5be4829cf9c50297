import { UserError } from '../../core/errors.ts'
import type { House } from '../../db/open-house.ts'
import { type AccountStatistics, readStatistics, type Statistics, type Summary } from '../../db/statistics/read.ts'
import { findPortal } from '../../portals/registry.ts'
import type { Answer } from '../answer.ts'
import { moment } from '../queue/words.ts'
import { summaryLines } from './lines.ts'

/** Longer than anything is kept. */
const MOST_DAYS = 3650

const LEGEND = [
  'rate: done, of done, lost (won by others), refused (the site said no) and wrong. What was taken',
  'back, or expired, does not count. took: from asking, or the opening, to the end; try: only the',
  'attempt that did it. Of each the median, and what nine in ten did not exceed.',
]

/** `stats`: how well it went in the last days, by portal, account and kind of action. */
export async function stats({ db, config }: House, days: number): Promise<Answer> {
  if (days > MOST_DAYS) throw new UserError(`--days ${days} is more than ${MOST_DAYS}: nothing is kept for that long.`)
  const now = db.clock.now()
  const statistics = await readStatistics(db.read, 'everybody', days, now)
  const kept = config.keep.days
  return {
    json: { days, ...statistics },
    lines: [
      `The last ${days === 1 ? 'day' : `${days} days`}, since ${moment(statistics.since, now)}`,
      ...(days > kept ? [`Only ${kept} days are kept (keep.days).`] : []),
      ...linesOf(statistics),
    ],
  }
}

function linesOf({ portals }: Statistics): string[] {
  if (portals.length === 0) return ['', 'There is no account yet. Add one with ./bookwright setup.']
  const blocks = portals.flatMap(({ portal, accounts, ...all }) => [
    ...(accounts.length > 1 ? [block(`${nameOf(portal)}, all ${accounts.length} accounts`, all)] : []),
    ...accounts.map((account) => block(titleOf(account), account)),
  ])
  const hasAny = portals.some(({ actions }) => actions.length > 0)
  return [...blocks.flat(), ...(hasAny ? ['', ...LEGEND] : [])]
}

function block(title: string, summary: Summary): string[] {
  return ['', title, ...summaryLines(summary).map((line) => `  ${line}`)]
}

function titleOf({ portal, name, userId, userName }: AccountStatistics): string {
  return `${nameOf(portal)}, ${name}, of ${userName === '' ? `user ${userId}` : `${userName} (${userId})`}`
}

function nameOf(portal: string): string {
  return findPortal(portal)?.name ?? portal
}
