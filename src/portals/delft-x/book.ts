import type { PortalBooking, SlotKey } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { composeBooking, openingsOfCell, proveBooking, sendBooking } from './booking.ts'
import { openingsOf } from './openings.ts'
import { learnWindow, prepare } from './prepare.ts'
import { checkOpen, isBefore, mayAppear, notOpenYet } from './rules.ts'
import type { Visit } from './visit.ts'

/** Books a slot and returns it as the list then shows it (dossier 4). At most one request that books is sent. */
export async function book(visit: Visit, slot: SlotKey, beforeSubmit: () => Promise<void>): Promise<PortalBooking> {
  const cell = await prepare(visit, slot).catch((error: unknown) => {
    throw notYet(visit, slot, error) ?? error
  })
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

/** What is not listed at its opening, or a moment before it by the portal's clock, may be a moment later. */
function notYet(visit: Visit, slot: SlotKey, error: unknown): PortalError | undefined {
  const openings = openingsOf(slot, undefined)
  if (!(error instanceof PortalError) || error.kind !== 'slot-gone' || !mayAppear(openings, visit.now)) return undefined
  return notOpenYet(openings, visit.api.clock, error.message)
}
