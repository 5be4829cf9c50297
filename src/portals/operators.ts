import type { PortalOperator } from './contract.ts'
import { delftXOperator } from './delft-x/operator.ts'
import { polimisportOperator } from './polimisport/operator.ts'
import { getPortal } from './registry.ts'

const operators: Readonly<Record<string, PortalOperator>> = {
  polimisport: polimisportOperator,
  'delft-x': delftXOperator,
}

/** How a portal is operated. Loads Playwright: for the worker alone. */
export function getOperator(portalId: string): PortalOperator {
  const operator = operators[getPortal(portalId).id]
  if (operator) return operator
  throw new Error(`The portal "${portalId}" has no operator.`)
}
