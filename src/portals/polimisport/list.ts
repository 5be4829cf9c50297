import type { Page } from 'playwright'
import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { bookingOfCard, type Card } from './bookings.ts'
import { shows } from './dialog.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { dateInRome } from './facts.ts'
import { listPage, paths } from './pages.ts'
import type { Visit } from './visit.ts'

declare const DOMParser: new () => { parseFromString(html: string, type: 'text/html'): PageDocument }

type ListPage = { cards: Card[]; newBooking: boolean; leftovers: boolean }

/**
 * The account's bookings. Should the list not come with its cards, which nobody has confirmed, the page shows them:
 * it is asked when the HTML holds none, until it was once seen to hold some, and when it cannot be read.
 */
export async function readBookings(visit: Visit): Promise<PortalBooking[]> {
  const bookings = await fetchBookings(visit).catch((error: unknown) => {
    if (error instanceof PortalError && error.kind === 'page-changed') return undefined
    throw error
  })
  if (bookings && (bookings.length > 0 || visit.learned.cardsInHtml)) return bookings
  return readBookingsOnPage(visit)
}

/** The bookings by one request: what is there is true, what is not there may be missing. */
export async function fetchBookings(visit: Visit): Promise<PortalBooking[]> {
  const { text } = await visit.http.page(paths.bookings, 'reading the bookings')
  const bookings = await bookingsIn(visit, text)
  visit.learned.cardsInHtml ||= bookings.length > 0
  return bookings
}

/** The bookings on the list page, which is left open. */
export async function readBookingsOnPage(visit: Visit): Promise<PortalBooking[]> {
  const page = await openList(visit)
  return bookingsIn(visit, await page.content())
}

/** Opens the list page and waits a moment for cards that scripts may bring. */
export async function openList(visit: Visit): Promise<Page> {
  const page = await visit.open(paths.bookings, 'opening the bookings')
  await shows(page.locator(listPage.card).first(), visit.learned.cardsInHtml ? 1 : visit.limits.cardsMs)
  return page
}

/** Whether the session is still good: the list instead of the login page (dossier 2.5). Failures of the site are no answer. */
export async function isLoggedIn(visit: Visit): Promise<boolean> {
  try {
    await visit.http.page(paths.bookings, 'checking the session')
    return true
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'session-expired') return false
    throw error
  }
}

/** The bookings on a list page, in the order of its cards. None only when the page surely shows none (dossier 5). */
export async function bookingsIn(visit: Visit, html: string): Promise<PortalBooking[]> {
  const { cards, newBooking, leftovers } = await parseList(await visit.page(), html)
  const today = dateInRome(visit.http.siteNow())
  if (cards.length > 0) return cards.map((card) => bookingOfCard(card, today))
  if (newBooking && !leftovers) return []
  const lookedFor = newBooking ? listPage.card : listPage.newBooking
  throw new PortalError('page-changed', 'the page is not the list of bookings', { lookedFor })
}

/**
 * Takes the cards out of fetched HTML. The parser is the browser's own, in whatever page is open: as tolerant as the
 * site needs, without scripts or loading, and a few ms where showing the page takes a hundred.
 */
function parseList(page: Page, html: string): Promise<ListPage> {
  return page.evaluate(
    ({ html, css }): ListPage => {
      const root = new DOMParser().parseFromString(html, 'text/html')
      const textOf = (card: PageElement, selector: string) => card.querySelector(selector)?.textContent ?? null
      const cards = [...root.querySelectorAll(css.card)].map((card) => ({
        text: card.textContent ?? '',
        date: textOf(card, css.date),
        start: textOf(card, css.start),
        duration: textOf(card, css.duration),
        description: textOf(card, css.description),
        skill: textOf(card, css.skill),
        remove: textOf(card, css.remove),
      }))
      const parts = [css.date, css.start, css.description, css.remove].join(',')
      const listed = root.querySelector(css.repository)?.textContent ?? ''
      return {
        cards,
        newBooking: root.querySelector(css.newBooking) !== null,
        leftovers: root.querySelector(parts) !== null || /\d\d[:.]\d\d/.test(listed),
      }
    },
    { html, css: listPage },
  )
}
