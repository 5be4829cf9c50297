import type { Database } from '../../db/database.ts'
import type { TryView } from '../../db/plan-tries.ts'
import { findPlanFor, type PlanView } from '../../db/plan-views.ts'
import { listShotsOfActions, type TimedShot } from '../../db/shot-timeline.ts'
import { buttonData } from '../buttons.ts'
import { secondPhrase } from '../dates.ts'
import { escapeHtml, shorten } from '../html.ts'
import type { Person } from '../people.ts'
import { namesIn, whenText } from '../plans/about.ts'
import { barredLine, barredOf } from '../plans/barred-lines.ts'
import { hourText, slotText } from '../plans/words.ts'
import { timelineLines } from '../shot-words.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'

const PAGE_SIZE = 8
const PORTAL_SAYS_LENGTH = 120

/**
 * Every try of a plan with what came of it, and the timeline of its shot; then, once it has ended, where nobody could
 * try, and why. A page of them, the first ones first.
 */
export async function planDetailsScreen(
  db: Database,
  { id: userId, words }: Pick<Person, 'id' | 'words'>,
  planId: number,
  at: number,
): Promise<View | undefined> {
  const plan = await findPlanFor(db.read, userId, planId)
  if (!plan) return undefined
  const { items, page, pages } = pageOf([...plan.tries, ...barredOf(plan)], at, PAGE_SIZE)
  const shots = await listShotsOfActions(
    db.read,
    items.flatMap((item) => ('barred' in item ? [] : [item.actionId])),
  )
  const now = db.clock.now()
  const parts = items.map((item) =>
    'barred' in item ? barredLine(words, plan, item) : tryPart(words, plan, item, shots, now),
  )
  return {
    text: lines(
      `🔍 <b>${escapeHtml(whenText(words, plan, now))}</b>`,
      '',
      parts.length === 0 ? words.html('plan-details-none') : parts.join('\n\n'),
    ),
    buttons: [
      pager(page, pages, (to) => buttonData('plan-details', { plan: planId, page: to })),
      [button(words.text('button-back'), 'plan', { plan: planId })],
    ],
  }
}

function tryPart(
  words: Words,
  plan: PlanView,
  made: TryView,
  shots: readonly TimedShot[],
  now: Temporal.Instant,
): string {
  const own = shots.filter(({ action_id }) => action_id === made.actionId)
  return lines(...tryLines(words, plan, made, now), ...timeline(words, own))
}

/** "13:00 X1 A · Anna: full (13:00:02)" */
function tryLines(words: Words, plan: PlanView, made: TryView, now: Temporal.Instant): string[] {
  const who = namesIn(plan).get(made.account) ?? made.accountName ?? '?'
  const what = `${hourText(made.hour)} ${slotText(made.place, made.option)} · ${who}`
  const time = secondPhrase(words, plan.portal, made.at, now)
  return [
    `<b>${escapeHtml(what)}</b>: ${words.html(`plan-tried-${cameOf(made)}`)} (${escapeHtml(time)})`,
    ...(made.portalSays === null
      ? []
      : [words.html('portal-says', { text: shorten(made.portalSays, PORTAL_SAYS_LENGTH) })]),
  ]
}

function cameOf({ state, cancelling, outcomeUnknown }: TryView) {
  if (state !== 'won') return outcomeUnknown && state !== 'open' ? 'unknown' : state
  return cancelling === null ? 'won' : (`given-${cancelling}` as const)
}

/** The last shot of a try is the one that counts. */
function timeline(words: Words, shots: readonly TimedShot[]): string[] {
  const shot = shots.at(-1)
  return shot ? timelineLines(words, shot) : []
}
