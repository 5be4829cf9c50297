import { z } from 'zod'
import { deleteBotState, listBotState, writeBotState } from '../db/bot-state.ts'
import type { Deps } from './feature.ts'

const PREFIX = 'erase:'
const owedSchema = z.object({ personId: z.number(), messageId: z.number() })
type Owed = z.infer<typeof owedSchema>

/**
 * Takes a message that holds a secret out of the chat, and tells its writer when that cannot be done. Written down
 * before it is tried, so that the end of the process does not leave the secret where it is. Waits for no answer of
 * Telegram's.
 */
export async function erase(deps: Deps, owed: Owed): Promise<void> {
  await writeBotState(deps.db, keyOf(owed), owed)
  carryOut(deps, owed)
}

/** Tries again what a former process still owed. */
export async function eraseLeftovers(deps: Deps): Promise<void> {
  for (const value of await listBotState(deps.db.read, PREFIX)) carryOut(deps, owedSchema.parse(value))
}

function carryOut(deps: Deps, owed: Owed): void {
  void removeOrTell(deps, owed).catch(() => deps.log.error('a message with a secret is still to be deleted'))
}

async function removeOrTell({ db, outbox, people }: Deps, owed: Owed): Promise<void> {
  const { personId, messageId } = owed
  const removed = await outbox.remove(personId, messageId)
  const person = removed ? undefined : await people.find(personId)
  if (person) {
    const view = { text: person.words.html('talk-secret-stays'), buttons: [] }
    const { outcome } = await outbox.send(personId, view, { replyTo: messageId })
    // Neither done nor said: the next process tries again.
    if (outcome === 'not-accepted' || outcome === 'unclear') return
  }
  await deleteBotState(db, keyOf(owed))
}

function keyOf({ personId, messageId }: Owed): string {
  return `${PREFIX}${personId}:${messageId}`
}
