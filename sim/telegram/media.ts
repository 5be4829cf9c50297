import { badRequest } from './errors.ts'
import type { FileStore } from './files.ts'
import { type ImageSize, readImageSize } from './image-size.ts'
import type { Media, PhotoSize, StoredFile } from './model.ts'
import type { Upload } from './params.ts'

const PHOTO_LIMIT = 10_485_760
const THUMBNAIL_SIDES = [90, 320, 800, 1280]

/** Stores a document that was uploaded, byte for byte. */
export function storeDocument(files: FileStore, upload: Upload): Media {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  return { kind: 'document', file: files.add('document', upload.name, upload.bytes) }
}

/** Stores a photo in the sizes Telegram would make of it; here all of them hold the original bytes. */
export function storePhoto(files: FileStore, upload: Upload): Media {
  const { bytes } = upload
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (bytes.length > PHOTO_LIMIT) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${PHOTO_LIMIT} bytes`,
    )
  }
  const size = readImageSize(bytes)
  if (!size || size.width === 0 || size.height === 0) throw badRequest('IMAGE_PROCESS_FAILED')
  const ratio = Math.max(size.width / size.height, size.height / size.width)
  if (size.width + size.height > 10_000 || ratio > 20) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  return { kind: 'photo', sizes: makeSizes(files, upload, size) }
}

/** Takes a file that is already on the server, by its id. */
export function reuseFile(files: FileStore, kind: Media['kind'], id: string, known: Media[]): Media {
  if (/^https?:\/\//i.test(id)) throw badRequest('failed to get HTTP URL content')
  const file = files.find(id)
  if (!file) throw badRequest('wrong file identifier/HTTP URL specified')
  if (file.kind !== kind) throw badRequest(`can't use file of type ${title(file.kind)} as ${title(kind)}`)
  const same = known.find((media) => filesOf(media).includes(file))
  return same ?? { kind: 'document', file }
}

/** All stored files of a media. */
function filesOf(media: Media): StoredFile[] {
  return media.kind === 'document' ? [media.file] : media.sizes.map((size) => size.file)
}

function makeSizes(files: FileStore, upload: Upload, { width, height }: ImageSize): PhotoSize[] {
  const longest = Math.max(width, height)
  const sides = [...THUMBNAIL_SIDES.filter((side) => side < longest), Math.min(longest, 1280)]
  return [...new Set(sides)].map((side) => ({
    file: files.add('photo', upload.name, upload.bytes),
    width: Math.max(1, Math.round((width * side) / longest)),
    height: Math.max(1, Math.round((height * side) / longest)),
  }))
}

function title(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}
