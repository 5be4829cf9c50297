import { sql } from 'kysely'

/**
 * Statuses written out in the query: a partial index is used only where the engine can read its condition there. Where
 * an action is found by its id they are given as values instead, so that no partial index is searched for it.
 */
export const PENDING = sql.lit<'pending'>('pending')
export const PROCESSING = sql.lit<'processing'>('processing')
export const OPEN = [PENDING, PROCESSING] as const
