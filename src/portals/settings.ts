import type { Config } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import type { PortalFacts } from './contract.ts'
import { findPortal, portals } from './registry.ts'

/** The portal's addresses: those that the configuration gives, and the real ones for the rest. */
export function urlsOf(config: Pick<Config, 'portals'>, { id, urls }: PortalFacts): PortalFacts['urls'] {
  const given = Object.entries(config.portals).find(([portal]) => portal === id)?.[1] ?? {}
  return { ...urls, ...given }
}

/** Throws a `UserError` that names every portal, and every address of one, that the configuration names and nobody knows. */
export function checkPortalSettings({ path, ...config }: Pick<Config, 'path' | 'portals' | 'accounts'>): void {
  const settings = Object.entries(config.portals).flatMap(([id, urls]) => {
    const facts = findPortal(id)
    if (!facts) return [unknownPortal(`portals.${id}`)]
    const unknown = Object.keys(urls).filter((name) => !(name in facts.urls))
    return unknown.map((name) => `portals.${id}.${name}: there is no such key; it has ${namesOf(facts)}`)
  })
  const accounts = config.accounts.flatMap(({ portal }, index) =>
    findPortal(portal) ? [] : [unknownPortal(`accounts.${index}.portal`)],
  )
  const problems = [...settings, ...accounts]
  if (problems.length > 0)
    throw new UserError(`${path} has to be corrected:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

function unknownPortal(key: string): string {
  return `${key}: there is no such portal; Bookwright knows ${portals.map(({ id }) => id).join(', ')}`
}

function namesOf({ urls }: PortalFacts): string {
  return Object.keys(urls).join(', ')
}
