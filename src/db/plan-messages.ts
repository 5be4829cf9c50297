import type { Database, Reader } from './database.ts'
import { OPEN_PLAN } from './plan-lock.ts'

/** The messages that show open plans to those who made them. */
export async function listPlanMessages(
  reader: Reader,
): Promise<{ planId: number; userId: number; messageId: number }[]> {
  const rows = await reader
    .selectFrom('plans')
    .select(['id', 'user_id', 'chat_message_id'])
    .where('state', 'in', OPEN_PLAN)
    .where('chat_message_id', 'is not', null)
    .execute()
  return rows.flatMap(({ id, user_id, chat_message_id }) =>
    chat_message_id === null ? [] : [{ planId: id, userId: user_id, messageId: chat_message_id }],
  )
}

/** The message shows something else from now on, unless another one has taken its place already. */
export async function dropPlanMessage(db: Database, planId: number, messageId: number): Promise<void> {
  await db.write((tx) =>
    tx
      .updateTable('plans')
      .set({ chat_message_id: null })
      .where('id', '=', planId)
      .where('chat_message_id', '=', messageId)
      .execute(),
  )
}
