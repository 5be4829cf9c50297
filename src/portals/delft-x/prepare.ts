import type { SlotKey } from '../contract.ts'
import { productSchema } from './answers.ts'
import { bodyOf } from './body.ts'
import type { Cell } from './cells.ts'
import { refuseDouble } from './list.ts'
import { checkFree } from './rules.ts'
import { readCell } from './timetable.ts'
import type { Visit } from './visit.ts'

/** The slot to be booked, as it is listed now. Throws what keeps this account from booking it. */
export async function prepare(visit: Visit, slot: SlotKey): Promise<Cell> {
  await visit.step('choosing-slot')
  await refuseDouble(visit, slot)
  const cell = await readCell(visit, slot)
  checkFree(cell)
  return cell
}

/** Where to ask about the product that a slot is sold as. It needs no login (dossier 3.2). */
export function productPath({ order }: Cell): string {
  return `/products/${order.linkedProductId}`
}

/** Learns from the portal itself how long ahead such a slot opens; its own word goes before our table (dossier 6). */
export async function learnWindow(visit: Visit, cell: Cell): Promise<void> {
  const doing = 'reading how long ahead a slot opens'
  const answer = await visit.api.read(productPath(cell), undefined, doing)
  const { bookableSlotsMinutesAhead: minutes } = bodyOf(answer, productSchema, doing)
  if (minutes !== undefined) visit.learned.minutesAhead.set(cell.order.linkedProductId, minutes)
}
