import { dayTitle, localNow, momentPhrase } from '../../dates.ts'
import { escapeHtml } from '../../html.ts'
import { wishText } from '../../plans/about.ts'
import { type Draft, mostHoursOf } from '../../plans/draft.ts'
import { accountChoice, type HouseAccount } from '../../plans/house-accounts.ts'
import { openingOf } from '../../plans/opening.ts'
import { numberSign, placeText, spanText } from '../../plans/words.ts'
import type { Choice, Talk } from '../../talk.ts'
import type { Words } from '../../texts.ts'
import { lines } from '../../view.ts'
import { askStep, inRows, type Known } from './step.ts'

/** What can be changed from the summary. */
export const PARTS = ['date', 'window', 'hours', 'places', 'accounts', 'fallback'] as const
export type Part = (typeof PARTS)[number]

type Summary = {
  draft: Draft
  parts: readonly Part[]
  canGoBack: boolean
  trouble: string | undefined
  isChange: boolean
}

/** Shows the whole plan and what it needs; HTML of `trouble` above it says why it could not be started. */
export async function askSummary(
  talk: Talk,
  known: Known,
  { draft, parts, canGoBack, trouble, isChange }: Summary,
): Promise<Part | 'start' | 'back' | 'stop'> {
  const { words } = talk.person
  const isHopeless = mostHoursOf(draft) < draft.least
  const start: Choice[][] = isHopeless
    ? []
    : [[{ label: words.text(isChange ? 'button-save' : 'button-plan-start'), choice: 'start' }]]
  const changes = inRows(
    parts.map((part) => ({ label: words.text(`button-plan-${part}`), choice: part })),
    2,
  )
  const text = lines(
    trouble,
    trouble && '',
    words.html(isChange ? 'plan-change-title' : 'plan-summary-title'),
    '',
    ...draftLines(words, known, talk.person.id, draft),
    '',
    ...needLines(words, known, talk.person.id, draft),
  )
  const answer = await askStep(talk, { text, choices: [...start, ...changes], canGoBack })
  const pressed = 'choice' in answer ? answer.choice : 'stop'
  if (pressed === 'start' || pressed === 'back') return pressed
  return parts.find((part) => part === pressed) ?? 'stop'
}

function draftLines(words: Words, known: Known, personId: number, draft: Draft): string[] {
  const { date: today } = localNow(draft.portal, Temporal.Instant.from(known.now))
  const names = chosenAccounts(known, draft).map((account) => accountChoice(account, personId))
  return [
    `📅 <b>${escapeHtml(dayTitle(words, draft.date, today))}, ${spanText(draft)}</b>`,
    `⏱ ${escapeHtml(wishText(words, draft))}`,
    ...draft.places.map((choice, index) => {
      const tries = words.html('plan-tries', { n: Math.min(choice.maxAccounts, draft.accountIds.length) })
      return `${numberSign(index)} ${escapeHtml(placeText(choice))}: ${tries}`
    }),
    `👥 ${escapeHtml(names.join(', '))}`,
  ]
}

function chosenAccounts(known: Known, { accountIds }: Draft): HouseAccount[] {
  return accountIds.flatMap((id) => known.accounts.find((account) => account.id === id) ?? [])
}

/** When it begins, whether the accounts suffice, and who has to agree. */
function needLines(words: Words, known: Known, personId: number, draft: Draft): string[] {
  const others = chosenAccounts(known, draft).filter(({ ownerId }) => ownerId !== personId)
  const names = [...new Set(others.map(({ ownerName }) => ownerName))].join(', ')
  return [
    openingLine(words, Temporal.Instant.from(known.now), draft),
    ...enoughLine(words, draft),
    ...(names === '' ? [] : [words.html('plan-asks', { names })]),
  ]
}

function openingLine(words: Words, now: Temporal.Instant, draft: Draft): string {
  const [first] = draft.places
  const opening = first && openingOf(draft, first.place, draft.from)
  if (!first || !opening || Temporal.Instant.compare(opening, now) <= 0)
    return words.html('plan-opens-now', { place: first?.place ?? '' })
  return words.html('plan-opens', { place: first.place, opens: momentPhrase(words, draft.portal, opening, now) })
}

/** An account holds one hour a place and day: N hours in one place need N accounts. */
function enoughLine(words: Words, draft: Draft): string[] {
  const { hours, least, accountIds, places } = draft
  const most = mostHoursOf(draft)
  if (most < least) return [words.html('plan-hopeless', { n: accountIds.length, places: places.length, most })]
  if (most < hours) return [words.html('plan-only-fewer', { n: accountIds.length, places: places.length, most })]
  if (accountIds.length >= hours) return []
  return [words.html('plan-spread', { n: accountIds.length, hours })]
}
