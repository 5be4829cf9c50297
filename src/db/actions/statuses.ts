import { sql } from 'kysely'

/** Statuses written out in the query: a partial index is used only where the engine can read its condition there. */
export const PENDING = sql.lit<'pending'>('pending')
export const PROCESSING = sql.lit<'processing'>('processing')
export const OPEN = [PENDING, PROCESSING] as const
