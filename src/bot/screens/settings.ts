import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { agePhrase } from '../dates.ts'
import { accountLabel } from '../names.ts'
import type { Person } from '../people.ts'
import type { Language, Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const LANGUAGES: readonly { language: Language; label: string }[] = [
  { language: 'it', label: '🇮🇹 Italiano' },
  { language: 'en', label: '🇬🇧 English' },
]

/** The language, and how the accounts are. */
export async function settingsScreen(db: Database, { id, words }: Pick<Person, 'id' | 'words'>): Promise<View> {
  const accounts = await listAccountsOf(db.read, id)
  return {
    text: lines(
      words.html('settings-title'),
      '',
      words.html('settings-language'),
      '',
      accounts.length === 0 ? words.html('no-account') : words.html('settings-accounts'),
      ...accounts.map((account) => accountLine(words, account, db.clock.now())),
    ),
    buttons: [
      LANGUAGES.map(({ language, label }) =>
        button(language === words.language ? `${label} ✓` : label, 'language', { language }),
      ),
      ...accounts.map(({ id, name }) => [
        button(words.text('button-check', { account: name }), 'check', { account: id }),
      ]),
      [menuButton(words)],
    ],
  }
}

function accountLine(words: Words, { name, portal, state, synced_at }: Account, now: Temporal.Instant): string {
  const about = words.html(`account-${state}`, { account: accountLabel({ name, portal }) })
  const synced =
    synced_at === null
      ? words.html('account-never-synced')
      : words.html('account-synced', { age: agePhrase(words, synced_at, now) })
  return `${about}. ${synced}`
}
