import { listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { listRulesOf } from '../../db/periodic-bookings.ts'
import type { RuleRow } from '../../db/schema.ts'
import { buttonData } from '../buttons.ts'
import { weekdayName } from '../dates.ts'
import { escapeHtml, shorten } from '../html.ts'
import { nameOf } from '../names.ts'
import { nextLine, stateSign } from '../rule-words.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'
import { addButton } from './accounts.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 8
const NAME_LENGTH = 28

/** The user's recurring bookings, with where each stands. `news` is what has just happened. */
export async function rulesScreen(
  db: Database,
  words: Words,
  userId: number,
  at: number,
  news?: string,
): Promise<View> {
  const rules = await listRulesOf(db.read, userId)
  const accounts = await listAccountsOf(db.read, userId)
  const add = [button(words.text('button-rule-new'), 'rule-new', {})]
  const { items, page, pages } = pageOf(rules, at, PAGE_SIZE)
  const parts = await Promise.all(
    items.map(async (rule) => {
      const account = accounts.length > 1 ? accounts.find(({ id }) => id === rule.account_id)?.name : undefined
      const tail = account === undefined ? '' : ` · ${escapeHtml(account)}`
      return `${stateSign(rule)} <b>${escapeHtml(titleOfRule(words, rule))}</b>${tail}\n${await nextLine(db, words, rule)}`
    }),
  )
  return {
    text: lines(
      news,
      news && '',
      words.html('rules-title'),
      '',
      rules.length === 0 ? words.html(accounts.length === 0 ? 'no-account' : 'rules-empty') : parts.join('\n\n'),
    ),
    buttons: [
      ...items.map((rule) => [button(`${stateSign(rule)} ${titleOfRule(words, rule)}`, 'rule', { rule: rule.id })]),
      pager(page, pages, (to) => buttonData('rules', { page: to })),
      accounts.length === 0 ? [addButton(words)] : add,
      [menuButton(words)],
    ],
  }
}

/** "Mon 18:00 Yoga" */
function titleOfRule(words: Words, { weekday, time_slot, location, course_name }: RuleRow): string {
  const name = shorten(nameOf({ location, course: course_name }), NAME_LENGTH)
  return `${weekdayName(words, weekday, 'short')} ${time_slot} ${name}`
}
