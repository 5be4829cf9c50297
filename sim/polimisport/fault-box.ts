import { FaultBox } from '../shared/fault-box.ts'
import { matchesRoute } from '../shared/routes.ts'
import { type Fault, type FaultInput, faultSchema } from './faults.ts'

/** The occasion on which a fault could strike. */
export type Occasion = { route?: string; method?: string; person?: string | undefined }

export type PolimisportFaults = FaultBox<Fault, FaultInput, Occasion>

/** No fault is switched on. */
export function noFaults(): PolimisportFaults {
  return new FaultBox<Fault, FaultInput, Occasion>({
    parse: (input) => faultSchema.parse(input),
    matches,
    target: (fault) => [
      fault.id,
      fault.person,
      'route' in fault && fault.route,
      'at' in fault && fault.at,
      'target' in fault && fault.target,
    ],
  })
}

function matches(fault: Fault, { route, method, person }: Occasion): boolean {
  if (fault.person !== undefined && fault.person !== person && fault.id !== 'sso-passthrough') return false
  if ('route' in fault && route !== undefined && !matchesRoute(fault.route, route)) return false
  return !('method' in fault) || fault.method === undefined || fault.method === method
}
