import type { Account } from '../db/accounts.ts'
import { type ActionErrorKind, isOpen } from '../db/actions/action.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import { findAction } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { findPortalState } from '../db/portal-states.ts'
import type { SlotRow } from '../db/schema.ts'
import type { Bookability } from '../planner/bookability.ts'
import { isStale, type LookTurn, lookTurn, PAGE_PATIENCE } from '../planner/looking.ts'
import { getPortal } from '../portals/registry.ts'
import { exactAge, momentPhrase, secondPhrase } from './dates.ts'
import { datedOf } from './names.ts'
import { judgeSlot } from './slot-state.ts'
import type { Words } from './texts.ts'

/** What is being done to know more of a slot than was last seen. */
export type LookState =
  | { state: 'nothing' }
  | { state: 'looking' }
  /** The portal asked for quiet. */
  | { state: 'cooled'; until: string }
  | { state: 'failed'; kind: ActionErrorKind }

/** How it stands with looking at the slot. `lookId`: the last look that was asked for. */
export async function lookStateOf(db: Database, row: SlotRow, lookId: number | undefined): Promise<LookState> {
  const now = db.clock.now()
  const { cooledUntil } = await findPortalState(db.read, row.portal)
  if (cooledUntil !== null && isAhead(cooledUntil, now)) return { state: 'cooled', until: cooledUntil }
  const look = lookId === undefined ? undefined : await findAction(db.read, lookId)
  // What another one has seen since is as good.
  if (look && row.seen_at < look.createdAt) {
    if (!isOpen(look) && look.error) return { state: 'failed', kind: look.error.kind }
    // Without a worker nobody ends it.
    if (look.status === 'pending' && look.deadline !== null && !isAhead(look.deadline, now))
      return { state: 'failed', kind: 'expired' }
    if (isOpen(look)) return { state: 'looking' }
  }
  return lookTurnOf(row, now).turn === 'wait' ? { state: 'looking' } : { state: 'nothing' }
}

/** Whether looking at the slot again can tell anything that helps this account. */
export function canLook(account: Account, can: Bookability): boolean {
  return account.state === 'active' && (can.can || can.why === 'full' || can.why === 'closed')
}

/**
 * Asks for a look at the slot where what was seen is too old: for a page that was just opened, or (`wanted`) because
 * somebody pressed for it. Whoever asks, it is made once in a while only. Answers its id, if one was asked for.
 */
export async function askForLook(
  db: Database,
  account: Account,
  row: SlotRow,
  wanted: boolean,
): Promise<number | undefined> {
  const now = db.clock.now()
  if (lookTurnOf(row, now).turn !== 'look' || (!wanted && !isStale(Temporal.Instant.from(row.seen_at), now)))
    return undefined
  if (!canLook(account, await judgeSlot(db, account, row))) return undefined
  const { cooledUntil } = await findPortalState(db.read, row.portal)
  if (cooledUntil !== null && isAhead(cooledUntil, now)) return undefined
  const { id } = await enqueueAction(db, {
    type: 'refresh',
    userId: null,
    accountId: account.id,
    portal: account.portal,
    slot: { ...datedOf(row), siteId: row.site_id },
    deadline: now.add(PAGE_PATIENCE),
  })
  return id
}

/** Whether what was seen of the slot is fresh, somebody is looking at it, or a look can be asked for. */
export function lookTurnOf(row: SlotRow, now: Temporal.Instant): LookTurn {
  const slot = datedOf(row)
  const askedAt = row.asked_at === null ? undefined : Temporal.Instant.from(row.asked_at)
  return lookTurn(
    { seenAt: Temporal.Instant.from(row.seen_at), askedAt, opensAt: getPortal(row.portal).opening(slot) },
    now,
  )
}

function isAhead(stamp: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(stamp), now) > 0
}

/** When the slot was seen, and what is being done to know more; HTML. */
export function lookLines(words: Words, row: SlotRow, look: LookState, now: Temporal.Instant): string[] {
  const time = secondPhrase(words, row.portal, row.seen_at, now)
  const seen = words.html('slot-seen-at', { time, age: exactAge(words, row.seen_at, now) })
  switch (look.state) {
    case 'nothing':
      return [seen]
    case 'looking':
      return [seen, words.html('look-under-way')]
    case 'cooled':
      return [seen, words.html('wait-cooled', { time: momentPhrase(words, row.portal, look.until, now) })]
    case 'failed':
      return [`${words.html('look-failed')} ${words.html(`error-${look.kind}`)}`, seen]
  }
}
