import { dayTitle, localNow } from '../../dates.ts'
import { type Draft, MOST_HOURS, mended } from '../../plans/draft.ts'
import { hasBegun } from '../../plans/opening.ts'
import { plannablePortals } from '../../plans/portals.ts'
import { readDate } from '../../plans/read-date.ts'
import { hourText, spanText } from '../../plans/words.ts'
import { readHours } from '../../read-hours.ts'
import type { Talk } from '../../talk.ts'
import { lines } from '../../view.ts'
import { askStep, inRows, type Known, type Step, type StepEnd, wayOf } from './step.ts'

/** A week ahead and today; who plans for later writes the day. */
const DAYS_OFFERED = 8
/** Further ahead than that it is a mistyped year. */
const MOST_DAYS_AHEAD = 90
/** The hours that have a button; others can be written. */
const FIRST_HOUR = 7
const LAST_HOUR = 23

/** The portal, where plans can be made at several. */
export const askPortal: Step = async (talk, known, draft, canGoBack) => {
  const { words } = talk.person
  const hasAccount = (id: string) => known.accounts.some(({ portal }) => portal === id)
  const choices = plannablePortals().flatMap(({ id, name }) => (hasAccount(id) ? [[{ label: name, choice: id }]] : []))
  const text = lines(words.html('plan-new-title'), '', words.html('plan-about'), '', words.html('plan-ask-portal'))
  const answer = await askStep(talk, { text, choices, canGoBack })
  if (!('choice' in answer)) return draft
  return wayOf(answer) ?? { ...draft, portal: answer.choice, places: [], accountIds: [] }
}

/** The day: one of the next ones, or written. */
export const askDate: Step = async (talk, known, draft, canGoBack) => {
  const { words } = talk.person
  const now = Temporal.Instant.from(known.now)
  const { date: today } = localNow(draft.portal, now)
  const days = Array.from({ length: DAYS_OFFERED }, (_, ahead) => after(today, ahead)).filter(
    (date) => !hasBegun({ portal: draft.portal, date }, LAST_HOUR, now),
  )
  const choices = inRows(
    days.map((date) => ({ label: dayTitle(words, date, today), choice: date })),
    2,
  )
  const title = [words.html('plan-new-title'), '', words.html('plan-about'), '']
  for (let trouble = false; ; trouble = true) {
    const question = words.html(trouble ? 'plan-date-again' : 'plan-ask-date')
    const text = lines(...(draft.date === '' ? title : []), question)
    const answer = await askStep(talk, { text, choices, canGoBack, typed: true })
    const way = wayOf(answer)
    if (way) return way
    const date = 'choice' in answer ? answer.choice : readDate(answer.typed, today)
    if (date !== undefined && date >= today && date <= after(today, MOST_DAYS_AHEAD)) return { ...draft, date }
  }
}

function after(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** From when to when: pressed one after the other, or written together, "13-18". */
export const askWindow: Step = async (talk, known, draft, canGoBack) => {
  for (;;) {
    const from = await askFrom(talk, known, draft, canGoBack)
    if (typeof from !== 'number') return from
    const end = await askTo(talk, draft, from)
    if (end !== 'back') return end
  }
}

async function askFrom(talk: Talk, known: Known, draft: Draft, canGoBack: boolean): Promise<number | StepEnd> {
  const { words } = talk.person
  const now = Temporal.Instant.from(known.now)
  const day = dayTitle(words, draft.date, localNow(draft.portal, now).date)
  const isLate = (hour: number) => hasBegun(draft, hour, now)
  const hours = range(FIRST_HOUR, LAST_HOUR).filter((hour) => !isLate(hour))
  for (let trouble = false; ; trouble = true) {
    const text = words.html(trouble ? 'plan-window-again' : 'plan-ask-from', { day })
    const answer = await askStep(talk, { text, choices: hourChoices(hours), canGoBack, typed: true })
    const way = wayOf(answer)
    if (way) return way
    if ('choice' in answer) return Number(answer.choice)
    const window = readWindow(answer.typed)
    if (window && !isLate(window.from)) return withWindow(draft, window.from, window.to)
  }
}

async function askTo(talk: Talk, draft: Draft, from: number): Promise<StepEnd> {
  const { words } = talk.person
  const text = words.html('plan-ask-to', { from: hourText(from) })
  const answer = await askStep(talk, { text, choices: hourChoices(range(from + 1, LAST_HOUR + 1)), canGoBack: true })
  return wayOf(answer) ?? withWindow(draft, from, 'choice' in answer ? Number(answer.choice) : from + 1)
}

function withWindow(draft: Draft, from: number, to: number): Draft {
  return mended({ ...draft, from, to })
}

/** "13-18" or "dalle 13 alle 18", in whole hours; midnight is the end of the day. */
function readWindow(text: string): { from: number; to: number } | undefined {
  const hours = readHours(text)
  if (!hours?.from.endsWith(':00') || !hours.to.endsWith(':00')) return undefined
  const from = Number(hours.from.slice(0, 2))
  const to = Number(hours.to.slice(0, 2)) || 24
  return from < to ? { from, to } : undefined
}

function hourChoices(hours: readonly number[]) {
  return inRows(
    hours.map((hour) => ({ label: hourText(hour), choice: String(hour) })),
    4,
  )
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

/** How many hours in a row. */
export const askHours: Step = async (talk, _known, draft, canGoBack) => {
  const { words } = talk.person
  const most = Math.min(MOST_HOURS, draft.to - draft.from)
  const choices = inRows(
    range(1, most).map((n) => ({ label: words.text('plan-hours-button', { n }), choice: String(n) })),
    2,
  )
  const text = words.html('plan-ask-hours', { span: spanText(draft) })
  const answer = await askStep(talk, { text, choices, canGoBack })
  const hours = 'choice' in answer ? Number(answer.choice) : draft.hours
  return wayOf(answer) ?? { ...draft, hours, least: hours }
}

/** Whether one hour less will do. */
export const askFallback: Step = async (talk, _known, draft, canGoBack) => {
  const { words } = talk.person
  const { hours } = draft
  const choices = [
    [{ label: words.text('button-plan-fewer', { n: hours - 1 }), choice: 'fewer' }],
    [{ label: words.text('button-plan-all', { n: hours }), choice: 'all' }],
  ]
  const text = words.html('plan-ask-fallback', { n: hours, least: hours - 1 })
  const answer = await askStep(talk, { text, choices, canGoBack })
  const accepts = 'choice' in answer && answer.choice === 'fewer'
  return wayOf(answer) ?? { ...draft, least: accepts ? hours - 1 : hours }
}
