import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, UserError } from '../core/errors.ts'

const EXAMPLE = join(import.meta.dirname, '../../config.example.json')

/** Makes the configuration from the example, readable by its owner only; fails when the file is there already. */
export function writeConfig(path: string, telegram: { botToken: string; ownerId?: number }): void {
  const example = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  // Accounts go straight into the vault; the example's is only an example.
  const config = { ...example, telegram: { ...example.telegram, ...telegram }, accounts: [] }
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new UserError(`The configuration ${path} cannot be written (${messageOf(error)}). Check the folder's rights.`)
  }
}
