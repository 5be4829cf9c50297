import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseDialect } from './dialects/dialect.ts'

/** For so long a transaction is tried again while the server is away. */
const PATIENCE_MS = 20_000
/** A race lost more often than this is no race. */
const RACES = 10

/** Runs a transaction, again from the start where its failure is passing. Throws what it came to in plain words. */
export async function runAgain<T>(dialect: DatabaseDialect, transaction: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (let tries = 1; ; tries++) {
    try {
      return await transaction()
    } catch (error) {
      const passing = dialect.isPassing(error)
      const isOver = passing === 'race' ? tries >= RACES : performance.now() > giveUpAt
      if (passing === undefined || isOver) throw dialect.explain(error)
      await pause(passing === 'race' ? Math.random() * 5 : 50 + Math.random() * 100)
    }
  }
}
