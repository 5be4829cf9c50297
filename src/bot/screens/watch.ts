import type { Account } from '../../db/accounts.ts'
import type { BookAction } from '../../db/actions/action.ts'
import type { Database } from '../../db/database.ts'
import { momentPhrase } from '../dates.ts'
import { nameOf, whenAndWhere } from '../names.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { waitLines } from './open-action.ts'

/** A full slot that is watched: what for, when it was last looked at, and how to stop. */
export async function watchCard(db: Database, words: Words, action: BookAction, account: Account): Promise<View> {
  const now = db.clock.now()
  const kind = action.watch ?? 'book'
  const isFull = action.error === null || action.error.kind === 'slot-full'
  const looked =
    action.lookedAt === null
      ? words.html('watch-not-yet')
      : words.html('watch-looked', { time: momentPhrase(words, action.portal, action.lookedAt, now) })
  const canStop = action.submittedAt === null && !action.cancelRequested
  return {
    text: lines(
      words.html(`open-watch-${kind}`, { name: nameOf(action.slot) }),
      whenAndWhere(words, action.portal, action.slot, now),
      '',
      words.html(`watch-promise-${kind}`),
      looked,
      ...(isFull ? await troubleLines(db, words, action, account) : await waitLines(db, words, action, account)),
      action.cancelRequested && words.html('taking-back'),
    ),
    buttons: canStop ? [[button(words.text('button-stop-watching'), 'take-back', { action: action.id })]] : [],
  }
}

/** What keeps it from being looked at; that it is full is said already. */
function troubleLines(db: Database, words: Words, action: BookAction, account: Account): Promise<string[]> {
  return waitLines(db, words, { ...action, error: null }, account)
}
