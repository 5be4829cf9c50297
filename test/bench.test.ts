import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { testBrowserPath } from './support/browser.ts'

/** The others take more than a quarter of a minute even when they are short: they wait for openings, or make chaos. */
const QUICK = ['press', 'queue', 'growth', 'idle', 'booking', 'statistics']
const script = join(import.meta.dirname, '../bench/run.ts')

describe('bench', () => {
  const bench = (...args: string[]) =>
    spawnSync(process.execPath, [script, ...args], {
      encoding: 'utf8',
      env: { ...process.env, BOOKWRIGHT_TEST_BROWSER: testBrowserPath() },
    })

  it('ends every benchmark with one line of figures', () => {
    const reports = QUICK.map((name) => {
      const { status, stdout, stderr } = bench(name, '--quick')
      assert.equal(status, 0, stderr)
      return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    })
    assert.deepEqual(
      reports.map((report) => report.bench),
      QUICK,
    )
    for (const report of reports) {
      const numbers = numbersIn(report)
      assert.ok(numbers.length > 15)
      assert.ok(numbers.every(Number.isFinite), JSON.stringify(report))
    }
    const [press, queue] = reports
    assert.deepEqual([press.answered.errors, press.steady.errors, press.rushed.errors], [0, 0, 0])
    assert.deepEqual(errorsOfOurs(queue), new Array(16).fill(0))
  })

  it('lists the benchmarks when it does not know the name', () => {
    const { status, stdout, stderr } = bench('presss')

    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /there is no benchmark 'presss'/)
    const names = stderr.matchAll(/^ {2}(\w+) /gm).map(([, name]) => name)
    assert.deepEqual([...names], [...QUICK, 'shot', 'race', 'volley', 'chaos'])
  })
})

/** The numbers of errors that our queue met, wherever it was measured. */
function errorsOfOurs(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (/^ours\b/.test(key) ? [inner.errors] : errorsOfOurs(inner)))
}

/** JSON writes what is not finite as null. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (value === null) return [Number.NaN]
  return typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : []
}
