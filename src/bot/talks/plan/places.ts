import type { PlanPlaceChoice } from '../../../db/plan-choices.ts'
import { escapeHtml } from '../../html.ts'
import { type Draft, MOST_ACCOUNTS, USUAL_ACCOUNTS } from '../../plans/draft.ts'
import { planPlacesOf } from '../../plans/portals.ts'
import { numberSign, partText, placeText } from '../../plans/words.ts'
import type { Choice, Talk } from '../../talk.ts'
import { lines } from '../../view.ts'
import { askStep, type Step, wayOf } from './step.ts'

/** The places, in the order in which they are pressed; of each its parts, and how many accounts may try. */
export const askPlaces: Step = async (talk, _known, draft, canGoBack) => {
  const { words } = talk.person
  let places = draft.places
  for (;;) {
    const text = lines(
      words.html('plan-ask-places'),
      places.length > 0 && '',
      ...places.map((choice, index) => `${numberSign(index)} ${escapeHtml(placeText(choice))}`),
    )
    const go = [{ label: words.text('button-plan-next'), choice: 'next' }]
    const choices = [...placeButtons(draft, places), ...(places.length > 0 ? [go] : [])]
    const answer = await askStep(talk, { text, choices, canGoBack })
    const way = wayOf(answer)
    if (way) return way
    const pressed = 'choice' in answer ? answer.choice : ''
    if (pressed === 'next') return { ...draft, places }
    const index = Number(pressed.slice(2))
    if (pressed.startsWith('p.')) places = toggled(draft, places, index)
    const chosen = places[index]
    if (!pressed.startsWith('d.') || !chosen) continue
    const changed = await askDetails(talk, draft, chosen)
    if (changed === 'stop') return 'stop'
    places = places.with(index, changed)
  }
}

/** A row a place: to choose it or take it out again, and what is chosen of it. */
function placeButtons(draft: Draft, places: readonly PlanPlaceChoice[]): Choice[][] {
  return planPlacesOf(draft.portal).map(({ place }, index) => {
    const rank = places.findIndex((one) => one.place === place)
    const chosen = places[rank]
    const label = chosen ? `${numberSign(rank)} ${place}` : place
    const choose = { label, choice: `p.${index}` }
    if (!chosen) return [choose]
    const parts = chosen.options.flatMap((part) => (part === null ? [] : [partText(place, part)]))
    const about = [...(parts.length > 0 ? [parts.join(', ')] : []), `👥 ${chosen.maxAccounts}`].join(' · ')
    return [choose, { label: `⚙️ ${about}`, choice: `d.${rank}` }]
  })
}

function toggled(draft: Draft, places: readonly PlanPlaceChoice[], index: number): readonly PlanPlaceChoice[] {
  const known = planPlacesOf(draft.portal)[index]
  if (!known) return places
  const left = places.filter(({ place }) => place !== known.place)
  if (left.length < places.length) return left
  const { place, options, shared } = known
  return [...places, { place, options: [...options], shared, maxAccounts: USUAL_ACCOUNTS }]
}

/** The parts of one place in order, and how many accounts may try there for one hour. */
async function askDetails(talk: Talk, draft: Draft, before: PlanPlaceChoice): Promise<PlanPlaceChoice | 'stop'> {
  const { words } = talk.person
  const { place } = before
  const options = planPlacesOf(draft.portal).find((one) => one.place === place)?.options ?? []
  let chosen = before
  for (;;) {
    const hasParts = options.length > 1
    const text = lines(
      `<b>${escapeHtml(placeText(chosen))}</b>`,
      '',
      hasParts && words.html('plan-ask-parts'),
      words.html('plan-ask-tries', { n: chosen.maxAccounts }),
    )
    const choices = [...(hasParts ? partButtons(chosen, options) : []), accountButtons(chosen)]
    const answer = await askStep(talk, { text, choices, canGoBack: true })
    const way = wayOf(answer)
    if (way) return way === 'back' ? chosen : 'stop'
    const pressed = 'choice' in answer ? answer.choice : ''
    const index = Number(pressed.slice(2))
    if (pressed.startsWith('n.')) chosen = { ...chosen, maxAccounts: index }
    const part = options[index]
    if (pressed.startsWith('o.') && part !== undefined) chosen = { ...chosen, options: withPart(chosen.options, part) }
  }
}

/** Takes a part out, or puts it last; one has to stay. */
function withPart(options: readonly (string | null)[], part: string | null): (string | null)[] {
  const left = options.filter((one) => one !== part)
  if (left.length === options.length) return [...options, part]
  return left.length > 0 ? left : [...options]
}

function partButtons({ place, options }: PlanPlaceChoice, all: readonly (string | null)[]): Choice[][] {
  return all.map((part, index) => {
    const rank = options.indexOf(part)
    const name = part === null ? place : partText(place, part)
    return [{ label: rank < 0 ? name : `${numberSign(rank)} ${name}`, choice: `o.${index}` }]
  })
}

function accountButtons({ maxAccounts }: PlanPlaceChoice): Choice[] {
  return Array.from({ length: MOST_ACCOUNTS }, (_, index) => {
    const n = index + 1
    return { label: n === maxAccounts ? `👥 ${n} ✓` : `👥 ${n}`, choice: `n.${n}` }
  })
}
