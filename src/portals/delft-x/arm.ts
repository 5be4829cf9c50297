import type { ArmedBooking, ClockSample, SlotKey } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { asPortalError } from '../shared/failures.ts'
import { describe } from '../shared/slots.ts'
import { type Accepted, composeBooking, openingsOfCell, proveBooking, sendBooking } from './booking.ts'
import type { Cell } from './cells.ts'
import { delftXFacts } from './facts.ts'
import { openingsOf } from './openings.ts'
import { learnWindow, prepare, productPath } from './prepare.ts'
import { isBefore, notOpenYet } from './rules.ts'
import type { Visit } from './visit.ts'

/**
 * Everything but the last request (dossier 4, 6): the event of Fitness is read, the body composed, the connection open.
 * Throws `not-open-yet` for a slot that is not listed yet, or opens later than we thought.
 */
export async function arm(visit: Visit, slot: SlotKey): Promise<ArmedBooking> {
  const cell = await prepare(visit, slot).catch((error: unknown) => {
    throw notListedYet(visit, slot, error) ?? error
  })
  await learnWindow(visit, cell)
  refuseLater(visit, cell)
  const request = await composeBooking(visit, cell)
  let accepted: Accepted | undefined
  return {
    ping: () => ping(visit, cell),
    async fire() {
      visit.signal.throwIfAborted()
      visit.submitted = true
      // Up to the connection nothing is awaited.
      accepted = await sendBooking(visit, cell, request).catch((error: unknown) => {
        throw asPortalError(error, 'booking')
      })
    },
    async prove() {
      if (!accepted) throw new Error('Nothing was booked that could be proved.')
      await visit.step('verifying')
      return proveBooking(visit, cell, accepted)
    },
  }
}

async function ping(visit: Visit, cell: Cell): Promise<ClockSample> {
  const request = visit.api.compose('GET', productPath(cell), {})
  const { sentAt, answeredAt, date } = await visit.api.send(request, 'asking for the time')
  return { sentAt, answeredAt, date: Date.parse(date ?? '') }
}

/** An event that is not there before its opening may come with it. */
function notListedYet(visit: Visit, slot: SlotKey, error: unknown): PortalError | undefined {
  if (!(error instanceof PortalError) || error.kind !== 'slot-gone') return undefined
  const openings = openingsOf(slot, undefined)
  if (!isBefore(visit.now, openings.first)) return undefined
  return notOpenYet(openings, visit.api.clock, `${describe(slot)} is not listed`)
}

/** Where the portal itself says that it opens later than by our table, there is nothing to fire at yet. */
function refuseLater(visit: Visit, cell: Cell): void {
  const openings = openingsOfCell(visit, cell)
  const { clock } = visit.api
  if (!isBefore(delftXFacts.opening(cell), openings.first) || !isBefore(clock.now(), openings.first)) return
  throw notOpenYet(openings, clock, `${describe(cell)} opens later than by our table`)
}
