/**
 * The messages, beside the one an action was asked for in, that show it as well: a second press from an older card, or
 * "Show #12". They are kept up to date too, as long as the bot runs; after a restart their buttons still tell.
 */
export type Followers = {
  follow(actionId: number, messageId: number): void
  /** The message shows something else from now on. */
  leave(messageId: number): void
  of(actionId: number): number[]
}

export function createFollowers(): Followers {
  const actions = new Map<number, number>()
  return {
    follow: (actionId, messageId) => void actions.set(messageId, actionId),
    leave: (messageId) => void actions.delete(messageId),
    of: (actionId) => [...actions].filter(([, id]) => id === actionId).map(([messageId]) => messageId),
  }
}
