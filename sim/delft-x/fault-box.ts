import { parseInstant } from '../shared/clock.ts'
import { FaultBox } from '../shared/fault-box.ts'
import { matchesRoute } from '../shared/routes.ts'
import { seededRandom } from '../shared/seeded.ts'
import { type Fault, type FaultInput, faultSchema } from './faults.ts'
import { AMSTERDAM } from './zone.ts'

/** The occasion on which a fault could strike, at an instant of the site's clock. */
export type Occasion = { path?: string; method?: string; account?: string | undefined; nowMs?: number }

export type DelftXFaults = FaultBox<Fault, FaultInput, Occasion>

/** No fault is switched on. The seed decides what a probability comes to. */
export function noFaults(seed: number): DelftXFaults {
  const random = seededRandom(seed)
  return new FaultBox<Fault, FaultInput, Occasion>({
    parse: (input) => faultSchema.parse(input),
    matches: (fault, occasion) => matches(fault, occasion) && (isCertain(fault) || random() < fault.probability),
    target: (fault) => [
      fault.id,
      fault.account,
      'path' in fault && fault.path,
      'method' in fault && fault.method,
      'when' in fault && fault.when,
      'variant' in fault && fault.variant,
    ],
  })
}

/** Whether competitors come is settled for each cell (`rivals.ts`), not for each look at it. */
function isCertain({ id, probability }: Fault): boolean {
  return probability === 1 || id === 'competitor'
}

function matches(fault: Fault, { path, method, account, nowMs }: Occasion): boolean {
  if (fault.account !== undefined && fault.account !== account) return false
  if ('path' in fault && path !== undefined && !isPath(fault.path, path)) return false
  if ('method' in fault && fault.method !== '*' && fault.method !== method) return false
  return nowMs === undefined || isWithin(fault, nowMs)
}

/** Whether the instant lies where the fault may strike. */
export function isWithin({ from, to }: Pick<Fault, 'from' | 'to'>, nowMs: number): boolean {
  const at = (text: string) => parseInstant(text, AMSTERDAM).epochMilliseconds
  return (from === undefined || nowMs >= at(from)) && (to === undefined || nowMs < at(to))
}

/** `participations` means the deeds on one of them too. */
function isPath(wanted: string, path: string): boolean {
  return matchesRoute(wanted, path) || matchesRoute(wanted, path.replace(/\/[^/]*$/, ''))
}
