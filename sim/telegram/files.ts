import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { StoredFile } from './model.ts'

const MIME_TYPES: Record<string, string> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ics': 'text/calendar',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
}

/** The files that went through the chats. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>()
  #count = 0

  add(kind: StoredFile['kind'], name: string, bytes: Buffer): StoredFile {
    const extension = kind === 'photo' ? '.jpg' : extname(name).toLowerCase()
    const digest = createHash('sha256').update(kind).update(bytes).digest('base64url')
    const file = {
      id: `${kind === 'photo' ? 'AgACAgQAAxkD' : 'BQACAgQAAxkD'}${digest.slice(0, 20)}${this.#count}`,
      uniqueId: `AQAD${digest.slice(0, 12)}`,
      kind,
      name,
      mimeType: MIME_TYPES[extension] ?? 'application/octet-stream',
      path: `${kind}s/file_${this.#count}${extension}`,
      bytes,
    }
    this.#count += 1
    this.#files.set(file.id, file)
    return file
  }

  find(id: string): StoredFile | undefined {
    return this.#files.get(id)
  }

  findByPath(path: string): StoredFile | undefined {
    return [...this.#files.values()].find((file) => file.path === path)
  }
}
