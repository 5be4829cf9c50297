import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openSite, SUNDAY, Visitor } from './visitor.ts'

const X1A = { date: SUNDAY, start: '13:00', place: 'X1 A' }

describe('answers that the site does not give by itself', () => {
  it('bar the visitor, by a page without words of the API', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await sim.control.setFault({ id: 'barred' })
    for (const url of [`${sim.apiUrl}/bookable-slots`, `${sim.baseUrl}/`, `${sim.ssoUrl}/oidc/authorize`]) {
      const answer = await fetch(url)
      assert.equal(answer.status, 403)
      assert.match(await answer.text(), /<h1>Forbidden/)
    }
    await sim.control.clearFaults()
    assert.equal((await anna.book(X1A)).status, 201)
  })

  it('say on every origin that there were too many requests', async (t) => {
    const sim = await openSite(t)
    await sim.control.setFault({ id: 'rate429', origins: 'all' })
    for (const url of [`${sim.apiUrl}/bookable-slots`, `${sim.baseUrl}/`, `${sim.ssoUrl}/oidc/authorize`]) {
      assert.equal((await fetch(url)).status, 429)
    }
  })

  it('offer no institution to choose', async (t) => {
    const sim = await openSite(t)
    await sim.control.setFault({ id: 'ssoFormChange', variant: 'nothing' })
    const visitor = new Visitor(sim)
    const picker = await visitor.sso(`/oidc/authorize?${visitor.authorizeQuery().query}`)
    assert.doesNotMatch(await picker.text(), /Delft|form/)
  })

  it('refuse a booking for a reason of their own', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await sim.control.setFault({ id: 'refused', message: 'Nee.' })
    const { status, body } = await anna.book(X1A)
    assert.deepEqual([status, body.message], [403, 'Nee.'])
    assert.deepEqual((await sim.control.state()).bookings, [])
  })

  it('show the bookings in a shape that nobody knows', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await anna.book(X1A)
    await sim.control.setFault({ id: 'shapeDrift', variant: 'dashboard' })
    const { data } = await anna.json('/participations?fetchOptimizedCustomerDashboard=true')
    assert.deepEqual(Object.keys(data as object), ['overzicht'])
  })
})
