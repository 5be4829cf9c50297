import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { UserError } from '../../src/core/errors.ts'
import { getOperator } from '../../src/portals/operators.ts'
import { findPortal, getPortal, portals } from '../../src/portals/registry.ts'

/** Everything that loading a file loads, by its imports that are more than types. */
async function loads(file: URL, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  const text = await readFile(file, 'utf8')
  for (const [, clause = '', from = ''] of text.matchAll(/^(?:import|export)\s([^'"]*?)\s?from '([^']+)'/gm)) {
    if (clause.startsWith('type ')) continue
    if (from.startsWith('.')) await loads(new URL(from, file), seen)
    else seen.add(from)
  }
  return seen
}

describe('the registry of portals', () => {
  it('finds a portal by its id', () => {
    assert.equal(findPortal('polimisport')?.name, 'Polimisport')
    assert.equal(getPortal('polimisport').timeZone, 'Europe/Rome')
    assert.equal(findPortal('nowhere'), undefined)
  })

  it('says which portals there are when asked for another', () => {
    assert.throws(
      () => getPortal('nowhere'),
      (error) =>
        error instanceof UserError && error.message.includes('nowhere') && error.message.includes('polimisport'),
    )
  })

  it('has an operator for each portal, and each hides its secret fields', () => {
    for (const { id } of portals) assert.ok(getOperator(id).secretSelectors.length > 0)
    assert.throws(() => getOperator('nowhere'), UserError)
  })

  it('does not load Playwright', async () => {
    const loaded = await loads(new URL('../../src/portals/registry.ts', import.meta.url))
    assert.deepEqual(
      [...loaded].filter((name) => !name.startsWith('file:')),
      [],
    )
    assert.ok([...loaded].some((name) => name.endsWith('polimisport/facts.ts')))
  })
})
