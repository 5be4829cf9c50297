/** What a row of measured milliseconds comes to. */
export type Summary = { n: number; p50: number; p99: number; max: number }

/** The value below or at which this share (0–1) of the values lies, by nearest rank. Throws without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export function summarise(values: readonly number[]): Summary {
  const at = (share: number) => round(percentile(values, share))
  return { n: values.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Three digits after the point are more than any measurement is worth. */
export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`
}
