import type { Row } from './report.ts'

const HEAD = ['what', 'figures', 'budget', '']

/** The rows as a table of plain text. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(({ what, figures, budget = '', ok }) => [what, figures, budget, verdict(ok)])]
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const lines = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].map((line) => line.trimEnd()).join('\n')
}

function verdict(ok: boolean | undefined): string {
  if (ok === undefined) return ''
  return ok ? 'ok' : 'OVER'
}
