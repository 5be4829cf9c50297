import type { Order } from './cells.ts'

/** The body of the request that books (dossier 4): the event's id twice for Fitness, `null` twice for a hall. */
export function bookingPayload(memberId: number, order: Order): string {
  const { startDate, endDate, bookableProductId, linkedProductId, bookingId } = order
  return JSON.stringify({
    organizationId: null,
    memberId,
    bookingId,
    primaryPurchaseMessage: null,
    secondaryPurchaseMessage: null,
    params: {
      ...{ startDate, endDate, bookableProductId, bookableLinkedProductId: linkedProductId, bookingId },
      ...{ invitedMemberEmails: [], invitedGuests: [], invitedOthers: [] },
      ...{ primaryPurchaseMessage: null, secondaryPurchaseMessage: null, clickedOnBook: true },
    },
    dateOfRegistration: null,
  })
}
