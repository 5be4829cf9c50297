import { stringify } from 'csv-stringify/sync'
import { toStamp } from '../core/clock.ts'
import type { Account } from '../db/accounts.ts'
import { titleOf } from '../portals/match.ts'
import type { HistoryEntry, HistoryFilter, Outcome } from './history.ts'
import { portalName } from './names.ts'
import type { Language, Words } from './texts.ts'

/** One entry as it is exported; the columns of the CSV are these fields in this order. docs/history.md explains them. */
type Row = {
  /** The number of the request; null for what was booked on the site itself. */
  request: number | null
  asked_for: 'book' | 'cancel' | null
  outcome: Outcome
  name: string
  location: string
  /** On the portal's calendar and clock. */
  date: string
  start: string
  end: string | null
  account: string
  portal: string
  /** Instants in UTC. */
  asked_at: string | null
  ended_at: string | null
  /** The kind of the error, and the sentence that people read. */
  reason: string | null
  reason_text: string | null
  site_says: string | null
}

export type HistoryExport = {
  entries: readonly HistoryEntry[]
  accounts: readonly Account[]
  filter: HistoryFilter
  /** Whose entries they are, if not everybody's. */
  account: Account | undefined
  isCut: boolean
  now: Temporal.Instant
}

/** Excel splits at the list separator of its own language. */
const DELIMITER: Record<Language, string> = { it: ';', en: ',' }

/** A table for Excel: UTF-8 with its mark, and no cell that a spreadsheet would take for a formula. */
export function historyAsCsv(words: Words, { entries, accounts }: HistoryExport): string {
  const rows = entries.map((entry) => rowOf(words, entry, accounts))
  return stringify(rows, {
    header: true,
    columns: COLUMNS,
    bom: true,
    escape_formulas: true,
    delimiter: DELIMITER[words.language],
    record_delimiter: 'windows',
  })
}

/** The same as JSON, with what was asked for. */
export function historyAsJson(words: Words, { entries, accounts, filter, account, isCut, now }: HistoryExport): string {
  const head = { made_at: toStamp(now), filter, account: account?.name ?? null, complete: !isCut }
  return `${JSON.stringify({ ...head, entries: entries.map((entry) => rowOf(words, entry, accounts)) }, null, 2)}\n`
}

const COLUMNS: (keyof Row)[] = [
  ...(['request', 'asked_for', 'outcome', 'name', 'location', 'date', 'start', 'end'] as const),
  ...(['account', 'portal', 'asked_at', 'ended_at', 'reason', 'reason_text', 'site_says'] as const),
]

function rowOf(
  words: Words,
  { action, outcome, dated, accountId, portal }: HistoryEntry,
  accounts: readonly Account[],
): Row {
  const error = action?.status === 'completed' ? null : (action?.error ?? null)
  return {
    request: action?.id ?? null,
    asked_for: action?.type === 'book' || action?.type === 'cancel' ? action.type : null,
    outcome,
    name: oneLine(titleOf(dated)),
    location: oneLine(dated.location),
    date: dated.date,
    start: dated.start,
    end: dated.end,
    account: accounts.find(({ id }) => id === accountId)?.name ?? '',
    portal: portalName(portal),
    asked_at: action?.createdAt ?? null,
    ended_at: action?.completedAt ?? null,
    reason: error?.kind ?? null,
    reason_text: error && words.text(`error-${error.kind}`),
    site_says: error?.portalSays === undefined ? null : oneLine(error.portalSays),
  }
}

/** Blanks at the front would hide a formula from the guard, and not from every spreadsheet. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
