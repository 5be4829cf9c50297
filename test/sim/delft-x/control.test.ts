import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, it, type TestContext } from 'node:test'
import { connectDelftX } from '../../../sim/delft-x/client.ts'
import { ANNA, BRAM, MONDAY, openSite, SUNDAY, Visitor } from './visitor.ts'

const MAIN = new URL('../../../sim/delft-x/main.ts', import.meta.url)
const CELL = { date: SUNDAY, start: '13:00', place: 'X1 A' }

/** The simulator as a process of its own. */
async function runMain(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN.pathname, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ready: JSON.parse(String(line)) as Record<'baseUrl' | 'apiUrl' | 'ssoUrl' | 'controlUrl', string> }
}

describe('the control from another process', () => {
  it('does all that the one in the process does', async (t) => {
    const sim = await openSite(t)
    const remote = connectDelftX(sim.controlUrl)

    assert.deepEqual(await remote.state(), await sim.control.state())
    assert.deepEqual(await remote.slots(SUNDAY), await sim.control.slots(SUNDAY))
    const booked = await remote.bookByHand({ ...CELL, username: ANNA.username })
    assert.deepEqual((await sim.control.state()).bookings, [booked])
    assert.equal(await remote.cancelByHand({ ...CELL, username: ANNA.username }), true)
    assert.equal(await remote.cancelByHand({ ...CELL, username: ANNA.username }), false)
    assert.equal((await remote.fill({ ...CELL, place: 'Fitness', taken: 40 })).taken, 40)
    assert.equal((await remote.fill({ ...CELL, place: 'Fitness' })).taken, 46)
    await remote.setRules({ c1: false })
    assert.deepEqual((await remote.state()).rules, { c1: false, c2: true, cancelRestores: true })
    await remote.setClock({ advanceSeconds: 0.25 })
    assert.equal((await remote.state()).now, '2025-11-14T11:00:00.250Z')
    await assert.rejects(remote.bookByHand({ ...CELL, username: 'nobody' }), /nobody called nobody/)
    await assert.rejects(remote.fill({ ...CELL, place: 'X9' }), /no slot of X9/)
  })

  it('sets and clears faults, and refuses unknown ones', async (t) => {
    const sim = await openSite(t)
    const remote = connectDelftX(sim.controlUrl)
    const active = async () => (await remote.state()).faults.map(({ id }) => id)

    await remote.setFault({ id: 'rate429', account: ANNA.username })
    await remote.setFault({ id: 'rate429', account: BRAM.username, retryAfter: null })
    await remote.setFault({ id: 'lateWindow', ms: 500 })
    assert.deepEqual(await active(), ['rate429', 'rate429', 'lateWindow'])
    await remote.clearFaults('rate429')
    assert.deepEqual(await active(), ['lateWindow'])
    await remote.clearFaults()
    assert.deepEqual(await active(), [])
    const response = await fetch(`${sim.controlUrl}/faults`, { method: 'POST', body: '{"id":"gremlin"}' })
    assert.equal(response.status, 400)
  })

  it('waits for requests, holds them and lets them go', async (t) => {
    const sim = await openSite(t)
    const remote = connectDelftX(sim.controlUrl)
    const anna = await new Visitor(sim).logIn()
    await remote.setFault({ id: 'hold' })

    const booking = anna.book(CELL)
    const [held] = await remote.waitFor({ path: '/participations', phase: 'held' })
    assert.deepEqual([held?.method, held?.username, held?.status], ['POST', ANNA.username, null])
    assert.deepEqual((await remote.state()).bookings, [])
    assert.equal(await remote.release(), 1)
    assert.equal((await booking).status, 201)

    const [answered] = await remote.waitFor({ path: '/participations' })
    assert.deepEqual([answered?.status, answered?.n], [201, held?.n])
    await assert.rejects(remote.waitFor({ path: 'nowhere', timeoutMs: 1 }), /Only 0 of 1/)
  })

  it('starts again', async (t) => {
    const sim = await openSite(t)
    const remote = connectDelftX(sim.controlUrl)
    const anna = await new Visitor(sim).logIn()
    await anna.book(CELL)
    await remote.setRivals([{ date: MONDAY, start: '13:00', place: 'X1 A', afterMs: 80 }])
    assert.equal((await remote.posts()).length, 1)

    await remote.reset()

    const state = await remote.state()
    assert.deepEqual([state.sessions, state.bookings, state.faults], [{ tokens: 0, sso: 0 }, [], []])
    assert.deepEqual([await remote.requests(), await remote.posts(), state.frozen], [[], [], false])
  })
})

describe('the simulator as a process', () => {
  it('says where it listens and ends when told', async (t) => {
    const person = { username: 'evoorbeeld', password: 'p', name: 'Eva Voorbeeld', kind: 'no-supplement' }
    const options = ['--seed', '7', '--travel-ms', '2', '--profile', 'waitlist']
    const { child, ready } = await runMain(t, '--person', JSON.stringify(person), ...options)

    const [eva] = (await connectDelftX(ready.controlUrl).state()).people
    assert.deepEqual([eva?.name, eva?.kind], ['Eva Voorbeeld', 'no-supplement'])
    assert.equal((await fetch(`${ready.apiUrl}/products/20045`)).status, 200)
    assert.match(await (await fetch(`${ready.baseUrl}/pages/login`)).text(), /app-root/)
    assert.equal((await fetch(`${ready.ssoUrl}/oidc/authorize`)).status, 400)
    assert.match(await (await fetch(`${ready.controlUrl}/`)).text(), /X stand-in/)

    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })
})
