import type { ExpressionBuilder } from 'kysely'
import { toStamp } from '../core/clock.ts'
import { type Action, isPlainBooking } from './actions/action.ts'
import type { Reader, Tx } from './database.ts'
import type { Schema } from './schema.ts'

/**
 * Leaves a portal alone until `until`, or longer where that was said before: it asked for fewer requests, and nothing but
 * bookings is claimed; or it shuts us out (`blocked`), and nothing at all is.
 */
export async function coolPortal(
  tx: Tx,
  portal: string,
  until: Temporal.Instant,
  why: 'rate-limited' | 'blocked',
): Promise<void> {
  const stamp = toStamp(until)
  const state = { cooled_until: stamp, blocked_until: why === 'blocked' ? stamp : null }
  await tx
    .insertInto('portal_states')
    .values({ portal, refreshed_at: null, ...state })
    .onConflict((conflict) =>
      conflict.column('portal').doUpdateSet((eb) => ({
        cooled_until: later(eb, 'cooled_until'),
        blocked_until: later(eb, 'blocked_until'),
      })),
    )
    .execute()
}

type Upsert = ExpressionBuilder<Schema & { excluded: Schema['portal_states'] }, 'portal_states' | 'excluded'>

/** What is said now, unless nothing is, or what was said before lasts longer. */
function later(eb: Upsert, column: 'cooled_until' | 'blocked_until') {
  const before = eb.ref(`portal_states.${column}`)
  const said = eb.ref(`excluded.${column}`)
  return eb.case().when(said, 'is', null).then(before).when(before, '>', said).then(before).else(said).end()
}

/** Until `tx` ends nobody else gets past this point for the same portal. */
export async function lockPortal(tx: Tx, portal: string): Promise<void> {
  await tx
    .insertInto('portal_states')
    .values({ portal, cooled_until: null, refreshed_at: null })
    .onConflict((conflict) => conflict.column('portal').doUpdateSet({ portal }))
    .execute()
}

export async function markRefreshed(tx: Tx, portal: string, at: Temporal.Instant): Promise<void> {
  const refreshed_at = toStamp(at)
  await tx
    .insertInto('portal_states')
    .values({ portal, cooled_until: null, refreshed_at })
    .onConflict((conflict) => conflict.column('portal').doUpdateSet({ refreshed_at }))
    .execute()
}

export type PortalState = {
  /** When the timetable was last read whole. */
  refreshedAt: string | null
  /** Until when nothing is claimed but bookings. */
  cooledUntil: string | null
  /** Until when nothing at all is claimed. */
  blockedUntil: string | null
}

/** What is known of the portal as a whole. Stamps or null. */
export async function findPortalState(reader: Reader, portal: string): Promise<PortalState> {
  const row = await reader.selectFrom('portal_states').selectAll().where('portal', '=', portal).executeTakeFirst()
  return {
    refreshedAt: row?.refreshed_at ?? null,
    cooledUntil: row?.cooled_until ?? null,
    blockedUntil: row?.blocked_until ?? null,
  }
}

/** Until when this action is held up because its portal is left alone; undefined when it is not. */
export async function quietUntil(reader: Reader, action: Action, now: Temporal.Instant): Promise<string | undefined> {
  const { cooledUntil, blockedUntil } = await findPortalState(reader, action.portal)
  const until = isPlainBooking(action) ? blockedUntil : cooledUntil
  return until !== null && Temporal.Instant.compare(Temporal.Instant.from(until), now) > 0 ? until : undefined
}
