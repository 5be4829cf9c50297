import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PreciseTimer } from '../../../src/worker/shot/precise-timer.ts'

const NEVER = new AbortController().signal

describe('the precise timer', () => {
  it('never comes early, and keeps the order of what is due', async () => {
    const timer = new PreciseTimer()
    const start = performance.now()
    const fired: { due: number; early: boolean }[] = []
    const dues = [60, 30, 31, 60, 0, -5, 33]

    await Promise.all(
      dues.map((due) =>
        timer.at(start + due, NEVER, async () => {
          fired.push({ due, early: performance.now() < start + due })
        }),
      ),
    )

    const order = fired.map(({ due }) => due)
    assert.deepEqual(
      order.filter((due) => due > 0),
      [30, 31, 33, 60, 60],
    )
    assert.equal(order.length, dues.length)
    assert.ok(fired.every(({ early }) => !early))
  })

  it('answers what it fired answers, and is not stopped by what fails', async () => {
    const timer = new PreciseTimer()
    const at = performance.now() + 25
    const failing = timer.at(at, NEVER, () => Promise.reject(new Error('refused')))
    const going = timer.at(at, NEVER, async () => 'booked')

    await assert.rejects(failing, /refused/)
    assert.equal(await going, 'booked')
    assert.equal(await timer.at(performance.now(), NEVER, async () => 'again'), 'again')
  })

  it('lets go between two that are near each other: what the first sends is written in between', async () => {
    const timer = new PreciseTimer()
    const round = async () => {
      const order: string[] = []
      const at = performance.now() + 5
      const first = timer.at(at, NEVER, async () => {
        setImmediate(() => order.push('written'))
      })
      await Promise.all([first, timer.at(at + 4, NEVER, async () => void order.push('second'))])
      return order[0] === 'written'
    }
    // A machine that is busy for as long as that makes both due at once, now and then.
    let rounds = 1
    while (!(await round()) && rounds < 30) rounds++
    assert.ok(rounds < 30)
  })

  it('does not fire what was taken back meanwhile', async () => {
    const timer = new PreciseTimer()
    const controller = new AbortController()
    let fired = 0
    const fire = async () => {
      fired += 1
    }
    const near = timer.at(performance.now() + 15, controller.signal, fire)
    const far = timer.at(performance.now() + 10_000, controller.signal, fire)
    controller.abort(new Error('taken back'))

    await Promise.all([assert.rejects(near, /taken back/), assert.rejects(far, /taken back/)])
    assert.equal(fired, 0)
  })
})
