/** How long to wait for what, in milliseconds. Tests give shorter ones. */
export type Limits = {
  /** For a page to arrive (dossier 7). */
  navigationMs: number
  /** For the answer to a request of the page's scripts, or of ours. */
  requestMs: number
  /** For what a page that has arrived should show. */
  markerMs: number
  /** For a click to show any effect; then it is repeated once. */
  clickMs: number
  /** For the first card on a list of bookings that came without any: scripts may bring them. */
  cardsMs: number
  /** For a page of the login service to move on (dossier 2.6). */
  stuckMs: number
  /** For a whole login. */
  loginMs: number
  /** Between the tries of a read that failed; their number is the number of repeats. */
  retryPausesMs: readonly number[]
  /** Between two requests of a bulk read. */
  gapMs: number
}

export const defaultLimits: Limits = {
  navigationMs: 60_000,
  requestMs: 40_000,
  markerMs: 40_000,
  clickMs: 4_000,
  cardsMs: 1_000,
  stuckMs: 15_000,
  loginMs: 90_000,
  retryPausesMs: [300, 1_200],
  gapMs: 150,
}
