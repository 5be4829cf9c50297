import type { Account } from '../../db/accounts.ts'
import type { Action } from '../../db/actions/action.ts'
import { listSteps } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import { quietUntil } from '../../db/portal-states.ts'
import type { StepRow } from '../../db/schema.ts'
import { countLiveWorkers } from '../../db/workers.ts'
import { getPortal } from '../../portals/registry.ts'
import { momentPhrase } from '../dates.ts'
import { nameOf, portalName, subjectOf, whenAndWhere } from '../names.ts'
import { TEXTS, type TextKey } from '../texts/keys.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { waitsForAccount } from './accounts.ts'
import { watchCard } from './watch.ts'

/** An action that waits or is being worked on: how far it is, and what it waits for. */
export async function openActionCard(db: Database, words: Words, action: Action, account: Account): Promise<View> {
  if (action.type === 'book' && action.watch) return watchCard(db, words, action, account)
  const subject = subjectOf(action)
  const steps = action.status === 'processing' ? await listSteps(db.read, action.id) : []
  const canTakeBack = action.submittedAt === null && !action.cancelRequested
  return {
    text: lines(
      headOf(words, action, account),
      subject && whenAndWhere(words, action.portal, subject, db.clock.now()),
      '',
      `✓ ${words.html('step-queued', { id: String(action.id) })}`,
      ...(action.status === 'processing' ? stepLines(words, action, steps) : []),
      ...(await waitLines(db, words, action, account)),
      action.cancelRequested && words.html('taking-back'),
    ),
    buttons: canTakeBack ? [[button(words.text('button-take-back'), 'take-back', { action: action.id })]] : [],
  }
}

function headOf(words: Words, action: Action, account: Account): string {
  switch (action.type) {
    case 'book':
      return words.html('open-book', { name: nameOf(action.slot) })
    case 'cancel':
      return words.html('open-cancel', { name: nameOf(action.booking) })
    case 'refresh':
      return words.html('open-refresh', { portal: portalName(action.portal) })
    case 'check':
    case 'sync':
      return words.html(`open-${action.type}`, { account: account.name })
  }
}

/** The steps since the last claim: those done, and the one it is at. Steps this bot has no words for are left out. */
function stepLines(words: Words, action: Action, steps: readonly StepRow[]): string[] {
  const sinceThen = steps.filter(({ attempt, at }) => attempt === action.attempt && at >= (action.startedAt ?? ''))
  const texts = ['claimed', ...sinceThen.map(({ name }) => name)].map((name) => stepText(words, name))
  const known = texts.filter((text) => text !== undefined)
  const once = known.filter((text, index) => text !== known[index - 1])
  return once.map((text, index) => (index === 0 || index < once.length - 1 ? `✓ ${text}` : `▸ ${text}…`))
}

/** The words for a step; undefined when there are none. */
export function stepText(words: Words, name: string): string | undefined {
  const key = `step-${name}`
  return isStepKey(key) ? words.html(key) : undefined
}

type StepKey = Exclude<Extract<TextKey, `step-${string}`>, 'step-queued'>

function isStepKey(key: string): key is StepKey {
  return key in TEXTS && key !== 'step-queued'
}

/** What a pending action waits for, if it is not simply its turn. */
export async function waitLines(db: Database, words: Words, action: Action, account: Account): Promise<string[]> {
  if (action.status !== 'pending') return []
  const now = db.clock.now()
  const moment = (stamp: string) => momentPhrase(words, action.portal, stamp, now)
  const found: (string | undefined)[] = [
    openingLine(words, action, moment, now) ?? retryLine(words, action, moment, now),
  ]
  if (account.state === 'suspended' && action.type !== 'check') found.push(waitsForAccount(words, account))
  const quiet = await quietUntil(db.read, action, now)
  if (quiet !== undefined) found.push(words.html('wait-cooled', { time: moment(quiet) }))
  if ((await countLiveWorkers(db)) === 0) found.push(words.html('wait-no-worker'))
  return found.filter((line) => line !== undefined)
}

/** A class that is not open yet: when it will be. */
function openingLine(
  words: Words,
  action: Action,
  moment: (stamp: string) => string,
  now: Temporal.Instant,
): string | undefined {
  if (action.type !== 'book' || (action.error !== null && action.error.kind !== 'not-open-yet')) return undefined
  const opening = getPortal(action.portal).opening(action.slot)
  return Temporal.Instant.compare(opening, now) > 0
    ? words.html('wait-opens', { opens: moment(opening.toString()) })
    : undefined
}

function retryLine(
  words: Words,
  { error, runAt }: Action,
  moment: (stamp: string) => string,
  now: Temporal.Instant,
): string | undefined {
  if (error === null || Temporal.Instant.compare(Temporal.Instant.from(runAt), now) <= 0) return undefined
  if (error.kind === 'not-open-yet') return words.html('wait-opens', { opens: moment(runAt) })
  return `${words.html(`error-${error.kind}`)} ${words.html('wait-retry', { time: moment(runAt) })}`
}
