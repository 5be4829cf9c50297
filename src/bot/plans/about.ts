import type { PlanView } from '../../db/plan-views.ts'
import { dayTitle, localNow } from '../dates.ts'
import { portalName } from '../names.ts'
import type { Words } from '../texts.ts'
import { plannablePortals } from './portals.ts'
import { accountNames, hoursText, placeText, slotText, spanText } from './words.ts'

/** "Mon 24 Nov, 13:00–18:00", at the beginning of a line. Plain text, as all of these. */
export function whenText(words: Words, plan: PlanView, now: Temporal.Instant): string {
  return `${dayTitle(words, plan.date, localNow(plan.portal, now).date)}, ${spanText(plan)}`
}

/** "3 hours in a row, or 2", with the site where plans can be made at several. */
export function wishText(words: Words, plan: Pick<PlanView, 'hours' | 'least' | 'portal'>): string {
  const portal = plannablePortals().length > 1 ? [portalName(plan.portal)] : []
  return [hoursText(words, plan), ...portal].join(' · ')
}

/** "X1 (A, B) → X3 (A, B) → Fitness" */
export function placesText({ places }: PlanView): string {
  return places.map(placeText).join(' → ')
}

/** What the accounts of the plan are called, by their ids. */
export function namesIn({ accounts, portal }: PlanView): Map<number, string> {
  return accountNames(accounts, portalName(portal))
}

/** More would not fit one message beside the hours. */
const MOST_NAMES = 12

/** "Anna ✅, Bruno ❔": who has agreed; ⚠️ where the site refuses the login, or its owner has suspended it. */
export function accountsText(plan: PlanView): string {
  const names = namesIn(plan)
  const all = plan.accounts.map((account) => `${names.get(account.accountId) ?? ''} ${signOf(account)}`)
  const more = all.length > MOST_NAMES ? [`+ ${all.length - MOST_NAMES}`] : []
  return [...all.slice(0, MOST_NAMES), ...more].join(', ')
}

function signOf({ consent, usable }: PlanView['accounts'][number]): string {
  switch (consent) {
    case 'accepted':
      return usable ? '✅' : '⚠️'
    case 'asked':
      return '❔'
    case 'refused':
      return '✖️'
  }
}

/** How it ended, in one line; where it stands while it is open. */
export function stateText(words: Words, plan: PlanView): string {
  const { outcome, hours, least } = plan
  if (!outcome && plan.state === 'stopping') return words.text('plan-is-stopping')
  if (!outcome) return words.text(plan.tries.length === 0 ? 'plan-is-waiting' : 'plan-is-open')
  const [first] = outcome.run
  const last = outcome.run.at(-1)
  const span = first && last ? spanText({ from: first.hour, to: last.hour + 1 }) : ''
  switch (outcome.result) {
    case 'full':
      return words.text('plan-is-full', { n: hours, span })
    case 'fewer':
      return words.text('plan-is-fewer', { n: outcome.run.length, of: hours, span })
    case 'failed':
      return words.text('plan-is-failed', { n: least })
    case 'stopped':
      return words.text('plan-is-stopped')
  }
}

/** "13:00 X1 A · Anna" of something won. */
export function wonText(plan: PlanView, won: { hour: number; place: string; option: string; account: number }): string {
  const name = namesIn(plan).get(won.account) ?? '?'
  return `${spanText({ from: won.hour, to: won.hour + 1 }).slice(0, 5)} ${slotText(won.place, won.option)} · ${name}`
}
