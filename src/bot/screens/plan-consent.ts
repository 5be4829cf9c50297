import type { Database } from '../../db/database.ts'
import { findPlanFor } from '../../db/plan-views.ts'
import { findUser } from '../../db/users.ts'
import type { ButtonData } from '../buttons.ts'
import { escapeHtml } from '../html.ts'
import type { Person } from '../people.ts'
import { placesText, whenText, wishText } from '../plans/about.ts'
import { button, lines, type View } from '../view.ts'
import { userName } from './users.ts'

/**
 * Asks the owner of an account whether a plan may use it, and shows what they have answered; they may change it until
 * the plan ends. Undefined when it is not their account, or not in the plan any more.
 */
export async function planConsentScreen(
  db: Database,
  { id: userId, words }: Pick<Person, 'id' | 'words'>,
  planId: number,
  accountId: number,
): Promise<View | undefined> {
  const plan = await findPlanFor(db.read, userId, planId)
  const account = plan?.accounts.find((one) => one.accountId === accountId && one.ownerId === userId)
  if (!plan || !account) return undefined
  const name = userName(words, { first_name: (await findUser(db.read, plan.userId))?.first_name ?? '' })
  const { consent } = account
  const isOver = plan.state === 'ended'
  const answer = (how: ButtonData<'plan-answer'>['how']) =>
    button(words.text(`button-plan-${how}`), 'plan-answer', {
      plan: planId,
      account: accountId,
      version: plan.version,
      how,
    })
  return {
    text: lines(
      words.html('plan-consent', { name, account: account.name }),
      '',
      `🎯 <b>${escapeHtml(whenText(words, plan, db.clock.now()))}</b>`,
      `⏱ ${escapeHtml(wishText(words, plan))}`,
      `📍 ${escapeHtml(placesText(plan))}`,
      '',
      consent === 'asked' && !isOver && words.html('plan-consent-about'),
      consent !== 'asked' && words.html(`plan-consent-${consent}`),
      words.html(isOver ? 'plan-consent-over' : 'plan-consent-until'),
    ),
    buttons: [
      isOver ? [] : (['accepted', 'refused'] as const).filter((how) => how !== consent).map(answer),
      [button(words.text('button-plan-show'), 'plan', { plan: planId })],
    ],
  }
}
