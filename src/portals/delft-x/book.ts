import type { PortalBooking, SlotKey } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { composeBooking, openingsOfCell, proveBooking, sendBooking } from './booking.ts'
import { openingsOf } from './openings.ts'
import { learnWindow, prepare } from './prepare.ts'
import { checkOpen, isBefore, mayChange, notOpenYet } from './rules.ts'
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

/** What could not be armed is first looked at when it opens by our clock: that look alone must not end it. */
function notYet(visit: Visit, slot: SlotKey, error: unknown): PortalError | undefined {
  const openings = openingsOf(slot, undefined)
  if (!(error instanceof PortalError) || !mayChange(error.kind, openings, visit.now)) return undefined
  return notOpenYet(openings, visit.api.clock, error.message)
}
