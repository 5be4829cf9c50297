import type { PortalBooking, SlotKey } from '../contract.ts'
import { composeBooking, openingsOfCell, proveBooking, sendBooking } from './booking.ts'
import { learnWindow, prepare } from './prepare.ts'
import { checkOpen, isBefore } from './rules.ts'
import type { Visit } from './visit.ts'

/** Books a slot and returns it as the list then shows it (dossier 4). At most one request that books is sent. */
export async function book(visit: Visit, slot: SlotKey, beforeSubmit: () => Promise<void>): Promise<PortalBooking> {
  const cell = await prepare(visit, slot)
  if (isBefore(visit.now, openingsOfCell(visit, cell).first)) {
    await learnWindow(visit, cell)
    checkOpen(cell, openingsOfCell(visit, cell), visit.api.clock)
  }
  const request = await composeBooking(visit, cell)
  await visit.submitting(beforeSubmit)
  const accepted = await sendBooking(visit, cell, request)
  await visit.step('verifying')
  return proveBooking(visit, cell, accepted)
}
