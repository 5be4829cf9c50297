import { open, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { FileView } from './outbox.ts'

/** As the worker names the screenshot in the folder of an attempt. */
const PICTURE = 'page.png'
/** Telegram takes no larger file from a bot. */
const LARGEST_BYTES = 50_000_000
/** What Telegram takes as a photo; a page that is longer goes as a document. */
const PHOTO = { bytes: 10_000_000, widthAndHeight: 10_000, ratio: 20 }

export type Picture = Pick<FileView, 'kind' | 'name' | 'bytes'>

/**
 * The screenshot of an attempt, whose evidence is called `name` in the database. Undefined when it is not here: kept on
 * another machine, removed after its days, or never made. Whatever `name` says, nothing outside the folder is read.
 */
export async function readPicture(dataDir: string, name: string): Promise<Picture | undefined> {
  try {
    const folder = await realpath(join(dataDir, 'evidence'))
    const path = await realpath(join(folder, name, PICTURE))
    if (!path.startsWith(folder + sep)) return undefined
    const bytes = await readWhole(path)
    return bytes && { kind: fitsPhoto(bytes) ? 'photo' : 'document', name: PICTURE, bytes }
  } catch {
    return undefined
  }
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    return size > 0 && size <= LARGEST_BYTES ? await file.readFile() : undefined
  } finally {
    await file.close()
  }
}

/** By the size that the PNG's first chunk tells. */
function fitsPhoto(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 24) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height))
  return bytes.byteLength <= PHOTO.bytes && width + height <= PHOTO.widthAndHeight && ratio <= PHOTO.ratio
}
