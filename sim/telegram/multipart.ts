/** A part of a multipart/form-data body. Parts with a file name are uploads. */
export interface Part {
  name: string
  fileName: string | undefined
  bytes: Buffer
}

/**
 * Reads a multipart body as leniently as Telegram does. grammY writes unquoted file names, with spaces and
 * letters such as "ä" in them; the readers that come with Node refuse those.
 */
export function readMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const delimiter = Buffer.from(`--${boundary?.[1] ?? boundary?.[2] ?? ''}`)
  const parts: Part[] = []
  let start = body.indexOf(delimiter)
  while (start !== -1) {
    const end = body.indexOf(delimiter, start + delimiter.length)
    if (end === -1) break
    const part = readPart(body.subarray(start + delimiter.length, end))
    if (part) parts.push(part)
    start = end
  }
  return parts
}

function readPart(bytes: Buffer): Part | undefined {
  const headerEnd = bytes.indexOf('\r\n\r\n')
  if (headerEnd === -1) return undefined
  const headers = bytes.subarray(0, headerEnd).toString('utf8')
  const disposition = headers.split('\r\n').find((line) => /^content-disposition:/i.test(line)) ?? ''
  const name = readAttribute(disposition, 'name')
  if (name === undefined) return undefined
  const content = bytes.subarray(headerEnd + 4, bytes.length - 2) // without the line end before the next delimiter
  return { name, fileName: readAttribute(disposition, 'filename'), bytes: Buffer.from(content) }
}

function readAttribute(header: string, attribute: string): string | undefined {
  const match = new RegExp(`;\\s*${attribute}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(header)
  if (!match) return undefined
  return percentDecode(match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? '')
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
