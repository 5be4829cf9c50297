import type { FileStore } from '../files.ts'
import { reuseFile, storeDocument, storePhoto } from '../media.ts'
import type { Media } from '../model.ts'
import type { Upload } from '../params.ts'
import type { Person } from '../people.ts'
import type { Sim } from '../sim.ts'

/** The media a parameter gives: an upload, or the id of a file that is already known. */
export function readMedia(
  files: FileStore,
  kind: Media['kind'],
  upload: Upload | undefined,
  id: string,
  known: Media[],
): Media {
  if (!upload) return reuseFile(files, kind, id, known)
  return kind === 'photo' ? storePhoto(files, upload) : storeDocument(files, upload)
}

/** Media already in a chat, so that a photo sent again keeps its sizes. */
export function knownMedia(sim: Sim, person: Person): Media[] {
  return sim.messages.of(person.user.id).flatMap((message) => message.media ?? [])
}
