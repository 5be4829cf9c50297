import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import type { BrowserContext } from 'playwright'
import type { Credentials } from '../../../src/core/credentials.ts'

/** Anything as long as this in a cookie or in the storage may be a session. */
const TOKEN = /[\w.~+/=-]{20,}/g

/** An error tells nothing that gives access: no password, no second factor, no cookie, no token. */
export async function checkSecrets(error: Error, context: BrowserContext, person: Credentials): Promise<void> {
  const told = inspect(error, { depth: 8, showHidden: true, maxStringLength: null })
  const { cookies, origins } = await context.storageState()
  const stored = [...cookies, ...origins.flatMap(({ localStorage }) => localStorage)].map(({ value }) => value)
  const tokens = stored.flatMap((value) => value.match(TOKEN) ?? [])
  for (const secret of [person.password, person.otpauth, ...tokens]) {
    assert.ok(secret === undefined || !told.includes(secret), `an error tells a secret: ${error.message}`)
  }
}
