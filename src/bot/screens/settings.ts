import type { Person } from '../people.ts'
import type { Language } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const LANGUAGES: readonly { language: Language; label: string }[] = [
  { language: 'it', label: '🇮🇹 Italiano' },
  { language: 'en', label: '🇬🇧 English' },
]

/** The language, and the way to the accounts. */
export function settingsScreen({ words }: Pick<Person, 'words'>): View {
  return {
    text: lines(words.html('settings-title'), '', words.html('settings-language')),
    buttons: [
      LANGUAGES.map(({ language, label }) =>
        button(language === words.language ? `${label} ✓` : label, 'language', { language }),
      ),
      [button(words.text('button-accounts'), 'accounts', {})],
      [menuButton(words)],
    ],
  }
}
