import { type RawBuilder, sql } from 'kysely'
import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Database } from '../database.ts'
import { statement } from '../statement.ts'
import { PENDING, PROCESSING } from './statuses.ts'

export type Seen = {
  /** An action is due; not said is that it may be claimed. */
  due: boolean
  /** A lease ran out. */
  lost: boolean
  /** A deadline passed. */
  overdue: boolean
}

/** What there is to do in the queue. Reads only, and waits for nobody: an idle worker costs the others nothing. */
export async function look(db: Database): Promise<Seen> {
  const now = db.clock.now()
  const [seen] = await lookAt(db.read, { now: toStamp(now), soon: stampAfter(now, db.clockErrorMs) })
  if (!seen) throw new Error('the queue does not say what there is to do')
  return { due: seen.due === 1, lost: seen.lost === 1, overdue: seen.overdue === 1 }
}

const lookAt = statement<{ now: string; soon: string }, { due: number; lost: number; overdue: number }>(
  ['now', 'soon'],
  (db, { now, soon }) => {
    // One index each; a single condition with "or" would read the whole table.
    const actions = db.selectFrom('booking_actions').select('id')
    const due = actions.where('status', '=', PENDING).where('run_at', '<=', soon)
    const lost = actions.where('status', '=', PROCESSING).where('lease_until', '<', now)
    const earliest = db
      .selectFrom('booking_actions')
      .select(({ fn }) => fn.min('deadline').as('deadline'))
      .where('status', '=', PENDING)
      .where('deadline', 'is not', null)
    const flag = (condition: RawBuilder<unknown>) => sql<number>`case when ${condition} then 1 else 0 end`
    return db.selectNoFrom([
      flag(sql`exists ${due}`).as('due'),
      flag(sql`exists ${lost}`).as('lost'),
      flag(sql`${earliest} <= ${now}`).as('overdue'),
    ])
  },
)
