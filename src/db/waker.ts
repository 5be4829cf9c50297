/**
 * `work`: there may be an action to claim. `news`: something happened that people, or who waits, should learn of.
 * `rules`: a recurring booking changed.
 */
export const TOPICS = ['work', 'news', 'rules'] as const
export type Topic = (typeof TOPICS)[number]

/**
 * Wakes the other processes that use the same database. Losing a wake-up costs at most the second until everyone
 * looks by itself; so errors here are never errors of an action.
 */
export type Waker = {
  poke(topic: Topic): void
  /** Calls `wake` after each poke on `topic` by any process, this one included. Returns how to stop. */
  listen(topic: Topic, wake: () => void): Promise<() => void>
  close(): Promise<void>
}
