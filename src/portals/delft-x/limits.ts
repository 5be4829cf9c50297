/** How long to wait for what, in milliseconds. Tests give shorter ones. */
export type Limits = {
  /** For a page to arrive. */
  navigationMs: number
  /** For a page of the login to move on; then it waits for a person (dossier 2.1). */
  stuckMs: number
  /** For a whole login; the provider may take 10 s a page (dossier 9). */
  loginMs: number
  /** For a connection to the API, and for the answer to a request. */
  requestMs: number
  /** Between the tries of a read that failed, and of a list that lags; their number is the number of repeats. */
  retryPausesMs: readonly number[]
  /** Between the tries of a read that the portal asked to slow down, unless it says itself how long. */
  quietMs: readonly number[]
  /** The longest that a read stays quiet for; told to wait longer, it gives up. */
  longestQuietMs: number
  /** Between two requests of a bulk read. */
  gapMs: number
}

export const defaultLimits: Limits = {
  navigationMs: 60_000,
  stuckMs: 20_000,
  loginMs: 120_000,
  requestMs: 20_000,
  retryPausesMs: [300, 1_200],
  quietMs: [1_000, 2_000],
  longestQuietMs: 8_000,
  gapMs: 250,
}
