import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { type Removal, removeUser } from '../db/remove-user.ts'
import type { Deps } from './feature.ts'

/**
 * Removes somebody with everything that is theirs, screenshots of failures on this machine included. Whoever is removed
 * by the owner is told so: the last they hear.
 */
export async function removePerson(deps: Deps, userId: number, by: 'owner' | 'themself'): Promise<Removal['outcome']> {
  const { db, people, outbox } = deps
  const person = await people.find(userId)
  const removal = await removeUser(db, userId, by)
  if (removal.outcome !== 'removed') return removal.outcome
  people.forget(userId)
  if (person && by === 'owner') void outbox.send(userId, { text: person.words.html('farewell-removed'), buttons: [] })
  await removeEvidence(deps, removal.evidence)
  return 'removed'
}

async function removeEvidence({ dataDir, log }: Deps, names: readonly string[]): Promise<void> {
  for (const name of names)
    await rm(join(dataDir, 'evidence', basename(name)), { recursive: true, force: true }).catch((error) =>
      log.warn({ error: messageOf(error) }, 'evidence was not removed'),
    )
}
