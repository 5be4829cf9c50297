import { findConfirmationOf, setQuestionMessage } from '../db/confirmations.ts'
import type { Deps } from './feature.ts'
import type { Delivery } from './outbox.ts'
import type { Person } from './people.ts'
import type { Reach } from './reach.ts'
import { occurrenceScreen } from './screens/occurrence.ts'

/**
 * Shows where an occurrence stands: in the message that asked about it, where there is one, else in a new one, which
 * is remembered before anything else is said in this chat.
 */
export async function deliverOccurrence(
  { db, outbox }: Deps,
  person: Person,
  { quiet }: Reach,
  id: number,
): Promise<Delivery> {
  await outbox.settled(person.id)
  const occurrence = await findConfirmationOf(db.read, person.id, id)
  if (!occurrence) return { outcome: 'nothing' }
  const view = () => occurrenceScreen(db, person.words, person.id, id)
  const messageId = occurrence.chat_message_id
  const sent = (newId: number) => setQuestionMessage(db, id, newId)
  if (messageId === null) return await outbox.send(person.id, view, { quiet, sent })
  const edited = await outbox.edit(person.id, messageId, view, { kept: true })
  const stands = edited.outcome !== 'gone' && edited.outcome !== 'refused'
  return stands ? edited : await outbox.send(person.id, view, { quiet, sent })
}
