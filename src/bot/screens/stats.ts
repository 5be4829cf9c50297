import { wholePercent } from '../../core/percent.ts'
import type { Database } from '../../db/database.ts'
import { type AccountStatistics, type PortalStatistics, readStatistics } from '../../db/statistics/read.ts'
import { buttonData } from '../buttons.ts'
import { escapeHtml } from '../html.ts'
import { accountLabel, portalName } from '../names.ts'
import type { Person } from '../people.ts'
import { actionLines, missedLine, rateLine, shotLines, shotsLine, timeLine } from '../stats-lines.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, pageOf, pager, type View } from '../view.ts'
import { noAccountScreen } from './accounts.ts'
import { menuButton } from './menu.ts'
import { userName } from './users.ts'

const PERIODS = [7, 30, 90] as const
const PAGE_SIZE = 8

type Viewer = Pick<Person, 'id' | 'isOwner' | 'words'>

/** How well it went in the last days, a portal at a time, with a button for each account: the owner's for all of them. */
export async function statsScreen(db: Database, viewer: Viewer, days: number, wanted: number): Promise<View> {
  const { id: userId, isOwner, words } = viewer
  const scope = isOwner ? 'everybody' : { userId }
  const { portals } = await readStatistics(db.read, scope, days, db.clock.now())
  if (portals.length === 0) return noAccountScreen(words)
  const accounts = portals.flatMap((portal) => portal.accounts)
  const { items, page, pages } = pageOf(accounts, wanted, PAGE_SIZE)
  return {
    text: lines(
      words.html('stats-title'),
      words.html('stats-period', { days }),
      '',
      ...portals.flatMap((portal) => [portalLines(words, portal), '']),
    ),
    buttons: [
      ...items.map((account) => [accountButton(viewer, account, days)]),
      pager(page, pages, (to) => buttonData('stats', { days, page: to })),
      PERIODS.map((period) => button(periodLabel(words, period, days), 'stats', { days: period, page: 0 })),
      [menuButton(words)],
    ],
  }
}

/** In short: what people asked for. What the house reads for itself stands with each account. */
function portalLines(words: Words, { portal, actions, shots }: PortalStatistics): string {
  const told = actions.filter(({ type }) => type === 'book' || type === 'cancel')
  const isEmpty = told.length === 0 && shots === null
  return lines(
    `<b>${escapeHtml(portalName(portal))}</b>`,
    ...told.map((figures) =>
      figures.type === 'book'
        ? lines(rateLine(words, figures), missedLine(words, figures), timeLine(words, figures))
        : rateLine(words, figures),
    ),
    shots !== null && shotsLine(words, shots),
    isEmpty && words.html(actions.length === 0 ? 'stats-nothing' : 'stats-no-bookings'),
  )
}

/** All about one account; undefined when it is gone. Who asks for it has been let in before. */
export async function accountStatsScreen(
  db: Database,
  viewer: Viewer,
  accountId: number,
  days: number,
): Promise<View | undefined> {
  const { words } = viewer
  const { portals } = await readStatistics(db.read, { accountId }, days, db.clock.now())
  const account = portals[0]?.accounts[0]
  if (!account) return undefined
  const { actions, shots } = account
  return {
    text: lines(
      words.html('stats-account-title', { account: labelOf(viewer, account) }),
      words.html('stats-period', { days }),
      '',
      ...actions.flatMap((figures) => [actionLines(words, figures), '']),
      shots !== null && shotLines(words, shots),
      actions.length === 0 && shots === null && words.html('stats-nothing'),
    ),
    buttons: [
      PERIODS.map((period) =>
        button(periodLabel(words, period, days), 'stats-of', { days: period, account: accountId }),
      ),
      [button(words.text('button-back'), 'stats', { days, page: 0 }), menuButton(words)],
    ],
  }
}

function accountButton(viewer: Viewer, account: AccountStatistics, days: number): Button {
  const label = labelOf(viewer, account)
  const rate = account.actions.find(({ type }) => type === 'book')?.rate ?? null
  const { words } = viewer
  const text =
    rate === null
      ? words.text('button-account', { account: label })
      : words.text('button-stats-account', { account: label, percent: wholePercent(rate) })
  return button(text, 'stats-of', { days, account: account.id })
}

/** What it is called, and whose it is where it is not the viewer's own. */
function labelOf({ id, words }: Viewer, account: AccountStatistics): string {
  const label = accountLabel(account)
  return account.userId === id ? label : `${label} · ${userName(words, { first_name: account.userName })}`
}

function periodLabel(words: Words, period: number, chosen: number): string {
  const label = words.text('button-stats-days', { n: period })
  return period === chosen ? `• ${label}` : label
}
