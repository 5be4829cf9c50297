import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type ChaosOptions, runChaos } from './run.ts'

const SHORT = { actions: 50, accounts: 8, workers: 4, chaosMs: 9_000 }

/** A short chaos on one engine; `BOOKWRIGHT_CHAOS_SEED` repeats the seed of a failure. */
export function shortChaosOn(engine: ChaosOptions['engine'], seed: number): void {
  it(`nothing is lost and nothing done twice on ${engine}`, { timeout: 330_000 }, async () => {
    const chosen = Number(process.env['BOOKWRIGHT_CHAOS_SEED'] ?? seed)
    const deeds: string[] = []

    const { violations, lastWords } = await runChaos({
      ...SHORT,
      engine,
      seed: chosen,
      log: (line) => void deeds.push(line),
    })

    assert.deepEqual(violations, [], [`seed ${chosen}`, ...violations, ...deeds, lastWords].join('\n'))
    assert.ok(deeds.length > 4, 'hardly anything went wrong')
  })
}
