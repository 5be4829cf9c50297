import type { MiddlewareFn } from 'grammy'
import { type Account, listAccountsOf } from '../db/accounts.ts'
import { type Course, courseNamed, listCoursesOn, listLocations } from '../db/courses.ts'
import { addRule } from '../db/periodic-bookings.ts'
import type { RuleMode } from '../db/schema.ts'
import { timeSpan, weekdayName } from './dates.ts'
import type { BotContext, Deps } from './feature.ts'
import { shorten } from './html.ts'
import { nameOf } from './names.ts'
import { noAccountScreen } from './screens/accounts.ts'
import { plainScreen } from './screens/menu.ts'
import { ruleScreen, whenOfRule } from './screens/rule.ts'
import { type Choice, startTalk, type Talk, talk } from './talk.ts'
import { readTime } from './times.ts'
import { lines } from './view.ts'

const NAME = 'recurring'
const MODES: readonly RuleMode[] = ['ask', 'automatic', 'book-then-ask']
const NAME_LENGTH = 60
/** More buttons than this are no help; the rest is typed. */
const MOST_BUTTONS = 24

/** What is known before the first question. */
type Args = { accountId?: number; of?: Of }
/** The class of the week that is to be booked. */
type Of = { weekday: number; start: string; end: string | null; location: string; course: string | null }

/** Starts making a recurring booking, with what is known already. */
export function startRuleTalk(ctx: BotContext, args: Args): Promise<void> {
  return startTalk(ctx, NAME, args)
}

/** Day → time → class → how → summary → saved. Nothing is written before the last press. */
export function ruleTalk(deps: Deps): MiddlewareFn<BotContext> {
  return talk<Args>(deps, NAME, async (talk, args) => {
    const accounts = await talk.once(() => listAccountsOf(deps.db.read, talk.person.id))
    const account = await askAccount(talk, accounts, args.accountId)
    if (!account) return
    for (;;) {
      const of = args.of ?? (await askClass(deps, talk, account))
      const mode = await askMode(talk, of)
      const answer = await askToSave(talk, accounts.length > 1 ? account : undefined, of, mode)
      if (answer === 'save') return await save(deps, talk, account, of, mode)
      if (answer === 'leave')
        return await talk.show(plainScreen(talk.person.words, talk.person.words.html('talk-left')))
    }
  })
}

async function askAccount(
  talk: Talk,
  accounts: readonly Account[],
  accountId: number | undefined,
): Promise<Account | undefined> {
  const { words } = talk.person
  const known = accounts.find((account) => account.id === accountId)
  if (known) return known
  if (accounts.length === 0) await talk.show(noAccountScreen(words))
  if (accounts.length <= 1) return accounts[0]
  const choices = accounts.map((account) => [{ label: account.name, choice: String(account.id) }])
  const answer = await talk.ask({ text: words.html('choose-account'), choices })
  return accounts.find((account) => answer.kind === 'choice' && String(account.id) === answer.choice)
}

async function askClass({ db }: Deps, talk: Talk, account: Account): Promise<Of> {
  const weekday = await askDay(talk)
  const courses = await talk.once(() => listCoursesOn(db.read, account.portal, weekday))
  const start = await askTime(talk, weekday, courses)
  const locations = await talk.once(() => listLocations(db.read, account.portal))
  const course = await askCourse(
    talk,
    { day: weekdayName(talk.person.words, weekday, 'long'), time: start },
    courses.filter((one) => one.start === start),
    locations,
  )
  return { ...course, weekday, start }
}

async function askDay(talk: Talk): Promise<number> {
  const { words } = talk.person
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ label: weekdayName(words, day, 'long'), choice: String(day) }))
  const rows = [days.slice(0, 2), days.slice(2, 4), days.slice(4, 6), days.slice(6)]
  const answer = await talk.ask({ text: lines(words.html('rule-new-title'), '', words.html('ask-day')), choices: rows })
  return answer.kind === 'choice' ? Number(answer.choice) : 1
}

async function askTime(talk: Talk, weekday: number, courses: readonly Course[]): Promise<string> {
  const { words } = talk.person
  const day = weekdayName(words, weekday, 'long')
  const times = [...new Set(courses.map(({ start }) => start))].slice(0, MOST_BUTTONS)
  const choices = inRows(
    times.map((time) => ({ label: time, choice: time.replace(':', '.') })),
    4,
  )
  let text = words.html(times.length > 0 ? 'ask-time' : 'ask-time-typed', { day })
  for (;;) {
    const answer = await talk.ask({ text, choices, accepts: ['text'] })
    const given = answer.kind === 'choice' ? answer.choice : answer.kind === 'text' ? answer.text : ''
    const time = readTime(given)
    if (time !== undefined) return time
    text = words.html('ask-time-again')
  }
}

type Named = { location: string; course: string | null; end: string | null }

async function askCourse(
  talk: Talk,
  when: { day: string; time: string },
  courses: readonly Course[],
  locations: readonly string[],
): Promise<Named> {
  const { words } = talk.person
  const choices = courses
    .slice(0, MOST_BUTTONS)
    .map((course) => [
      { label: `${nameOf(course)} · ${timeSpan(course.start, course.end)}`, choice: String(course.id) },
    ])
  let text = words.html(courses.length > 0 ? 'ask-course' : 'ask-course-typed', when)
  for (;;) {
    const answer = await talk.ask({ text, choices, accepts: ['text'] })
    const chosen =
      answer.kind === 'choice'
        ? courses.find(({ id }) => String(id) === answer.choice)
        : courseNamed(courses, answer.kind === 'text' ? answer.text : '')
    if (chosen) return { location: chosen.location, course: chosen.course, end: chosen.end }
    const typed = answer.kind === 'text' ? shorten(answer.text, NAME_LENGTH) : ''
    if (typed !== '') return { location: await askLocation(talk, locations), course: typed, end: null }
    text = words.html('ask-course-typed', when)
  }
}

/** Where a typed class takes place, which the site needs to find it. */
async function askLocation(talk: Talk, locations: readonly string[]): Promise<string> {
  const { words } = talk.person
  const [only] = locations
  if (locations.length === 1 && only !== undefined) return only
  const choices = locations.map((location, index) => [{ label: location, choice: String(index) }])
  for (;;) {
    const answer = await talk.ask({ text: words.html('ask-location'), choices, accepts: ['text'] })
    const chosen = answer.kind === 'choice' ? locations[Number(answer.choice)] : undefined
    const typed = answer.kind === 'text' ? shorten(answer.text, NAME_LENGTH) : ''
    if (chosen !== undefined || typed !== '') return chosen ?? typed
  }
}

async function askMode(talk: Talk, of: Of): Promise<RuleMode> {
  const { words } = talk.person
  const text = lines(
    `🔄 <b>${words.html('rule-named', { name: nameOf(of) })}</b>`,
    whenOfRule(words, rowOf(of)),
    '',
    words.html('modes-title'),
    '',
    ...MODES.map((mode) => words.html(`mode-${mode}`)),
  )
  const choices = MODES.map((mode) => [{ label: words.text(`button-mode-${mode}`), choice: mode }])
  const answer = await talk.ask({ text, choices })
  return MODES.find((mode) => answer.kind === 'choice' && mode === answer.choice) ?? 'ask'
}

/** `account` is named where there are several. */
async function askToSave(
  talk: Talk,
  account: Account | undefined,
  of: Of,
  mode: RuleMode,
): Promise<'save' | 'again' | 'leave'> {
  const { words } = talk.person
  const text = lines(
    words.html('rule-summary', { name: nameOf(of) }),
    whenOfRule(words, rowOf(of)),
    account && words.html('rule-account', { account: account.name }),
    '',
    words.html(`mode-${mode}`),
  )
  const choices: Choice[][] = [
    [{ label: words.text('button-save'), choice: 'save' }],
    [
      { label: words.text('button-start-over'), choice: 'again' },
      { label: words.text('button-leave'), choice: 'leave' },
    ],
  ]
  const answer = await talk.ask({ text, choices })
  if (answer.kind !== 'choice') return 'leave'
  return answer.choice === 'save' || answer.choice === 'again' ? answer.choice : 'leave'
}

async function save({ db }: Deps, talk: Talk, account: Account, of: Of, mode: RuleMode): Promise<void> {
  const { words, id: userId } = talk.person
  const { id, added } = await talk.once(() =>
    addRule(db, { userId, accountId: account.id, portal: account.portal, ...of, mode }),
  )
  const news = words.html(added ? 'rule-saved' : 'rule-there-already')
  const view = await ruleScreen(db, words, userId, id, news)
  if (view) await talk.show(view)
}

function rowOf({ weekday, start, end, location, course }: Of) {
  return { weekday, time_slot: start, end_time: end, location, course_name: course }
}

function inRows<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size))
}
