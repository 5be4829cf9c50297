import type { Database } from '../../db/database.ts'
import { listPlans, type PlanView } from '../../db/plan-views.ts'
import { buttonData } from '../buttons.ts'
import { escapeHtml } from '../html.ts'
import type { Person } from '../people.ts'
import { stateText, whenText, wishText } from '../plans/about.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 6

/** The person's plans and those that use an account of theirs, newest first. */
export async function plansScreen(
  db: Database,
  { id, words }: Pick<Person, 'id' | 'words'>,
  at: number,
): Promise<View> {
  const now = db.clock.now()
  const { items, page, pages } = pageOf(await listPlans(db.read, id), at, PAGE_SIZE)
  return {
    text: lines(
      words.html('plans-title'),
      '',
      items.length === 0 ? words.html('plan-about') : items.map((plan) => planLines(words, plan, id, now)).join('\n\n'),
    ),
    buttons: [
      ...items.map((plan) => [button(`${signOf(plan)} ${whenText(words, plan, now)}`, 'plan', { plan: plan.id })]),
      pager(page, pages, (to) => buttonData('plans', { page: to })),
      [button(words.text('button-plan-new'), 'plan-new', {})],
      [menuButton(words)],
    ],
  }
}

function planLines(words: Words, plan: PlanView, userId: number, now: Temporal.Instant): string {
  const shared = plan.userId === userId ? '' : ` · ${words.html('plan-shared')}`
  return lines(
    `${signOf(plan)} <b>${escapeHtml(whenText(words, plan, now))}</b>${shared}`,
    escapeHtml(wishText(words, plan)),
    escapeHtml(stateText(words, plan)),
  )
}

function signOf({ outcome }: PlanView): string {
  switch (outcome?.result) {
    case undefined:
      return '🎯'
    case 'full':
    case 'fewer':
      return '✅'
    case 'failed':
      return '❌'
    case 'stopped':
      return '⏹'
  }
}
