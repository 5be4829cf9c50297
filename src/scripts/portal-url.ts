import type { Config } from '../core/config.ts'
import { polimisportUrls } from '../portals/polimisport/facts.ts'

/** The address of the portal that the configuration names, or the real one. */
export function portalUrl(config: Pick<Config, 'portals'>, portal: 'polimisport'): string {
  return config.portals[portal].baseUrl ?? polimisportUrls.baseUrl
}
