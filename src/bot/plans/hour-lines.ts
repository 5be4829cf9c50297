import { leftoversOf } from '../../db/plan-leftovers.ts'
import type { TryView } from '../../db/plan-tries.ts'
import type { PlanView } from '../../db/plan-views.ts'
import { isHeld } from '../../planner/plan/accounts.ts'
import type { Outcome, TryEnd } from '../../planner/plan/types.ts'
import { momentPhrase } from '../dates.ts'
import { escapeHtml } from '../html.ts'
import type { Words } from '../texts.ts'
import { hasBegun, openingOf } from './opening.ts'
import { hourText, slotText } from './words.ts'

type StoryLine = Outcome['story'][number]

/** What the lines are made with. `names`: what the accounts are called, by their ids. */
type Telling = { words: Words; plan: PlanView; names: ReadonlyMap<number, string>; now: Temporal.Instant }

/** One line an hour of the window: what is held, what is tried by whom, why it was lost, or when it opens. HTML. */
export function hourLines(telling: Telling): string[] {
  const { plan } = telling
  return Array.from({ length: plan.to - plan.from }, (_, index) => {
    const hour = plan.from + index
    return `${hourText(hour)} ${escapeHtml(hourLine(telling, hour))}`
  })
}

function hourLine(telling: Telling, hour: number): string {
  const { words, plan, now } = telling
  const tries = plan.tries.filter((made) => made.hour === hour)
  const story = plan.outcome?.story.find((line) => line.hour === hour)
  const held = tries.filter(isHeld)
  if (held.length > 0) return heldText(telling, held)
  const given = tries.findLast(({ state }) => state === 'won')
  if (given) {
    const is = given.cancelling === 'done' ? 'done' : 'open'
    return `↩️ ${words.text(`plan-given-${is}`, { slot: triedText(telling, given) })}`
  }
  if (tries.length > 0) return triedLine(telling, hour, tries, story)
  if (story) return storyText(telling, story)
  if (plan.state === 'stopping') return `➖ ${words.text('plan-hour-stopped')}`
  if (hasBegun(plan, hour, now)) return `➖ ${words.text('plan-hour-over')}`
  return `⏳ ${opensText(telling, plan.places[0]?.place ?? '', hour)}`
}

/** What is kept, and what is left over beside it. */
function heldText(telling: Telling, held: readonly TryView[]): string {
  const left = leftoversOf(telling.plan)
  const texts = held.map((made) => {
    const slot = triedText(telling, made)
    return left.includes(made) ? telling.words.text('plan-left-over', { slot }) : slot
  })
  return `${held.every((made) => left.includes(made)) ? '🔸' : '✅'} ${texts.join(', ')}`
}

/** "X1 A · Anna" */
function triedText({ names }: Pick<Telling, 'names'>, { place, option, account, accountName }: TryView): string {
  return `${slotText(place, option)} · ${names.get(account) ?? accountName ?? '?'}`
}

/** Place after place as they were tried: "🔴 X1 full → X3 full → …". */
function triedLine(telling: Telling, hour: number, tries: readonly TryView[], story: StoryLine | undefined): string {
  const { plan } = telling
  const parts = plan.places.flatMap(({ place }) => {
    const here = tries.filter((made) => made.place === place)
    if (here.length > 0) return [placeText(telling, hour, place, here)]
    const line = story?.places.find((one) => one.place === place)
    return line && line.barred.length > 0 ? [barredText(telling, line)] : []
  })
  const isOpen = tries.some(({ state }) => state === 'open')
  const goesOn = !isOpen && plan.state === 'active' && tries.at(-1)?.place !== plan.places.at(-1)?.place
  return `${isOpen ? '🎯' : '🔴'} ${[...parts, ...(goesOn ? ['…'] : [])].join(' → ')}`
}

/** Why a place was lost, what says most first; the details tell of each try. */
const REASONS = [
  'taken',
  'limit',
  'overlap',
  'no-subscription',
  'refused',
  'auth-failed',
  'failed',
  'stopped',
] as const satisfies readonly TryEnd[]

function placeText(telling: Telling, hour: number, place: string, tries: readonly TryView[]): string {
  const { words, plan, now } = telling
  const open = tries.filter(({ state }) => state === 'open')
  if (open.length > 0) {
    const who = open.map((made) => triedText(telling, made)).join(', ')
    const isAhead = Temporal.Instant.compare(openingOf(plan, place, hour), now) > 0
    return isAhead ? `${who}, ${opensText(telling, place, hour)}` : who
  }
  const named = { place: slotText(place, '') }
  if (tries.some(({ outcomeUnknown }) => outcomeUnknown)) return words.text('plan-try-unknown', named)
  const why = REASONS.find((reason) => tries.some(({ state }) => state === reason)) ?? 'failed'
  return words.text(`plan-try-${why}`, named)
}

function opensText({ words, plan, now }: Telling, place: string, hour: number): string {
  const opening = openingOf(plan, place, hour)
  return Temporal.Instant.compare(opening, now) > 0
    ? words.text('plan-hour-opens', { opens: momentPhrase(words, plan.portal, opening, now) })
    : words.text('plan-hour-open')
}

/** An hour for which nothing was tried. */
function storyText(telling: Telling, line: StoryLine): string {
  const { words } = telling
  switch (line.came) {
    case 'needless':
      return `➖ ${words.text('plan-hour-needless')}`
    case 'hopeless':
      return `➖ ${words.text('plan-hour-hopeless')}`
    case 'stopped':
      return `➖ ${words.text('plan-hour-stopped')}`
    case 'run':
    case 'leftover':
    case 'given-up':
      // It had begun before anything could be tried.
      if (line.places.length === 0) return `➖ ${words.text('plan-hour-over')}`
      return `🔴 ${line.places.map((place) => barredText(telling, place)).join(' → ')}`
  }
}

/** Why nobody could try there: what holds for all, or else only that; the details tell of each. */
function barredText({ words }: Telling, { place, barred }: StoryLine['places'][number]): string {
  const [first = 'unusable', ...others] = new Set(barred.map(({ why }) => why))
  const why = others.length === 0 ? first : 'mixed'
  return words.text(`plan-barred-${why}`, { place: slotText(place, '') })
}
