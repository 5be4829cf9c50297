import { z } from 'zod'
import type { Database } from './database.ts'
import type { UserRow } from './schema.ts'

/** What a user may not want to be told: that a late result is there, that a booking vanished, that a rule has booked. */
export const MUTABLE = ['ping', 'booking-gone', 'recurring'] as const
export type Mutable = (typeof MUTABLE)[number]

const mutedSchema = z.array(z.string())

/** What this user does not want to be told. */
export function mutedOf({ muted }: Pick<UserRow, 'muted'>): readonly Mutable[] {
  const kinds = muted === null ? [] : mutedSchema.parse(JSON.parse(muted))
  return MUTABLE.filter((kind) => kinds.includes(kind))
}

/** Has a user told of this kind no more, or again. */
export async function setMuted(db: Database, userId: number, kind: Mutable, muted: boolean): Promise<void> {
  await db.write(async (tx) => {
    const user = await tx.selectFrom('users').select('muted').where('id', '=', userId).executeTakeFirst()
    if (!user) return
    const others = mutedOf(user).filter((each) => each !== kind)
    const kinds = JSON.stringify(muted ? [...others, kind] : others)
    await tx.updateTable('users').set({ muted: kinds }).where('id', '=', userId).execute()
  })
}
