/** For each share, the least value that so many of them do not exceed (nearest rank); empty when there are no values. */
export function quantiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return shares.flatMap((share) => sorted.at(Math.max(0, Math.ceil(share * sorted.length) - 1)) ?? [])
}
