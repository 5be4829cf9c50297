import type { Database } from '../../db/database.ts'
import { countBelongings } from '../../db/remove-user.ts'
import { HOME_PORTAL, localNow } from '../dates.ts'
import type { Person } from '../people.ts'
import { button, lines, type View } from '../view.ts'
import { belongingsLines } from './belongings.ts'
import { plainScreen } from './menu.ts'

/** The first question: what leaving deletes. */
export async function askLeaveScreen(db: Database, { id, words, isOwner }: Person): Promise<View> {
  if (isOwner) return plainScreen(words, words.html('leave-owner'))
  const belongings = await countBelongings(db.read, id, localNow(HOME_PORTAL, db.clock.now()).date)
  return {
    text: lines(words.html('ask-leave'), '', ...belongingsLines(words, belongings)),
    buttons: [
      [button(words.text('button-delete-data'), 'leave-sure', {})],
      [button(words.text('button-no-stay'), 'settings', {})],
    ],
  }
}

/** The second one, before it is done. */
export function askLeaveSureScreen({ words, isOwner }: Person): View {
  if (isOwner) return plainScreen(words, words.html('leave-owner'))
  return {
    text: words.html('ask-leave-sure'),
    buttons: [
      [button(words.text('button-no-stay'), 'settings', {})],
      [button(words.text('button-leave-now'), 'leave-now', {})],
    ],
  }
}
