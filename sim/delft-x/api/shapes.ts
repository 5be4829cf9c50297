import type { Participation } from '../participations.ts'
import type { Slot } from '../slots.ts'

/** UTC with milliseconds, as the API writes it. */
export function utc(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toString({ smallestUnit: 'millisecond' })
}

/** A dated event: made beforehand for a session, by its booking for a hall. */
export function bookingBody(slot: Slot, id: number, taken: number) {
  const { place, startMs, endMs } = slot
  return {
    ...{ id, description: place.description, startDate: utc(startMs), endDate: utc(endMs) },
    ...{ productId: place.id, linkedProductId: place.product.id, status: 1 },
    ...{ currentParticipantCount: taken, availableParticipantCount: place.capacity - taken, maxParticipants: null },
  }
}

/** All fields that a participation has (dossier section 4). */
export function participationBody({ id, status, bookingId, member, registeredMs }: Participation) {
  const at = utc(registeredMs)
  return {
    ...{ id, status, type: 1, claimed: false, claimCode: `SYNTH${id % 100_000}`, bookingId, memberId: member.id },
    ...{ organizationId: null, invitedMemberId: null, attended: false, dateOfRegistration: at, paymentType: 0 },
    ...{ paid: true, amount: 0, primaryPurchaseMessage: null, secondaryPurchaseMessage: null, isUnconfirmed: false },
    ...{ firstName: null, lastName: null, mobile: null, email: null, saleItemId: null, siteId: 0, updatedAt: at },
  }
}
