import { toStamp } from '../core/clock.ts'
import type { Reader, Tx } from './database.ts'

/** Leaves the whole portal alone until `until`: it asked for quiet, or blocks us. */
export async function coolPortal(tx: Tx, portal: string, until: Temporal.Instant): Promise<void> {
  const cooled_until = toStamp(until)
  await tx
    .insertInto('portal_states')
    .values({ portal, cooled_until, refreshed_at: null })
    .onConflict((conflict) => conflict.column('portal').doUpdateSet({ cooled_until }))
    .execute()
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

/** When the portal's timetable was last read whole, and until when the portal is left alone. Stamps or null. */
export async function findPortalState(
  reader: Reader,
  portal: string,
): Promise<{ refreshedAt: string | null; cooledUntil: string | null }> {
  const row = await reader.selectFrom('portal_states').selectAll().where('portal', '=', portal).executeTakeFirst()
  return { refreshedAt: row?.refreshed_at ?? null, cooledUntil: row?.cooled_until ?? null }
}
