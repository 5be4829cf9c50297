import { listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { findRuleOf } from '../../db/periodic-bookings.ts'
import type { RuleRow } from '../../db/schema.ts'
import { dayPhrase, localNow, timeSpan, weekdayWithin } from '../dates.ts'
import { escapeHtml } from '../html.ts'
import { nameOf, placeOf } from '../names.ts'
import { lastLine, nextLine } from '../rule-words.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { waitsForAccount } from './accounts.ts'
import { menuButton } from './menu.ts'

const MODES = ['ask', 'automatic', 'book-then-ask'] as const
/** For how many weeks a rule is paused at a press; 0: until it is resumed. */
const PAUSE_WEEKS = [1, 2, 4, 0] as const

/** One recurring booking with all that can be done; undefined for anybody else's. `news` is what has just happened. */
export async function ruleScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
  news?: string,
): Promise<View | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return undefined
  const accounts = await listAccountsOf(db.read, userId)
  const account = accounts.find((one) => one.id === rule.account_id)
  return {
    text: lines(
      news,
      news && '',
      `🔄 <b>${escapeHtml(nameOf({ location: rule.location, course: rule.course_name }))}</b>`,
      whenOfRule(words, rule),
      accounts.length > 1 && account && words.html('rule-account', { account: account.name }),
      '',
      words.html(`mode-${rule.mode}`),
      await nextLine(db, words, rule),
      await lastLine(db, words, rule),
      account?.state === 'suspended' && waitsForAccount(words, account),
    ),
    buttons: [
      ...stateButtons(words, rule),
      [
        button(words.text('button-rule-mode'), 'rule-modes', { rule: id }),
        ...(rule.mode === 'automatic' ? [] : [button(words.text('button-rule-times'), 'rule-times', { rule: id })]),
      ],
      [button(words.text('button-rule-delete'), 'rule-ask-delete', { rule: id })],
      [button(words.text('button-back'), 'rules', { page: 0 }), menuButton(words)],
    ],
  }
}

/** "Every Monday, 18:00–19:00 · Giuriati", as HTML. */
export function whenOfRule(words: Words, { weekday, time_slot, end_time, location, course_name }: RuleWhen): string {
  const day = weekdayWithin(words, weekday)
  const when = words.html('rule-every', { day, time: timeSpan(time_slot, end_time) })
  const place = placeOf({ location, course: course_name })
  return place === '' ? when : `${when} · ${escapeHtml(place)}`
}

type RuleWhen = Pick<RuleRow, 'weekday' | 'time_slot' | 'end_time' | 'location' | 'course_name'>

function stateButtons(words: Words, { id, state }: RuleRow): Button[][] {
  if (state === 'paused') return [[button(words.text('button-rule-resume'), 'rule-resume', { rule: id })]]
  return [
    [
      button(words.text('button-rule-skip'), 'rule-skip', { rule: id }),
      button(words.text('button-rule-pause'), 'rule-pauses', { rule: id }),
    ],
  ]
}

/** How the rule may go about it. */
export async function modesScreen(db: Database, words: Words, userId: number, id: number): Promise<View | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return undefined
  return {
    text: lines(words.html('modes-title'), '', ...MODES.map((mode) => words.html(`mode-${mode}`))),
    buttons: [
      ...MODES.map((mode) => [
        button(`${words.text(`button-mode-${mode}`)}${mode === rule.mode ? ' ✓' : ''}`, 'rule-mode', {
          rule: id,
          mode,
        }),
      ]),
      [button(words.text('button-back'), 'rule', { rule: id })],
    ],
  }
}

/** Until when to pause. */
export async function pausesScreen(db: Database, words: Words, userId: number, id: number): Promise<View | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return undefined
  const { date: today } = localNow(rule.portal, db.clock.now())
  return {
    text: words.html('pauses-title', { name: nameOf({ location: rule.location, course: rule.course_name }) }),
    buttons: [
      ...PAUSE_WEEKS.map((weeks) => {
        const until = pausedUntil(today, weeks)
        const label =
          until === null
            ? words.text('button-pause-open')
            : words.text('button-pause-weeks', { n: weeks, day: dayPhrase(words, until, today) })
        return [button(label, 'rule-pause', { rule: id, weeks })]
      }),
      [button(words.text('button-back'), 'rule', { rule: id })],
    ],
  }
}

/** The first date that counts again after a pause of so many weeks from `today`; null: none. */
export function pausedUntil(today: string, weeks: number): string | null {
  return weeks === 0 ? null : Temporal.PlainDate.from(today).add({ weeks }).toString()
}

/** Asks once before a rule is removed. */
export async function askDeleteScreen(
  db: Database,
  words: Words,
  userId: number,
  id: number,
): Promise<View | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return undefined
  return {
    text: lines(
      words.html('ask-delete-rule', { name: nameOf({ location: rule.location, course: rule.course_name }) }),
      whenOfRule(words, rule),
    ),
    buttons: [
      [button(words.text('button-yes-delete'), 'rule-delete', { rule: id })],
      [button(words.text('button-no-keep'), 'rule', { rule: id })],
    ],
  }
}
