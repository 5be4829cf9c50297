const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ALGORITHMS = ['', 'SHA1', 'SHA256', 'SHA512']
const TOTP = 2
const EIGHT_DIGITS = 2

/** Fields of a protobuf message by number; of a field that comes again, all values. */
type Fields = Map<number, (number | Uint8Array)[]>

/**
 * The time-based secrets in an export of Google Authenticator (`otpauth-migration://offline?data=…`), as
 * `otpauth://totp/…` addresses. Empty when it cannot be read.
 */
export function readExport(address: string): string[] {
  try {
    const data = URL.parse(address)?.searchParams.get('data')
    // In a query a plus stands for a space, and those who write the address forget it.
    const bytes = Buffer.from((data ?? '').replaceAll(' ', '+'), 'base64')
    const entries = readFields(bytes).get(1) ?? []
    return entries.filter((entry) => typeof entry !== 'number').flatMap((entry) => addressOf(readFields(entry)) ?? [])
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

function addressOf(fields: Fields): string | undefined {
  const secret = fields.get(1)?.[0]
  const numberIn = (field: number) => Number(fields.get(field)?.[0] ?? 0)
  if (!(secret instanceof Uint8Array) || secret.length === 0 || numberIn(6) !== TOTP) return undefined
  const algorithm = ALGORITHMS[numberIn(4)] || 'SHA1'
  const digits = numberIn(5) === EIGHT_DIGITS ? 8 : 6
  return `otpauth://totp/export?secret=${toBase32(secret)}&algorithm=${algorithm}&digits=${digits}`
}

/** Reads a protobuf message as far as exports use it: numbers and bytes. Throws `RangeError` when it ends too soon. */
function readFields(bytes: Uint8Array): Fields {
  const fields: Fields = new Map()
  let at = 0
  const readNumber = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('the export ends too soon')
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
  }
  const readBytes = (): Uint8Array => {
    const length = readNumber()
    if (at + length > bytes.length) throw new RangeError('the export ends too soon')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = readNumber()
    const kind = tag % 8
    if (kind !== 0 && kind !== 2) throw new RangeError('the export holds something unknown')
    const field = Math.floor(tag / 8)
    fields.set(field, [...(fields.get(field) ?? []), kind === 0 ? readNumber() : readBytes()])
  }
  return fields
}

function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('')
}
