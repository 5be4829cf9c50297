import type { Database } from '../../db/database.ts'
import { MUTABLE, mutedOf } from '../../db/muted.ts'
import type { UserRow } from '../../db/schema.ts'
import { findUser } from '../../db/users.ts'
import { LEAD_MINUTES } from '../../planner/rule-plan.ts'
import { leadPhrase, timeSpan } from '../dates.ts'
import type { Person } from '../people.ts'
import type { Language, Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const LANGUAGES: readonly { language: Language; label: string }[] = [
  { language: 'it', label: '🇮🇹 Italiano' },
  { language: 'en', label: '🇬🇧 English' },
]
const QUIET_HOURS = [
  ['22:00', '07:00'],
  ['22:00', '08:00'],
  ['23:00', '07:00'],
  ['23:00', '08:00'],
] as const
const LEADS = [15, 30, 60, 120, 360, 720] as const

type Someone = Pick<Person, 'id' | 'words' | 'isOwner'>

/** All that can be set, and how it is set now; undefined for somebody the house does not know any more. */
export async function settingsScreen(db: Database, { id, words, isOwner }: Someone): Promise<View | undefined> {
  const user = await findUser(db.read, id)
  if (!user) return undefined
  const off = mutedOf(user).length
  return {
    text: lines(
      words.html('settings-title'),
      '',
      words.html('settings-language'),
      words.html('settings-quiet', { hours: hoursPhrase(words, user) }),
      words.html('settings-notices', { n: off }),
      words.html('settings-lead', { time: leadPhrase(words, leadOf(user)) }),
    ),
    buttons: [
      [button(words.text('button-language'), 'languages', {})],
      [button(words.text('button-quiet'), 'quiet-hours', {})],
      [button(words.text('button-notices'), 'notices', {})],
      [button(words.text('button-lead'), 'leads', {})],
      [button(words.text('button-accounts'), 'accounts', {})],
      ...(isOwner ? [] : [[button(words.text('button-delete-data'), 'leave', {})]]),
      [menuButton(words)],
    ],
  }
}

export function languagesScreen(words: Words): View {
  return {
    text: words.html('settings-language'),
    buttons: [
      LANGUAGES.map(({ language, label }) =>
        button(ticked(label, language === words.language), 'language', { language }),
      ),
      [back(words)],
    ],
  }
}

/** When the user wants no questions and no sounds. */
export async function quietScreen(db: Database, { id, words }: Someone): Promise<View | undefined> {
  const user = await findUser(db.read, id)
  if (!user) return undefined
  const { quiet_from, quiet_to } = user
  const choice = ([from, to]: readonly [string, string]) =>
    button(ticked(timeSpan(from, to), from === quiet_from && to === quiet_to), 'set-quiet', {
      from: from.replace(':', ''),
      to: to.replace(':', ''),
    })
  return {
    text: lines(words.html('settings-quiet', { hours: hoursPhrase(words, user) }), '', words.html('quiet-about')),
    buttons: [
      QUIET_HOURS.slice(0, 2).map(choice),
      QUIET_HOURS.slice(2).map(choice),
      [
        button(words.text('button-quiet-other'), 'type-quiet', {}),
        button(ticked(words.text('button-quiet-off'), quiet_from === null), 'quiet-off', {}),
      ],
      [back(words)],
    ],
  }
}

/** What the user wants to be told without having asked. */
export async function noticesScreen(db: Database, { id, words }: Someone): Promise<View | undefined> {
  const user = await findUser(db.read, id)
  if (!user) return undefined
  const muted = mutedOf(user)
  return {
    text: lines(words.html('settings-notices', { n: muted.length }), '', words.html('notices-about')),
    buttons: [
      ...MUTABLE.map((kind) => {
        const isOn = !muted.includes(kind)
        const label = `${isOn ? '🔔' : '🔕'} ${words.text(`notices-${kind}`)}`
        return [button(label, 'mute', { kind, to: isOn ? 'off' : 'on' })]
      }),
      [back(words)],
    ],
  }
}

/** How long before a booking moment its question comes. */
export async function leadsScreen(db: Database, { id, words }: Someone): Promise<View | undefined> {
  const user = await findUser(db.read, id)
  if (!user) return undefined
  const lead = leadOf(user)
  const buttons = LEADS.map((minutes) =>
    button(ticked(leadPhrase(words, minutes), minutes === lead), 'lead', { minutes }),
  )
  return {
    text: lines(words.html('settings-lead', { time: leadPhrase(words, lead) }), '', words.html('lead-about')),
    buttons: [buttons.slice(0, 3), buttons.slice(3), [back(words)]],
  }
}

function hoursPhrase(words: Words, { quiet_from, quiet_to }: UserRow): string {
  return quiet_from === null ? words.text('quiet-none') : timeSpan(quiet_from, quiet_to)
}

function leadOf({ lead_minutes }: UserRow): number {
  return lead_minutes ?? LEAD_MINUTES
}

function ticked(label: string, isSet: boolean): string {
  return isSet ? `${label} ✓` : label
}

function back(words: Words): Button {
  return button(words.text('button-back'), 'settings', {})
}
