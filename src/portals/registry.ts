import { UserError } from '../core/errors.ts'
import type { PortalFacts } from './contract.ts'
import { delftXFacts } from './delft-x/facts.ts'
import { polimisportFacts } from './polimisport/facts.ts'

/** What every process knows of each portal. How a portal is operated is in operators.ts, for the worker alone. */
export const portals: readonly PortalFacts[] = [polimisportFacts, delftXFacts]

/** The portal of that id, if there is one. */
export function findPortal(id: string): PortalFacts | undefined {
  return portals.find((portal) => portal.id === id)
}

/** The portal of that id; an unknown one is somebody's mistake in a setting or a command. */
export function getPortal(id: string): PortalFacts {
  const portal = findPortal(id)
  if (portal) return portal
  throw new UserError(`There is no portal "${id}". Known portals: ${portals.map((known) => known.id).join(', ')}.`)
}
