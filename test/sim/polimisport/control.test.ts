import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, it, type TestContext } from 'node:test'
import { connectPolimisport } from '../../../sim/polimisport/client.ts'
import { ADA, openSite, Visitor } from './visitor.ts'

const MAIN = new URL('../../../sim/polimisport/main.ts', import.meta.url)

/** The simulator as a process of its own. */
async function runMain(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN.pathname, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ready: JSON.parse(String(line)) as { ready: boolean; baseUrl: string; controlUrl: string } }
}

describe('the control from another process', () => {
  it('does all that the one in the process does', async (t) => {
    const site = await openSite(t)
    const remote = connectPolimisport(site.controlUrl)
    const [slot] = await remote.slots('2026-10-13')
    assert.ok(slot)

    assert.deepEqual(await remote.state(), await site.state())
    await remote.bookByHand({ username: ADA.username, slotId: slot.id })
    assert.equal((await site.state()).bookings[0]?.slot?.date, '2026-10-13')
    assert.equal(await remote.cancelByHand({ username: ADA.username, slotId: slot.id }), true)
    assert.equal(await remote.cancelByHand({ username: ADA.username, slotId: slot.id }), false)
    assert.equal((await remote.changeSlot({ do: 'fill', slotId: slot.id }))?.spots, 0)
    assert.equal(await remote.changeSlot({ do: 'remove', slotId: slot.id }), null)
    assert.ok((await site.slots('2026-10-13')).every(({ id }) => id !== slot.id))
    const added = await remote.changeSlot({ do: 'add', slot: { ...plain(slot), time: '06:00', taken: 0 } })
    assert.equal((await site.slots('2026-10-13'))[0]?.id, added?.id)
    await remote.setClock({ advanceSeconds: 60 })
    assert.equal((await remote.state()).now, '2026-10-12T10:01:00.000Z')
  })

  it('sets and clears faults, and refuses unknown ones', async (t) => {
    const site = await openSite(t)
    const remote = connectPolimisport(site.controlUrl)

    await remote.setFault({ id: 'banner', variant: 'late' })
    await remote.setFault({ id: 'http-500', route: 'BookAppointment', mode: 2 })
    assert.deepEqual(
      site.faults.active().map(({ id }) => id),
      ['banner', 'http-500'],
    )
    await remote.clearFaults('banner')
    assert.equal(site.faults.active().length, 1)
    await remote.clearFaults()
    assert.equal(site.faults.active().length, 0)
    const response = await fetch(`${site.controlUrl}/faults`, { method: 'POST', body: '{"id":"gremlin"}' })
    assert.equal(response.status, 400)
  })

  it('waits for requests, holds them and lets them go', async (t) => {
    const site = await openSite(t)
    const remote = connectPolimisport(site.controlUrl)
    await remote.setFault({ id: 'hold', route: '/Account/Login' })

    const answer = new Visitor(site).get('/Account/Login')
    const [held] = await remote.waitFor({ path: '/Account/Login', phase: 'held' })
    assert.deepEqual([held?.method, held?.status], ['GET', null])
    assert.equal(await remote.release(), 1)
    assert.equal((await answer).status, 200)

    const [answered] = await remote.waitFor({ path: '/Account/Login' })
    assert.deepEqual([answered?.status, answered?.n], [200, held?.n])
    await assert.rejects(remote.waitFor({ path: 'Nowhere', timeoutMs: 1 }), /Only 0 of 1/)
  })

  it('starts again', async (t) => {
    const site = await openSite(t)
    const remote = connectPolimisport(site.controlUrl)
    const visitor = new Visitor(site)
    await visitor.logIn()
    await remote.expireSessions({ what: 'sso' })
    assert.deepEqual((await remote.state()).sessions, { portal: 1, sso: 0 })

    await remote.reset()

    const state = await remote.state()
    assert.deepEqual([state.sessions, state.bookings, state.faults], [{ portal: 0, sso: 0 }, [], []])
    assert.deepEqual(await remote.requests(), [])
    assert.equal(state.frozen, false)
  })
})

describe('the simulator as a process', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`says where it listens and ends on ${signal}`, async (t) => {
      const person = { username: '10123123', password: 'p', name: 'Carla Esempio' }
      const { child, ready } = await runMain(t, '--person', JSON.stringify(person), '--seed', '7')

      const [carla] = (await connectPolimisport(ready.controlUrl).state()).people
      assert.equal(carla?.name, 'Carla Esempio')
      assert.equal((await fetch(`${ready.baseUrl}/Account/Login`)).status, 200)
      assert.match(await (await fetch(`${ready.controlUrl}/`)).text(), /Polimisport stand-in/)

      child.kill(signal)
      const [code] = await once(child, 'exit')
      assert.equal(code, 0)
    })
  }
})

function plain<Slot extends { id: string; spots: number; opensAt: string; startsAt: string }>(slot: Slot) {
  const { id: _id, spots: _spots, opensAt: _opensAt, startsAt: _startsAt, ...rest } = slot
  return rest
}
