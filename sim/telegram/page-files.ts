import { readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { Sim } from './sim.ts'

const FOLDER = new URL('page/', import.meta.url)
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** The page needs nothing from elsewhere, and nothing it shows may run. */
const POLICY = "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none'"
const SHOWN_INLINE = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

/** Serves the chat page and its parts. */
export function servePage(path: string, response: ServerResponse): void {
  const name = path === '/' ? 'index.html' : path.slice(1)
  if (!readdirSync(FOLDER).includes(name)) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found')
    return
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'cache-control': 'no-cache',
  })
  response.end(readFileSync(new URL(name, FOLDER)))
}

/** Serves a file of a chat to the page: photos to look at, everything else to save. */
export function serveChatFile(sim: Sim, id: string, response: ServerResponse): void {
  const file = sim.files.find(id)
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found')
    return
  }
  const inline = file.kind === 'photo' || SHOWN_INLINE.has(file.mimeType)
  response.writeHead(200, {
    'content-type': file.mimeType,
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  })
  response.end(file.bytes)
}
