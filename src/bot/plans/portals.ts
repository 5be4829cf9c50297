import type { PlanPlace, PortalFacts } from '../../portals/contract.ts'
import { portals } from '../../portals/registry.ts'

type PlannablePortal = PortalFacts & { planPlaces: readonly PlanPlace[] }

/** The portals at which plans can be made. */
export function plannablePortals(): PlannablePortal[] {
  return portals.flatMap((facts) => {
    const { planPlaces = [] } = facts
    return planPlaces.length > 0 ? [{ ...facts, planPlaces }] : []
  })
}

/** What a plan can be made of at this portal; empty where there can be none. */
export function planPlacesOf(portal: string): readonly PlanPlace[] {
  return plannablePortals().find(({ id }) => id === portal)?.planPlaces ?? []
}
