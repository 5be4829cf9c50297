import { getAccount } from '../../db/accounts.ts'
import { type Action, type ActionErrorKind, isOpen } from '../../db/actions/action.ts'
import { errorOfAttempt } from '../../db/actions/attempts.ts'
import type { Database } from '../../db/database.ts'
import type { AttemptRow } from '../../db/schema.ts'
import { isUncertain } from '../action-words.ts'
import { buttonData } from '../buttons.ts'
import { momentPhrase } from '../dates.ts'
import { subjectOf } from '../names.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { cardOf } from './action.ts'
import { headLines } from './action-details.ts'
import { errorLines, isOver } from './ended-action.ts'
import { menuButton } from './menu.ts'
import { waitLines } from './open-action.ts'

/** More tries than these would not fit a phone; the newest tell most. */
const TRIES_SHOWN = 8

type Advice = Extract<TextKey, `advice-${string}`>

const ADVICE: Record<ActionErrorKind, Advice> = {
  'slot-full': 'advice-full',
  'already-booked': 'advice-booked',
  'limit-reached': 'advice-make-room',
  overlap: 'advice-make-room',
  'no-subscription': 'advice-subscribe',
  'slot-gone': 'advice-other',
  refused: 'advice-refused',
  'too-late': 'advice-other',
  'not-open-yet': 'advice-later',
  'session-expired': 'advice-again',
  'bad-credentials': 'advice-login',
  'challenge-unanswered': 'advice-answer',
  'portal-down': 'advice-later',
  network: 'advice-again',
  timeout: 'advice-again',
  'rate-limited': 'advice-later',
  blocked: 'advice-later',
  'page-changed': 'advice-on-the-site',
  'worker-lost': 'advice-again',
  expired: 'advice-again',
  internal: 'advice-again',
}

/** Whether the page's picture was kept, and is at hand. */
export type PictureState = 'none' | 'here' | 'gone'

/** What happened to an action, in sentences: what was asked, each try, what the site said, and what can be done. */
export async function whyScreen(
  db: Database,
  words: Words,
  action: Action,
  attempts: readonly AttemptRow[],
  picture: PictureState,
): Promise<View> {
  const now = db.clock.now()
  const account = await getAccount(db.read, action.accountId)
  const moment = (stamp: string) => momentPhrase(words, action.portal, stamp, now)
  return {
    text: lines(
      ...headLines(words, action, account, now),
      words.html('why-asked', { time: moment(action.createdAt) }),
      '',
      ...triesLines(words, action, attempts, moment),
      ...endLines(db, words, action, attempts),
      action.status === 'processing' && words.html('why-at-it'),
      ...(isOpen(action) ? await waitLines(db, words, action, account) : []),
      picture === 'gone' && `\n${words.html('why-picture-gone')}`,
    ),
    buttons: [
      ...(await buttonsOfCard(db, words, action)),
      [button(words.text('button-back'), 'action', { action: action.id }), menuButton(words)],
    ],
  }
}

/** What can be done next, as the card offers it. The cards of what was read are other screens: those stay behind Back. */
async function buttonsOfCard(db: Database, words: Words, action: Action): Promise<Button[][]> {
  if (action.status === 'completed' && !subjectOf(action)) return []
  const { buttons } = await cardOf(db, words, action)
  const elsewhere = [buttonData('why', { action: action.id }), buttonData('menu', {})]
  return buttons.filter((row) => !row.some((one) => 'data' in one && elsewhere.includes(one.data)))
}

function triesLines(
  words: Words,
  { status }: Action,
  attempts: readonly AttemptRow[],
  moment: (stamp: string) => string,
): string[] {
  if (attempts.length === 0)
    return status === 'processing' ? [] : [words.html(status === 'pending' ? 'why-no-try' : 'why-never-tried')]
  const left = attempts.length - TRIES_SHOWN
  return [
    words.html('why-tries', { n: attempts.length }),
    ...(left > 0 ? [words.html('why-tries-left-out', { n: left })] : []),
    ...attempts.slice(-TRIES_SHOWN).map((attempt) => `• ${moment(attempt.started_at)}: ${howItEnded(words, attempt)}`),
  ]
}

function howItEnded(words: Words, attempt: AttemptRow): string {
  const error = errorOfAttempt(attempt)
  return error ? words.html(`error-${error.kind}`) : words.html(`why-try-${attempt.outcome}`)
}

/** What came of it in the end, and what can be done. */
function endLines(db: Database, words: Words, action: Action, attempts: readonly AttemptRow[]): string[] {
  if (action.status === 'cancelled') return ['', words.html('why-taken-back')]
  if (action.status === 'completed') return ['', words.html('why-went-well')]
  if (isOpen(action) || action.error === null) return []
  const { kind } = action.error
  const [reason = '', ...says] = errorLines(words, action.error)
  const last = attempts.at(-1)
  const isTold = last !== undefined && errorOfAttempt(last)?.kind === kind
  return [
    ...(isTold ? [] : [reason]),
    ...says,
    '',
    words.html('why-advice'),
    adviceOf(words, action, kind, db.clock.now()),
  ]
}

function adviceOf(words: Words, action: Action, kind: ActionErrorKind, now: Temporal.Instant): string {
  if (isUncertain(action)) return words.html('uncertain-advice')
  return words.html(isOver(action, now) ? 'advice-over' : ADVICE[kind])
}
