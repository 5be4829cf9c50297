import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { hasCode, messageOf, UserError } from './errors.ts'

/** Seals secrets for the database with AES-256-GCM under one key file of this machine. */
export type Vault = {
  /** `context` ties the sealed text to its place; it opens only with the same context. */
  seal(text: string, context: string): string
  /** Throws `UserError` when the text was sealed with another key or for another place, or was changed. */
  open(sealed: string, context: string): string
  /** Keyed hash, to find a value again without keeping it in clear. */
  hash(text: string): string
}

const PREFIX = 'v1:'
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** Opens the vault with the key in `keyFile` (64 hexadecimal digits). Throws `UserError` when it is missing or open to others. */
export function openVault(keyFile: string): Vault {
  const key = readKey(keyFile)
  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed, context) {
      try {
        if (!sealed.startsWith(PREFIX)) throw new Error('not a text that this vault has sealed')
        const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(context))
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new UserError(
          `A secret in the database cannot be opened with the key ${keyFile}: it belongs to another key. Put the right key file back, or enter the account again.`,
          { cause },
        )
      }
    },
    hash: (text) => createHmac('sha256', key).update(text).digest('hex'),
  }
}

/**
 * Makes the key file, mode 600, unless it is there; answers whether it was made. Never overwrites one. It survives a
 * power cut, as the secrets sealed with it do.
 */
export function ensureVaultKey(keyFile: string): boolean {
  if (existsSync(keyFile)) return false
  const folder = dirname(keyFile)
  const draft = `${keyFile}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    const made = linkUnlessThere(draft, keyFile)
    syncFolder(folder)
    return made
  } catch (error) {
    throw new UserError(
      `The vault key ${keyFile} cannot be written (${messageOf(error)}). Check the folder's rights.`,
      {
        cause: error,
      },
    )
  } finally {
    if (existsSync(draft)) rmSync(draft)
  }
}

/** A link is made whole or not at all, and fails when the file is there: two processes cannot make two keys. */
function linkUnlessThere(draft: string, keyFile: string): boolean {
  try {
    linkSync(draft, keyFile)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readKey(keyFile: string): Buffer {
  const text = readText(keyFile).trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new UserError(
      `The vault key ${keyFile} is damaged (64 hexadecimal digits expected). Restore it from your backup.`,
    )
  if ((statSync(keyFile).mode & 0o077) !== 0)
    throw new UserError(`The vault key ${keyFile} can be read by others. Run: chmod 600 '${keyFile}'`)
  return Buffer.from(text, 'hex')
}

function readText(keyFile: string): string {
  try {
    return readFileSync(keyFile, 'utf8')
  } catch (cause) {
    throw new UserError(
      `The vault key ${keyFile} cannot be read (${messageOf(cause)}). Run ./bookwright setup, or restore it from your backup.`,
      { cause },
    )
  }
}
