import { escapeHtml } from '../../html.ts'
import { accountChoice } from '../../plans/house-accounts.ts'
import { numberSign } from '../../plans/words.ts'
import type { Choice } from '../../talk.ts'
import { lines } from '../../view.ts'
import { askStep, type Step, wayOf } from './step.ts'

/** More buttons than this a message does not take well. */
const MOST_BUTTONS = 40

/** The accounts, in the order in which they are pressed. */
export const askAccounts: Step = async (talk, known, draft, canGoBack) => {
  const { words, id: personId } = talk.person
  const all = known.accounts.filter(({ portal }) => portal === draft.portal).slice(0, MOST_BUTTONS)
  let { accountIds } = draft
  for (;;) {
    const buttons: Choice[][] = all.map((account) => {
      const rank = accountIds.indexOf(account.id)
      const label = accountChoice(account, personId)
      return [{ label: rank < 0 ? label : `${numberSign(rank)} ${label}`, choice: `a.${account.id}` }]
    })
    const names = accountIds.flatMap((id) => all.find((one) => one.id === id) ?? [])
    const text = lines(
      words.html('plan-ask-accounts'),
      all.some(({ ownerId }) => ownerId !== personId) && words.html('plan-others'),
      draft.hours > 1 && words.html('plan-needs', { n: draft.hours }),
      names.length > 0 && '',
      ...names.map((one, index) => `${numberSign(index)} ${escapeHtml(accountChoice(one, personId))}`),
    )
    const go = [{ label: words.text('button-plan-next'), choice: 'next' }]
    const choices = [...buttons, ...(accountIds.length > 0 ? [go] : [])]
    const answer = await askStep(talk, { text, choices, canGoBack })
    const way = wayOf(answer)
    if (way) return way
    const pressed = 'choice' in answer ? answer.choice : ''
    if (pressed === 'next') return { ...draft, accountIds }
    const id = Number(pressed.slice(2))
    accountIds = accountIds.includes(id) ? accountIds.filter((one) => one !== id) : [...accountIds, id]
  }
}
