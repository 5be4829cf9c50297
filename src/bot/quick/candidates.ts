import type { Account } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import type { SlotRow } from '../../db/schema.ts'
import { listSlotsFrom } from '../../db/slots.ts'
import { titleOf } from '../../portals/match.ts'
import { localNow } from '../dates.ts'
import { datedOf, placeOf } from '../names.ts'
import type { Candidate } from './match-wish.ts'

/** A slot of the timetable that a text may mean. */
export type SlotCandidate = Candidate & { row: SlotRow }

/** All slots from today on at the portals of these accounts, those that have begun as well. */
export async function listCandidates(db: Database, accounts: readonly Account[]): Promise<SlotCandidate[]> {
  const now = db.clock.now()
  const portals = [...new Set(accounts.map(({ portal }) => portal))]
  const found = portals.map(async (portal) => {
    const { date: today, time } = localNow(portal, now)
    const rows = await listSlotsFrom(db.read, portal, today)
    return rows.map((row) => candidateOf(row, row.date === today && row.time_slot <= time))
  })
  return (await Promise.all(found)).flat()
}

function candidateOf(row: SlotRow, past: boolean): SlotCandidate {
  const dated = datedOf(row)
  return { row, title: titleOf(dated), place: placeOf(dated), date: row.date, start: row.time_slot, past }
}
