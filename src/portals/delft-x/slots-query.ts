/** What the portal joins so that slots come with their names (dossier 3.1). */
const JOINS = ['linkedProduct', 'linkedProduct.translations', 'product', 'product.translations']
const PAGE_SIZE = 100

/** One day at Delft, as the instants that the API speaks. */
export type Day = { begins: string; ends: string }

/** The 24, 23 or 25 hours of a local date; a day in UTC would lose the first and the last hour (dossier 3.1). */
export function dayIn(timeZone: string, date: string): Day {
  const begins = Temporal.PlainDate.from(date).toZonedDateTime(timeZone)
  const ends = begins.add({ days: 1 }).subtract({ seconds: 1 })
  return { begins: stamp(begins.toInstant()), ends: stamp(ends.toInstant()) }
}

/** The filter that the portal's own pages send; `now` leaves out what cannot be booked any more. */
export function tagFilter(tags: readonly number[], { begins, ends }: Day, now: Temporal.Instant | undefined): object {
  return {
    ...{ startDate: begins, endDate: ends, tagIds: { $in: tags } },
    ...(now && { availableFromDate: { $gt: stamp(now) }, availableTillDate: { $gte: begins } }),
  }
}

/** The filter of the newer path (dossier 3.1). */
export function productFilter(products: readonly number[], { begins, ends }: Day): object {
  return { activityProductIds: { $in: products }, startDate: { $gte: begins }, endDate: { $lte: ends } }
}

/** A page of a list of slots. */
export function slotsPath(path: string, filter: object, page: number): string {
  const query = new URLSearchParams({ s: JSON.stringify(filter) })
  for (const join of JOINS) query.append('join', join)
  return `${path}?${query}&${paging('startDate', page)}`
}

/** A page of the member's bookings in the weeks that can be booked (dossier 5). */
export function bookingsPath(memberId: number, from: string, to: string, page: number): string {
  const filter = {
    $or: [{ memberId }, { invitedMemberId: memberId }],
    'booking.startDate': { $gte: from },
    'booking.endDate': { $lte: to },
  }
  const query = new URLSearchParams({
    ...{ s: JSON.stringify(filter), join: 'booking', fetchOptimizedCustomerDashboard: 'true', fetchTicket: 'false' },
  })
  return `/participations?${query}&${paging('booking.startDate', page)}`
}

/** An instant as the API writes it: UTC with milliseconds. */
export function stamp(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 })
}

function paging(by: string, page: number): string {
  return `${new URLSearchParams({ sort: `${by},ASC`, limit: String(PAGE_SIZE), page: String(page) })}`
}
