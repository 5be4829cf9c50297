import { percentile } from '../stats.ts'

/** What is measured in turn: floor, ours, peer, floor, ours, peer … */
export type Lane<T> = { name: string; measure: () => Promise<T> }

/** Measures all lanes once a round, after a round that does not count where there are several; answers what each came to. */
export async function interleave<T>(lanes: readonly Lane<T>[], rounds: number): Promise<Map<string, T[]>> {
  const measured = new Map<string, T[]>(lanes.map(({ name }) => [name, []]))
  for (let round = rounds > 1 ? 0 : 1; round <= rounds; round++)
    for (const { name, measure } of lanes) {
      const value = await measure()
      if (round > 0) measured.get(name)?.push(value)
    }
  return measured
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
