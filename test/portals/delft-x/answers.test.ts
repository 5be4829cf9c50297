import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright'
import { launchTestBrowser } from '../../support/browser.ts'
import { ACCEPTED, EVENT, list, only, openFake, PLACE, SLOT } from './fake-api.ts'
import { failsWith, HALL } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const nothing = async () => undefined
const FREE = { 'GET /participations': list(), 'GET /bookable-slots': list(SLOT) }

describe('what is sent', () => {
  it('comes from the context’s own browser, in the name of the portal’s pages', async (t) => {
    const { session, asked, answers, context } = await openFake(t, browser, {
      ...{ ...FREE, 'POST /participations': { status: 201, json: ACCEPTED } },
    })
    const booking = session.book(HALL, async () => {
      answers['GET /participations'] = list(PLACE)
    })
    assert.equal((await booking).course, 'X1 A')
    const { headers, body } = only(asked, 'POST', '/participations')
    const page = await context.newPage()
    assert.equal(headers['user-agent'], await page.evaluate('navigator.userAgent'))
    await page.close()
    assert.deepEqual(
      [headers['authorization'], headers['content-type'], headers['origin'], headers['referer']],
      ['Bearer token', 'application/json', 'https://x.tudelft.nl', 'https://x.tudelft.nl/'],
    )
    const { memberId, params } = JSON.parse(body)
    assert.deepEqual([memberId, params.bookableProductId, params.bookableLinkedProductId], [900_001, 4, 20045])
  })

  it('is not the token to those who need none', async (t) => {
    const { session, asked } = await openFake(t, browser, {
      ...{ ...FREE, 'GET /products/20045': { json: { bookableSlotsMinutesAhead: 4320 } } },
    })
    await (await session.arm?.(HALL))?.ping()
    const products = asked.filter(({ path }) => path.startsWith('/products/'))
    assert.deepEqual(
      products.map(({ headers }) => headers['authorization']),
      [undefined, undefined],
    )
  })
})

describe('the path of the list of slots', () => {
  const NEWER = 'GET /products/bookable-slots'
  const TAGS = 'GET /tags/query/availableActivityTagsAndProductIds'

  it('is the known one again after it was not there for once', async (t) => {
    const { session, answers, warnings } = await openFake(t, browser, {})
    await failsWith('page-changed', session.readSlot(HALL))
    answers['GET /bookable-slots'] = list(SLOT)
    assert.equal((await session.readSlot(HALL)).course, 'X1 A')
    assert.deepEqual(warnings, [])
  })

  it('is the newer one once that is seen to work, which the owner is told once', async (t) => {
    const { session, answers, warnings } = await openFake(t, browser, {
      ...{ [TAGS]: { json: { productIdsByTagId: {} } }, [NEWER]: list(SLOT) },
    })
    await failsWith('page-changed', session.readSlot(HALL))
    answers[TAGS] = { json: { productIdsByTagId: { 147: [20045] } } }
    for (let n = 0; n < 2; n++) assert.equal((await session.readSlot(HALL)).course, 'X1 A')
    assert.equal(warnings.length, 1)
    assert.match(String(warnings[0]), /the portal has changed/)
    // And back.
    answers[NEWER] = { status: 404, json: { message: 'Not found' } }
    await failsWith('page-changed', session.readSlot(HALL))
    answers['GET /bookable-slots'] = list(SLOT)
    assert.equal((await session.readSlot(HALL)).course, 'X1 A')
  })
})

describe('an answer to a booking', () => {
  const cases: [string, object, object][] = [
    ['that wants money is a booking, and said', { ...ACCEPTED, amount: 6, paid: false }, { unpaid: true }],
    ['that was paid for is a booking like any other', { ...ACCEPTED, amount: 6, paid: true }, {}],
    ['that we cannot read is a booking when the list shows it', { surprise: true }, {}],
  ]
  for (const [name, json, told] of cases) {
    it(name, async (t) => {
      const { session, answers } = await openFake(t, browser, {
        ...FREE,
        'POST /participations': { status: 201, json },
      })
      const booking = await session.book(HALL, async () => {
        answers['GET /participations'] = list(PLACE)
      })
      assert.deepEqual(booking, {
        ...{ date: '2025-11-17', start: '13:00', end: '13:59', location: 'X1', course: 'X1 A', cancellable: true },
        ...told,
      })
    })
  }

  it('that the list does not bear out is none', async (t) => {
    const said = await openFake(t, browser, { ...FREE, 'POST /participations': { status: 201, json: ACCEPTED } })
    assert.ok((await failsWith('refused', said.session.book(HALL, nothing))).unproven)
    const unclear = await openFake(t, browser, { ...FREE, 'POST /participations': { status: 201, text: 'ok' } })
    await failsWith('page-changed', unclear.session.book(HALL, nothing))
    only(unclear.asked, 'POST', '/participations')
  })

  it('is found on the list by its participation, however the list names it', async (t) => {
    const { session, answers } = await openFake(t, browser, {
      ...{ ...FREE, 'POST /participations': { status: 201, json: ACCEPTED } },
    })
    const booking = session.book(HALL, async () => {
      const { productId: _, ...nameless } = EVENT
      answers['GET /participations'] = list({ ...PLACE, booking: { ...nameless, description: 'Sportzaal' } })
    })
    assert.deepEqual([(await booking).location, (await booking).course], ['X1', 'X1 A'])
  })

  it('that something before the portal gives is a block', async (t) => {
    const page = { status: 403, text: '<html>go away</html>' }
    const { session } = await openFake(t, browser, { ...FREE, 'POST /participations': page })
    await failsWith('blocked', session.book(HALL, nothing))
    const all = await openFake(t, browser, { 'GET /participations': page, 'GET /auth': page })
    await failsWith('blocked', all.session.isLoggedIn())
    await failsWith('blocked', all.session.readBookings())
  })
})

describe('a list', () => {
  it('of bookings without names of products is named by the slots', async (t) => {
    const booking = { ...EVENT, description: 'X3', productId: 16_700, linkedProductId: 20047 }
    const half = { ...SLOT, linkedProductId: 20047, bookableProductId: 16_700 }
    const { session } = await openFake(t, browser, {
      'GET /participations': list({ ...PLACE, booking }),
      'GET /bookable-slots': list({ ...half, linkedProduct: { description: 'X3' }, product: { description: 'X3 B' } }),
    })
    const [held] = await session.readBookings()
    assert.deepEqual([held?.location, held?.course], ['X3', 'X3 B'])
  })

  it('is read to its last page, each booking once', async (t) => {
    const { session, asked } = await openFake(t, browser, {
      'GET /participations': { json: { data: [PLACE], pageCount: 3 } },
    })
    assert.equal((await session.readBookings()).length, 1)
    assert.equal(asked.length, 3)
    const endless = await openFake(t, browser, { 'GET /participations': { json: { data: [], pageCount: 1e9 } } })
    await failsWith('page-changed', endless.session.readBookings())
  })

  it('of another form is a changed page that says what is missing', async (t) => {
    const { session } = await openFake(t, browser, {
      'GET /participations': { json: { data: [{ ...PLACE, id: null }] } },
      'GET /bookable-slots': list({ ...SLOT, endDate: 12 }),
    })
    assert.match((await failsWith('page-changed', session.readBookings())).lookedFor ?? '', /0\.id/)
    assert.match((await failsWith('page-changed', session.readSlot(HALL))).lookedFor ?? '', /endDate/)
  })
})

describe('the window of the portal itself', () => {
  it('goes before our table', async (t) => {
    const { session } = await openFake(t, browser, {
      ...{ ...FREE, 'GET /products/20045': { json: { bookableSlotsMinutesAhead: 1440 } } },
    })
    const early = await failsWith('not-open-yet', session.arm?.(HALL) ?? Promise.resolve())
    assert.equal(early.opensAt?.toString(), '2025-11-16T12:00:00Z')
    const longer = await openFake(t, browser, {
      'GET /participations': list(),
      'GET /bookable-slots': list({
        ...SLOT,
        startDate: '2025-11-18T12:00:00.000Z',
        endDate: '2025-11-18T12:59:00.000Z',
      }),
      'GET /products/20045': { json: { bookableSlotsMinutesAhead: 10_080 } },
      'POST /participations': { status: 201, json: ACCEPTED },
    })
    const slot = { ...HALL, date: '2025-11-18' }
    await failsWith('refused', longer.session.book(slot, nothing))
    only(longer.asked, 'POST', '/participations')
  })
})
