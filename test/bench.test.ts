import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { z } from 'zod'

const bench = join(import.meta.dirname, '../bench/run.ts')
const run = (...args: string[]) => spawnSync(process.execPath, [bench, ...args], { encoding: 'utf8' })
const summary = z.looseObject({ p50: z.number().positive() })

describe('./bookwright bench', () => {
  for (const [name, figures] of [
    ['press', z.looseObject({ floor: summary, answered: summary, pickupOneWorker: summary, rushed: summary })],
    ['booking', z.looseObject({ cold: summary, warm: summary, restarted: summary })],
  ] as const) {
    it(`${name} prints a table and, last, its figures as JSON`, { timeout: 120_000 }, () => {
      const { status, stdout, stderr } = run(name, '--quick')

      assert.equal(status, 0, stderr)
      assert.match(stdout, /^what +figures +budget/m)
      figures.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
    })
  }

  it('lists the benchmarks when the name is unknown', () => {
    const { status, stderr } = run('nonsense')

    assert.equal(status, 2)
    assert.match(stderr, /press[\s\S]*booking/)
  })
})
