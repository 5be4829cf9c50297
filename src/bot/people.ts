import { toStamp } from '../core/clock.ts'
import { readBotState, writeBotState } from '../db/bot-state.ts'
import type { Database } from '../db/database.ts'
import type { UserRow } from '../db/schema.ts'
import { findUser, updateUser } from '../db/users.ts'
import { type Language, readTexts, type Words } from './texts.ts'

/** Somebody the house knows, with the words they understand. */
export type Person = { id: number; firstName: string; isOwner: boolean; words: Words }

type Profile = { id: number; first_name: string; language_code?: string | undefined }

/** Who the bot talks to, and in which language. */
export type People = {
  /** The person behind an update, if known; remembers a new first name or language, and that they are back. */
  recognise(profile: Profile): Promise<Person | undefined>
  /** The person with this id, without an update of theirs. */
  find(id: number): Promise<Person | undefined>
  /** Notes that the person blocks the bot; for a stranger nothing is noted. */
  markBlocked(id: number): Promise<void>
  /** Forgets somebody who was removed. */
  forget(id: number): void
  words(language: Language): Words
}

export function createPeople(db: Database): People {
  const texts = readTexts()
  /** The language Telegram last reported, by person; kept in the database for what is told without being asked. */
  const reported = new Map<number, Language>()

  async function reportedLanguage(id: number): Promise<Language> {
    const known = reported.get(id)
    if (known) return known
    const language = (await readBotState(db.read, `language:${id}`)) === 'it' ? 'it' : 'en'
    reported.set(id, language)
    return language
  }

  async function remember(row: UserRow, profile: Profile): Promise<void> {
    if (row.first_name !== profile.first_name || row.blocked_at !== null)
      await updateUser(db, row.id, { first_name: profile.first_name, blocked_at: null })
    const language = profile.language_code?.toLowerCase().startsWith('it') ? 'it' : 'en'
    if ((await reportedLanguage(row.id)) === language) return
    reported.set(row.id, language)
    await writeBotState(db, `language:${row.id}`, language)
  }

  async function personOf(row: UserRow, firstName: string): Promise<Person> {
    const isOwner = row.role === 'owner'
    return { id: row.id, firstName, isOwner, words: texts[row.language ?? (await reportedLanguage(row.id))] }
  }

  return {
    async recognise(profile) {
      const row = await findUser(db.read, profile.id)
      if (!row) return undefined
      await remember(row, profile)
      return personOf(row, profile.first_name)
    },
    async find(id) {
      const row = await findUser(db.read, id)
      return row && personOf(row, row.first_name)
    },
    async markBlocked(id) {
      const row = await findUser(db.read, id)
      if (row && row.blocked_at === null) await updateUser(db, id, { blocked_at: toStamp(db.clock.now()) })
    },
    forget: (id) => void reported.delete(id),
    words: (language) => texts[language],
  }
}
