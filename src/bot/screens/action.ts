import { getAccount } from '../../db/accounts.ts'
import { type Action, isOpen } from '../../db/actions/action.ts'
import { findActionOf } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import type { Words } from '../texts.ts'
import type { View } from '../view.ts'
import { endedActionCard } from './ended-action.ts'
import { openActionCard } from './open-action.ts'

/**
 * The card of an action as it stands at this moment. Progress, result and the answer to a press all show this card and
 * make it right before they send it, so whichever comes last shows the newest state. Undefined for anybody else's action.
 */
export async function actionCard(db: Database, words: Words, userId: number, id: number): Promise<View | undefined> {
  const action = await findActionOf(db.read, userId, id)
  return action && cardOf(db, words, action)
}

/** The card of an action just read. */
export async function cardOf(db: Database, words: Words, action: Action): Promise<View> {
  const account = await getAccount(db.read, action.accountId)
  return isOpen(action) ? openActionCard(db, words, action, account) : endedActionCard(db, words, action, account)
}
