import { claimAt } from '../planner/ahead.ts'
import { instantOf } from '../planner/occurrences.ts'
import type { PortalFacts, SlotKey } from '../portals/contract.ts'
import { nameKey } from '../portals/match.ts'
import type { NewAction } from './actions/new-action.ts'
import type { Reader } from './database.ts'
import { courseOf } from './plan-choices.ts'
import type { PlanRow } from './schema.ts'

type Aim = { hour: number; place: string; option: string; account: number }

/** `HH:MM` of a whole hour. */
export function startOf(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** What books a try's slot: claimed shortly before the opening, given up at the start. Asked for twice it is the same. */
export async function bookingOfTry(
  reader: Reader,
  plan: Pick<PlanRow, 'id' | 'portal' | 'date'>,
  { opening, timeZone }: PortalFacts,
  { hour, place, option, account }: Aim,
): Promise<NewAction> {
  const slot = { date: plan.date, start: startOf(hour), location: place, course: courseOf(option), siteId: null }
  return {
    type: 'book',
    userId: null,
    urgent: true,
    accountId: account,
    portal: plan.portal,
    origin: `plan:${plan.id}:${hour}:${place}:${option}:${account}`,
    slot: { ...slot, end: await findEnd(reader, plan.portal, slot) },
    deadline: instantOf(slot.date, slot.start, timeZone),
    notBefore: claimAt(opening(slot)),
  }
}

/** The end of a slot as the timetable says. */
async function findEnd(reader: Reader, portal: string, slot: SlotKey): Promise<string | null> {
  const row = await reader
    .selectFrom('slots')
    .select('end_time')
    .where('portal', '=', portal)
    .where('date', '=', slot.date)
    .where('time_slot', '=', slot.start)
    .where('name_key', '=', nameKey(slot))
    .limit(1)
    .executeTakeFirst()
  return row?.end_time ?? null
}
