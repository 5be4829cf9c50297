import type { Database } from '../../db/database.ts'
import { findPlanFor, type PlanView } from '../../db/plan-views.ts'
import { findUser } from '../../db/users.ts'
import { escapeHtml } from '../html.ts'
import type { Person } from '../people.ts'
import { accountsText, namesIn, placesText, stateText, whenText, wishText, wonText } from '../plans/about.ts'
import { barredOf } from '../plans/barred-lines.ts'
import { hourLines } from '../plans/hour-lines.ts'
import { leftoversFor } from '../plans/leftovers.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { userName } from './users.ts'

type Viewer = Pick<Person, 'id' | 'words'>

/**
 * A plan as it stands, for who made it or owns an account in it: hour by hour, and what can be done. Undefined for
 * everybody else. `news` is what has just happened, HTML.
 */
export async function planScreen(
  db: Database,
  viewer: Viewer,
  planId: number,
  news?: string,
): Promise<View | undefined> {
  const plan = await findPlanFor(db.read, viewer.id, planId)
  if (!plan) return undefined
  const { words } = viewer
  const now = db.clock.now()
  const isMaker = plan.userId === viewer.id
  const maker = isMaker ? undefined : await makerName(db, words, plan)
  return {
    text: lines(
      news,
      news && '',
      `🎯 <b>${escapeHtml(whenText(words, plan, now))}</b>`,
      maker && words.html('plan-of', { name: maker }),
      `⏱ ${escapeHtml(wishText(words, plan))}`,
      `📍 ${escapeHtml(placesText(plan))}`,
      `👥 ${escapeHtml(accountsText(plan))}`,
      '',
      plan.state !== 'active' && `<b>${escapeHtml(stateText(words, plan))}</b>`,
      ...hourLines({ words, plan, names: namesIn(plan), now }),
      '',
      ...adviceLines(words, plan, viewer.id, now),
    ),
    buttons: [
      ...leftoverButtons(words, plan, viewer.id, now),
      ...(isMaker ? makerButtons(words, plan) : ownerButtons(words, plan, viewer.id)),
      ...lastButtons(words, plan),
    ],
  }
}

async function makerName(db: Database, words: Words, { userId }: PlanView): Promise<string> {
  return userName(words, { first_name: (await findUser(db.read, userId))?.first_name ?? '' })
}

/** Who is waited for, what cannot work, and what is left to be decided. */
function adviceLines(words: Words, plan: PlanView, viewerId: number, now: Temporal.Instant): string[] {
  if (plan.state === 'ended') {
    const theirs = leftoversFor(plan, viewerId, 'owner-only', now)
    return [
      ...(leftoversFor(plan, viewerId, 'yes', now).length > 0 ? [words.html('plan-leftovers')] : []),
      ...theirs.map((won) => words.html('plan-left-theirs', { what: wonText(plan, won) })),
    ]
  }
  const asked = plan.accounts.filter(({ consent }) => consent === 'asked').map(({ ownerName }) => ownerName)
  const usable = plan.accounts.filter((account) => account.usable).length
  return [
    ...(asked.length > 0 ? [words.html('plan-waits-for', { names: [...new Set(asked)].join(', ') })] : []),
    ...(usable * plan.places.length < plan.least ? [words.html('plan-too-few', { n: usable })] : []),
  ]
}

function makerButtons(words: Words, plan: PlanView): Button[][] {
  const { id } = plan
  const change = button(words.text('button-plan-change'), 'plan-change', { plan: id })
  const stop = button(words.text('button-plan-stop'), 'plan-ask-stop', { plan: id })
  switch (plan.state) {
    case 'active':
      return plan.tries.length === 0 ? [[change, stop]] : [[stop]]
    case 'stopping':
      return []
    case 'ended':
      return [[button(words.text('button-plan-again'), 'plan-again', { plan: id })]]
  }
}

function leftoverButtons(words: Words, plan: PlanView, viewerId: number, now: Temporal.Instant): Button[][] {
  return leftoversFor(plan, viewerId, 'yes', now).map((won) => [
    button(words.text('button-plan-cancel', { what: wonText(plan, won) }), 'plan-left', {
      plan: plan.id,
      try: won.id,
    }),
  ])
}

/** For each of their accounts the way to the question. */
function ownerButtons(words: Words, plan: PlanView, userId: number): Button[][] {
  if (plan.state === 'ended') return []
  return plan.accounts
    .filter(({ ownerId }) => ownerId === userId)
    .map(({ accountId, name }) => [
      button(words.text('button-plan-consent', { account: name }), 'plan-consent', {
        plan: plan.id,
        account: accountId,
      }),
    ])
}

function lastButtons(words: Words, plan: PlanView): Button[][] {
  const details = [button(words.text('button-plan-details'), 'plan-details', { plan: plan.id, page: 0 })]
  const hasDetails = plan.tries.length > 0 || barredOf(plan).length > 0
  return [[...(hasDetails ? details : []), button(words.text('button-plans-back'), 'plans', { page: 0 })]]
}

/** Asks whether a plan is to be stopped; undefined when it is not theirs, or has ended. */
export async function askStopScreen(db: Database, { id, words }: Viewer, planId: number): Promise<View | undefined> {
  const plan = await findPlanFor(db.read, id, planId)
  if (plan?.userId !== id || plan.state !== 'active') return undefined
  return {
    text: lines(
      words.html('plan-ask-stop', { when: whenText(words, plan, db.clock.now()) }),
      words.html('plan-stop-about'),
    ),
    buttons: [
      [button(words.text('button-plan-stop-yes'), 'plan-stop', { plan: planId })],
      [button(words.text('button-plan-stop-no'), 'plan', { plan: planId })],
    ],
  }
}
