import type { Database, Reader } from './database.ts'
import type { ShotRow } from './schema.ts'

/** Keeps what is known of a booking fired at its opening. */
export async function insertShot(db: Database, shot: Omit<ShotRow, 'id'>): Promise<void> {
  await db.write((tx) => tx.insertInto('shots').values(shot).execute())
}

/** The shots of an action, the first one first. */
export async function listShotsOf(reader: Reader, actionId: number): Promise<ShotRow[]> {
  return await reader.selectFrom('shots').selectAll().where('action_id', '=', actionId).orderBy('id').execute()
}
