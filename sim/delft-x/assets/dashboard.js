/* What the member holds. */
import { ask, member } from './store.js'
import { make, texts } from './texts.js'

export async function drawDashboard(root, language) {
  const words = texts(language)
  const body = make('tbody', {})
  root.replaceChildren(
    make('nav', {}, make('a', { href: '/' }, words.calendar), ' ', make('a', { href: '/dashboard' }, words.dashboard)),
    make('h1', {}, words.dashboard),
    make('participations-table', {}, make('table', {}, body)),
  )
  const { id } = member()
  const query = new URLSearchParams({
    s: JSON.stringify({ $or: [{ memberId: id }, { invitedMemberId: id }] }),
    join: 'booking',
    sort: 'booking.startDate,ASC',
    limit: '100',
    fetchOptimizedCustomerDashboard: 'true',
    fetchTicket: 'false',
  })
  const { data } = await (await ask(`/participations?${query}`)).json()
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  for (const { bookingId, status } of data.participations) {
    const booking = data.bookings.find((one) => one.id === bookingId)
    const cells = [booking.description, format.format(new Date(booking.startDate)), status === 1 ? '' : words.waiting]
    body.append(make('tr', {}, ...cells.map((text) => make('td', {}, text))))
  }
}
