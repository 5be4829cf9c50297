import type { PortalFacts } from '../portals/contract.ts'
import { startOf } from './plan-bookings.ts'
import type { TryView } from './plan-tries.ts'
import type { PlanRow } from './schema.ts'

/** So long after its opening a try, or its giving back, is waited for (dossier delft-x §9); then others go on. */
const PATIENCE = { seconds: 4 }

/** From when on nobody waits for what is under way of a try: its answer, or its giving back. Undefined: nothing is. */
export function patienceEnds(
  { hour, place, state, cancelling, queuedAt, cancelQueuedAt }: TryView,
  { date }: Pick<PlanRow, 'date'>,
  { opening }: Pick<PortalFacts, 'opening'>,
): Temporal.Instant | undefined {
  if (cancelling === 'open' && cancelQueuedAt !== null) return Temporal.Instant.from(cancelQueuedAt).add(PATIENCE)
  if (state !== 'open') return undefined
  const queued = Temporal.Instant.from(queuedAt)
  const opensAt = opening({ date, start: startOf(hour), location: place })
  return (Temporal.Instant.compare(queued, opensAt) > 0 ? queued : opensAt).add(PATIENCE)
}
