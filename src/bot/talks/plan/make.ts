import { findPlanFor } from '../../../db/plan-views.ts'
import type { Deps } from '../../feature.ts'
import { type Draft, draftOf, emptyDraft, mended } from '../../plans/draft.ts'
import { listHouseAccounts } from '../../plans/house-accounts.ts'
import { plannablePortals } from '../../plans/portals.ts'
import { noAccountScreen } from '../../screens/accounts.ts'
import { plainScreen } from '../../screens/menu.ts'
import type { Talk } from '../../talk.ts'
import { askAccounts } from './accounts.ts'
import { askPlaces } from './places.ts'
import { savePlan } from './save.ts'
import type { Known, Step } from './step.ts'
import { askSummary, PARTS, type Part } from './summary.ts'
import { askDate, askFallback, askHours, askPortal, askWindow } from './when.ts'

/** A new plan, another with the choices of one that was, or other choices for one that has not begun. JSON. */
export type PlanArgs = { how: 'new' } | { how: 'again' | 'change'; planId: number }

type StepName = Part | 'portal'
const STEPS: Record<StepName, Step> = {
  portal: askPortal,
  date: askDate,
  window: askWindow,
  hours: askHours,
  places: askPlaces,
  accounts: askAccounts,
  fallback: askFallback,
}

/** What is asked before the summary, in order. */
const ASKED: Record<PlanArgs['how'], readonly StepName[]> = {
  new: ['portal', 'date', 'window', 'hours', 'places', 'accounts', 'fallback'],
  again: ['date'],
  change: [],
}

/** Question by question to the summary, which leads back to each of them. Nothing is written before its last press. */
export async function makePlan(deps: Deps, talk: Talk, args: PlanArgs): Promise<void> {
  const { words } = talk.person
  const known = await talk.once(() => readKnown(deps, talk.person.id, args))
  const begun = await talk.once(() => firstDraft(deps, talk.person.id, known, args))
  if (begun === 'no-account') return talk.show(noAccountScreen(words))
  if (begun === 'gone') return talk.show(plainScreen(words, words.html('plan-gone')))
  const talking = { deps, talk, known, args, asked: ASKED[args.how] }
  let turn: Turn = { draft: begun, at: nextOf(talking.asked, begun, known, -1), trouble: undefined }
  while (typeof turn === 'object') turn = await takeTurn(talking, turn)
  if (turn === 'stop') await talk.show(plainScreen(words, words.html('talk-left')))
}

type Talking = { deps: Deps; talk: Talk; known: Known; args: PlanArgs; asked: readonly StepName[] }
/** Where to go on: at which question, and why the plan could not be started, as HTML. */
type Turn = { draft: Draft; at: number; trouble: string | undefined } | 'stop' | 'started'

/** The questions that are left, and the summary. */
async function takeTurn(talking: Talking, { draft, at, trouble }: Exclude<Turn, string>): Promise<Turn> {
  const { talk, known, args, asked } = talking
  const whole = await askUpTo(talk, known, asked, draft, at)
  if (whole === 'stop') return 'stop'
  const before = previousOf(asked, whole, known, asked.length)
  const parts = partsOf(args, whole, known)
  const isChange = args.how === 'change'
  const pressed = await askSummary(talk, known, { draft: whole, parts, canGoBack: before >= 0, trouble, isChange })
  return await answerSummary(talking, whole, before, pressed)
}

async function answerSummary(
  { deps, talk, known, args, asked }: Talking,
  draft: Draft,
  before: number,
  pressed: Part | 'start' | 'back' | 'stop',
): Promise<Turn> {
  switch (pressed) {
    case 'stop':
      return 'stop'
    case 'back':
      return { draft, at: before, trouble: undefined }
    case 'start': {
      const trouble = await savePlan(deps, talk, known, draft, args)
      return trouble === undefined ? 'started' : { draft, at: asked.length, trouble }
    }
    default: {
      const changed = await askPart(talk, known, draft, pressed)
      return changed === 'stop' ? 'stop' : { draft: changed, at: asked.length, trouble: undefined }
    }
  }
}

/** Asks from question `at` on until there is none left. */
async function askUpTo(
  talk: Talk,
  known: Known,
  asked: readonly StepName[],
  begun: Draft,
  first: number,
): Promise<Draft | 'stop'> {
  let draft = begun
  let at = first
  for (let name = asked[at]; name !== undefined; name = asked[at]) {
    const before = previousOf(asked, draft, known, at)
    const end = await STEPS[name](talk, known, draft, before >= 0)
    if (end === 'stop') return 'stop'
    if (end === 'back') at = before
    else {
      draft = mended(end)
      at = nextOf(asked, draft, known, at)
    }
  }
  return draft
}

/** Asks for one thing again; going back from it changes nothing. */
async function askPart(talk: Talk, known: Known, draft: Draft, part: Part): Promise<Draft | 'stop'> {
  const end = await STEPS[part](talk, known, draft, true)
  if (end === 'stop') return 'stop'
  return end === 'back' ? draft : mended(end)
}

function nextOf(asked: readonly StepName[], draft: Draft, known: Known, at: number): number {
  const next = asked.findIndex((name, index) => index > at && isOpen(name, draft, known))
  return next < 0 ? asked.length : next
}

function previousOf(asked: readonly StepName[], draft: Draft, known: Known, at: number): number {
  return asked.findLastIndex((name, index) => index < at && isOpen(name, draft, known))
}

/** Whether there is anything to choose. */
function isOpen(name: StepName, draft: Draft, known: Known): boolean {
  switch (name) {
    case 'portal':
      return portalsOf(known).length > 1
    case 'hours':
      return draft.to - draft.from > 1
    case 'fallback':
      return draft.hours > 1
    case 'date':
    case 'window':
    case 'places':
    case 'accounts':
      return true
  }
}

/** The day of a plan stays: another day is another plan. */
function partsOf({ how }: PlanArgs, draft: Draft, known: Known): Part[] {
  return PARTS.filter((part) => isOpen(part, draft, known) && !(part === 'date' && how === 'change'))
}

async function readKnown({ db }: Deps, personId: number, args: PlanArgs): Promise<Known> {
  // A change drops no account by itself, though its owner has suspended it for now.
  const plan = args.how === 'change' ? await findPlanFor(db.read, personId, args.planId) : undefined
  const chosen = plan?.accounts.map(({ accountId }) => accountId)
  return { now: db.clock.now().toString(), accounts: await listHouseAccounts(db, personId, chosen) }
}

function portalsOf({ accounts }: Known): string[] {
  return plannablePortals().flatMap(({ id }) => (accounts.some(({ portal }) => portal === id) ? [id] : []))
}

async function firstDraft(
  { db }: Deps,
  personId: number,
  known: Known,
  args: PlanArgs,
): Promise<Draft | 'no-account' | 'gone'> {
  const [portal] = portalsOf(known)
  if (portal === undefined) return 'no-account'
  if (args.how === 'new') return emptyDraft(portal)
  const plan = await findPlanFor(db.read, personId, args.planId)
  if (plan?.userId !== personId || !portalsOf(known).includes(plan.portal)) return 'gone'
  return draftOf(
    plan,
    known.accounts.map(({ id }) => id),
  )
}
