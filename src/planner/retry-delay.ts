const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait, in milliseconds, after attempt `attempt` (1 for the first): doubling from two seconds to five
 * minutes, each with up to a fifth more or less by `random` (0 to 1), so that many do not come back at once.
 */
export function retryDelay(attempt: number, random: number): number {
  const exact = Math.min(FIRST_MS * 2 ** (Math.max(1, attempt) - 1), LONGEST_MS)
  return Math.round(exact * (0.8 + 0.4 * random))
}
