import type { Account } from '../../db/accounts.ts'
import type { SlotRow } from '../../db/schema.ts'
import { dayPhrase } from '../dates.ts'
import { escapeHtml, shorten } from '../html.ts'
import { datedOf, nameOf, whenAndWhere, whenOf } from '../names.ts'
import type { SlotCandidate } from '../quick/candidates.ts'
import type { Finding } from '../quick/match-wish.ts'
import type { Wish } from '../quick/wish.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { menuButton, menuButtons } from './menu.ts'

const WRITTEN_LENGTH = 40
const NAME_LENGTH = 24

type NotFound = Extract<Finding<SlotCandidate>, { kind: 'none' }>

/** Which of several slots is meant. */
export function choiceScreen(
  words: Words,
  slots: readonly SlotCandidate[],
  accounts: readonly Account[],
  now: Temporal.Instant,
): View {
  return {
    text: words.html('quick-choose', { n: slots.length }),
    buttons: [...slotButtons(words, slots, accounts, now), wholeDay(words, slots, accounts), [menuButton(words)]],
  }
}

/** What was not found, what comes nearest, and how to write it. `example` is plain text; `today` the portal's. */
export function notFoundScreen(
  words: Words,
  found: NotFound,
  accounts: readonly Account[],
  example: string | undefined,
  at: { now: Temporal.Instant; today: Temporal.PlainDate },
): View {
  const { missing, near } = found
  if (missing === 'everything') {
    const text = example === undefined ? words.html('unknown-text') : words.html('quick-help', { example })
    return { text, buttons: menuButtons(words) }
  }
  const some = near.length > 0
  return {
    text: lines(
      missingLine(words, found, at.today),
      '',
      some && words.html(missing === 'name' ? 'quick-then' : 'quick-nearest'),
      !some && example !== undefined && words.html('quick-like', { example }),
    ),
    buttons: some ? [...slotButtons(words, near, accounts, at.now), [menuButton(words)]] : menuButtons(words),
  }
}

/** For which account the class is meant. */
export function slotAccountsScreen(
  words: Words,
  accounts: readonly Account[],
  row: SlotRow,
  now: Temporal.Instant,
): View {
  const dated = datedOf(row)
  return {
    text: lines(
      `<b>${escapeHtml(nameOf(dated))}</b>`,
      whenAndWhere(words, row.portal, dated, now),
      '',
      words.html('choose-account'),
    ),
    buttons: [
      ...accounts.map(({ id, name, state }) => [
        button(state === 'suspended' ? `⚠️ ${name}` : name, 'slot', { account: id, slot: row.id }),
      ]),
      [menuButton(words)],
    ],
  }
}

function slotButtons(
  words: Words,
  slots: readonly SlotCandidate[],
  accounts: readonly Account[],
  now: Temporal.Instant,
): Button[][] {
  const labels = slots.map(({ row }) => labelOf(words, row, now))
  return slots.map(({ row, place }, index) => {
    const own = labels[index] ?? ''
    const isAlone = labels.filter((label) => label === own).length === 1
    const label = isAlone || place === '' ? own : `${own} · ${place}`
    const [account, ...others] = accounts.filter(({ portal }) => portal === row.portal)
    const data = account && others.length === 0 ? account : undefined
    return [data ? button(label, 'slot', { account: data.id, slot: row.id }) : button(label, 'quick', { slot: row.id })]
  })
}

/** The way to all classes of the day, where one day is meant and one account. */
function wholeDay(words: Words, slots: readonly SlotCandidate[], [account, ...others]: readonly Account[]): Button[] {
  const [date, ...otherDays] = new Set(slots.map((slot) => slot.date))
  if (!account || others.length > 0 || date === undefined || otherDays.length > 0) return []
  return [button(words.text('button-other-classes'), 'day', { account: account.id, date, page: 0 })]
}

/** "Yoga · tomorrow, Sun 22 Nov, 18:30" */
function labelOf(words: Words, row: SlotRow, now: Temporal.Instant): string {
  const dated = datedOf(row)
  return `${shorten(nameOf(dated), NAME_LENGTH)} · ${whenOf(words, row.portal, dated, now)}`
}

function missingLine(words: Words, { missing, wish, near }: NotFound, today: Temporal.PlainDate): string {
  const name = near[0] ? nameOf(datedOf(near[0].row)) : writtenName(wish)
  const isNamed = wish.exact !== undefined || wish.words.length > 0
  switch (missing) {
    case 'everything':
      return words.html('unknown-text')
    case 'name':
      return words.html('quick-no-name', { name: writtenName(wish) })
    case 'day': {
      const day = dayPhrase(words, dateOf(wish, today).toString(), today.toString())
      return isNamed ? words.html('quick-no-day', { name, day }) : words.html('quick-nothing-day', { day })
    }
    case 'time':
      return isNamed ? words.html('quick-no-time', { name }) : words.html('quick-nothing-time')
    case 'past':
      return isNamed ? words.html('quick-past', { name }) : words.html('quick-nothing-ahead')
  }
}

function writtenName({ exact, words }: Wish): string {
  return shorten([exact, ...words].filter(Boolean).join(' '), WRITTEN_LENGTH)
}

/** The next day that is meant. */
function dateOf({ day }: Wish, today: Temporal.PlainDate): Temporal.PlainDate {
  if (!day) return today
  if ('date' in day) return Temporal.PlainDate.from(day.date)
  return today.add({ days: (day.weekday - today.dayOfWeek + 7) % 7 })
}
