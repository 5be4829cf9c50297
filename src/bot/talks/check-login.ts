import { enqueueAction, setChatMessage } from '../../db/actions/enqueue.ts'
import type { Deps } from '../feature.ts'
import { actionCard } from '../screens/action.ts'
import type { Talk } from '../talk.ts'

/** Queues a check of the account's login and shows its card, which is kept up to date, in the talk's place. */
export async function checkLogin(
  talk: Talk,
  deps: Deps,
  { accountId, portal }: { accountId: number; portal: string },
): Promise<void> {
  const { db, outbox, followers } = deps
  const { id: userId, words } = talk.person
  const chatMessageId = talk.messageId
  await talk.once(async () => {
    const asked = { userId, accountId, portal, ...(chatMessageId === undefined ? {} : { chatMessageId }) }
    const { id } = await enqueueAction(db, { ...asked, type: 'check' })
    const card = () => actionCard(db, words, userId, id)
    const sendNew = () =>
      void outbox.send(userId, card, {
        sent: async (messageId) => {
          followers.follow(id, messageId)
          await setChatMessage(db, id, messageId)
        },
      })
    if (chatMessageId === undefined) sendNew()
    else {
      followers.follow(id, chatMessageId)
      void outbox.edit(userId, chatMessageId, card).then(({ outcome }) => {
        if (outcome === 'gone') sendNew()
      })
    }
    return null
  })
}
