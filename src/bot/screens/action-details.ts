import { type Account, getAccount } from '../../db/accounts.ts'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { listAttempts, listSteps } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import type { AttemptRow, StepRow } from '../../db/schema.ts'
import { listShotsOfActions } from '../../db/shot-timeline.ts'
import { isUncertain, signOf, stateOf, titleOfAction } from '../action-words.ts'
import { secondPhrase } from '../dates.ts'
import { escapeHtml } from '../html.ts'
import { placeOf, subjectOf } from '../names.ts'
import { timelineLines } from '../shot-words.ts'
import type { Words } from '../texts.ts'
import { lines, type View } from '../view.ts'
import { cardOf } from './action.ts'
import { errorLines } from './ended-action.ts'
import { menuButton } from './menu.ts'
import { stepText, waitLines } from './open-action.ts'

/** The newest lines of the history; more would not fit one message. */
const HISTORY_LINES = 45

/** All about one action: its states with times, its steps, each try, and the result or the error. */
export async function actionDetailsScreen(db: Database, words: Words, action: Action): Promise<View> {
  const now = db.clock.now()
  const account = await getAccount(db.read, action.accountId)
  const card = await cardOf(db, words, action)
  const clock = (stamp: string) => secondPhrase(words, action.portal, stamp, now)
  const subject = subjectOf(action)
  const history = historyLines(
    words,
    action,
    await listSteps(db.read, action.id),
    await listAttempts(db.read, action.id),
    clock,
  )
  return {
    text: lines(
      ...headLines(words, action, account, now),
      words.html('about-state', { state: stateOf(words, action) }),
      ...(action.error === null || isOpen(action) ? [] : errorLines(words, action.error)),
      isUncertain(action) && words.html('uncertain-advice'),
      '',
      words.html('about-asked', { time: clock(action.createdAt) }),
      ...history.slice(-HISTORY_LINES),
      action.completedAt !== null && words.html('about-ended', { time: clock(action.completedAt) }),
      ...(await lastShotLines(db, words, action)),
      '',
      ...(await waitLines(db, words, action, account)),
    ),
    buttons: isOpen(action) ? [...card.buttons, [menuButton(words)]] : subject ? card.buttons : [[menuButton(words)]],
  }
}

/** The timeline of the shot that counted, if it was fired at its opening. */
async function lastShotLines(db: Database, words: Words, { id }: Action): Promise<string[]> {
  const shot = (await listShotsOfActions(db.read, [id])).at(-1)
  return shot ? ['', words.html('shot-title'), ...timelineLines(words, shot)] : []
}

/** What it is about, and where: the first lines of all that is told of one action. */
export function headLines(words: Words, action: Action, account: Account, now: Temporal.Instant): string[] {
  const subject = subjectOf(action)
  const title = `${signOf(action)} <b>#${action.id} ${escapeHtml(titleOfAction(words, action, account.name, now))}</b>`
  return subject ? [title, escapeHtml(placeOf(subject))] : [title]
}

/** The tries, from claim to end, with their steps in the order of time. */
function historyLines(
  words: Words,
  action: Action,
  steps: readonly StepRow[],
  attempts: readonly AttemptRow[],
  clock: (stamp: string) => string,
): string[] {
  const claims = attempts.map((attempt) => attempt.started_at)
  if (action.status === 'processing' && action.startedAt !== null) claims.push(action.startedAt)
  const entries = [
    ...claims.map((at) => ({ at, order: 0, text: historyStep(words, 'claimed', clock(at)) })),
    ...steps.map(({ name, at }) => ({ at, order: 1, text: historyStep(words, name, clock(at)) })),
    ...attempts.map((attempt) => ({ at: attempt.ended_at, order: 2, text: historyAttempt(words, attempt, clock) })),
  ]
  const sorted = entries.toSorted((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1))
  return sorted.map(({ text }) => text).filter((text) => text !== undefined)
}

function historyStep(words: Words, name: string, time: string): string | undefined {
  const text = stepText(words, name)
  return text && `${time} ${text}`
}

function historyAttempt(words: Words, { outcome, ended_at, ms }: AttemptRow, clock: (stamp: string) => string): string {
  const seconds = new Intl.NumberFormat(words.language, { maximumFractionDigits: 1 }).format(ms / 1000)
  const ended = words.html('about-attempt-ended', {
    outcome: words.text(`outcome-${outcome}`),
    duration: `${seconds} s`,
  })
  return `${clock(ended_at)} ${ended}`
}
