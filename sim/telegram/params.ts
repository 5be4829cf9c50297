import type { IncomingMessage } from 'node:http'
import { readMultipart } from './multipart.ts'

/** A file that came with a request. */
export interface Upload {
  name: string
  bytes: Buffer
}

/** The parameters of one call. Over HTTP every value is text; structured values are JSON text. */
export class Params {
  readonly values = new Map<string, string>()
  readonly uploads = new Map<string, Upload>()

  /** Adds a value unless the name is taken: the first value of a name wins. An empty one counts as absent. */
  add(name: string, value: string): void {
    if (value !== '' && !this.values.has(name)) this.values.set(name, value)
  }

  has(name: string): boolean {
    return this.values.has(name)
  }

  text(name: string): string {
    return this.values.get(name) ?? ''
  }

  /** Reads the leading digits, as Telegram does. */
  integer(name: string): number {
    const value = Number.parseInt(this.text(name), 10)
    return Number.isNaN(value) ? 0 : value
  }

  flag(name: string): boolean {
    return /^(true|yes|1)$/i.test(this.text(name).trim())
  }

  /** The parsed JSON of a structured parameter; undefined if absent or not JSON. */
  json(name: string): unknown {
    try {
      return JSON.parse(this.text(name))
    } catch {
      return undefined
    }
  }

  /** The upload a parameter stands for: `attach://part`, or a part named like the parameter. */
  upload(name: string, value = this.text(name)): Upload | undefined {
    if (value.startsWith('attach://')) return this.uploads.get(value.slice('attach://'.length))
    return value === '' ? this.uploads.get(name) : undefined
  }
}

/** Reads the parameters of a request: first the query string, then the body in any of its three forms. */
export function readParams(query: URLSearchParams, contentType: string, body: Buffer): Params {
  const params = new Params()
  for (const [name, value] of query) params.add(name, value)
  if (contentType.startsWith('multipart/form-data')) addParts(params, body, contentType)
  else if (contentType.startsWith('application/json')) addJson(params, body.toString('utf8'))
  else for (const [name, value] of new URLSearchParams(body.toString('utf8'))) params.add(name, value)
  return params
}

/** Collects the body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function addParts(params: Params, body: Buffer, contentType: string): void {
  for (const part of readMultipart(body, contentType)) {
    if (part.fileName === undefined) params.add(part.name, part.bytes.toString('utf8'))
    else params.uploads.set(part.name, { name: part.fileName, bytes: part.bytes })
  }
}

/** A broken body is ignored: the method then complains about the first parameter it misses. */
function addJson(params: Params, text: string): void {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return
  }
  if (typeof body !== 'object' || body === null) return
  for (const [name, value] of Object.entries(body)) {
    params.add(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
}
