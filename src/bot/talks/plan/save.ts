import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../../db/database.ts'
import { findPlan, listPlans, type PlanView } from '../../../db/plan-views.ts'
import { changePlan, createPlan, type PlanRefusal } from '../../../db/plans.ts'
import type { Deps } from '../../feature.ts'
import { stateOfPlan } from '../../plans/cards.ts'
import { type Draft, draftOf } from '../../plans/draft.ts'
import { hasBegun } from '../../plans/opening.ts'
import { plainScreen } from '../../screens/menu.ts'
import { planScreen } from '../../screens/plan.ts'
import type { Talk } from '../../talk.ts'
import type { TextKey } from '../../texts/keys.ts'
import type { PlanArgs } from './make.ts'
import type { Known } from './step.ts'

type Trouble = Extract<TextKey, `plan-cannot-${string}`>
type Saved = { planId: number; news: 'plan-started' | 'plan-changed' | 'plan-begun' } | { trouble: Trouble }

/** Writes the plan down and shows it; undefined, or why that cannot be done, as HTML. */
export async function savePlan(
  deps: Deps,
  talk: Talk,
  known: Known,
  draft: Draft,
  args: PlanArgs,
): Promise<string | undefined> {
  const { words } = talk.person
  const saved = await talk.once(() => write(deps, talk.person.id, known, draft, args))
  if ('trouble' in saved) return words.html(saved.trouble)
  await talk.once(() => followPlan(deps, talk, saved.planId))
  const view = await planScreen(deps.db, talk.person, saved.planId, words.html(saved.news))
  await talk.show(view ?? plainScreen(words, words.html('plan-gone')))
  return undefined
}

/** The message of the talk shows the plan from now on. */
async function followPlan({ db, planCards }: Deps, { person, messageId }: Talk, planId: number): Promise<null> {
  const plan = messageId === undefined ? undefined : await findPlan(db.read, planId)
  if (plan && messageId !== undefined)
    await planCards.show({ planId, userId: person.id, messageId, shown: stateOfPlan(plan) }, plan.userId === person.id)
  return null
}

async function write(
  { db }: Deps,
  userId: number,
  { now: since }: Known,
  draft: Draft,
  args: PlanArgs,
): Promise<Saved> {
  if (hasBegun(draft, draft.to - draft.least, db.clock.now())) return { trouble: 'plan-cannot-late' }
  if (args.how !== 'change') {
    const same = await findSame(db, userId, draft, since)
    if (same) return { planId: same.id, news: 'plan-started' }
    const made = await createPlan(db, { ...draft, userId })
    return made.outcome === 'created' ? { planId: made.planId, news: 'plan-started' } : { trouble: troubleOf(made) }
  }
  const { hours, least, from, to, places, accountIds } = draft
  const { planId } = args
  const changed = await changePlan(db, userId, planId, { hours, least, from, to, places, accountIds })
  switch (changed.outcome) {
    case 'changed':
      return { planId, news: 'plan-changed' }
    case 'begun':
    case 'unknown':
      return { planId, news: 'plan-begun' }
    case 'overlapping':
    case 'unknown-account':
      return { trouble: troubleOf(changed) }
  }
}

/** The plan that this talk has made already, if the process ended before it was noted. */
async function findSame(db: Database, userId: number, draft: Draft, since: string): Promise<PlanView | undefined> {
  const all = draft.accountIds
  return (await listPlans(db.read, userId)).find(
    (plan) =>
      plan.userId === userId &&
      plan.state === 'active' &&
      Temporal.Instant.compare(plan.createdAt, since) >= 0 &&
      isDeepStrictEqual(draftOf(plan, all), draft),
  )
}

function troubleOf({ outcome }: PlanRefusal): Trouble {
  return `plan-cannot-${outcome}`
}
