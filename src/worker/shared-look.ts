import type { Action, BookAction } from '../db/actions/action.ts'
import type { Claim } from '../db/actions/claim.ts'
import { putBack } from '../db/actions/work.ts'
import type { Database } from '../db/database.ts'
import { type SeenAt, takeTurn } from '../db/slot-looks.ts'
import { placesSeen } from '../planner/looking.ts'
import type { PortalFacts, SlotKey } from '../portals/contract.ts'
import type { Done } from './jobs/job.ts'
import { StillFull } from './jobs/watch.ts'

/** What an action that wants to know of a slot does, before anything of the portal is opened for it. */
export type SharedLook =
  /** Goes to the portal. `seen`: a free place that another one has just seen. */
  | { next: 'go'; seen?: SeenAt }
  /** It is in the queue again: another one is looking, and will tell. */
  | { next: 'put-back' }
  /** What another one has just seen is the answer. */
  | { next: 'done'; done: Done }
  | { next: 'still-full'; error: StillFull }

type Work = { db: Database; claim: Claim; facts: PortalFacts }

/**
 * One request serves all who wait for it: an action that watches a slot, or looks at it for a page, takes what another
 * one has just seen, or waits for its answer, and only else asks itself. Throws `LeaseLostError`.
 */
export async function sharedLook({ db, claim, facts }: Work): Promise<SharedLook> {
  const { action, lease } = claim
  const slot = slotToLookAt(action)
  if (!slot) return { next: 'go' }
  const opensAt = facts.opening(slot)
  return await db.write(async (tx, now): Promise<SharedLook> => {
    // Before its opening there is nothing to be seen: the action waits for that.
    if (Temporal.Instant.compare(now, opensAt) < 0) return { next: 'go' }
    const turn = await takeTurn(tx, { portal: action.portal, slot, opensAt }, now)
    if (turn.turn === 'look') return { next: 'go' }
    // A page shows what was seen, and will show what another one sees.
    if (action.type !== 'book') return { next: 'done', done: { result: { kind: 'looked' } } }
    if (turn.turn === 'take') return outcomeOf(action, turn.seen)
    // In the same transaction: an answer that comes now finds the action in the queue.
    await putBack(tx, lease, turn.until, now)
    return { next: 'put-back' }
  })
}

/** The slot that the action has to know of; undefined where it has not, or must first find out what it has done. */
function slotToLookAt(action: Action): SlotKey | undefined {
  if (action.type === 'refresh') return action.slot ?? undefined
  return action.type === 'book' && action.watch !== null && !action.outcomeUnknown ? action.slot : undefined
}

function outcomeOf({ watch }: BookAction, seen: SeenAt): SharedLook {
  const { state, spots, at } = seen
  if (placesSeen(seen) !== 'free') return { next: 'still-full', error: new StillFull({ state, spots }, at) }
  return watch === 'tell' ? { next: 'done', done: { result: { kind: 'place-free', spots } } } : { next: 'go', seen }
}
