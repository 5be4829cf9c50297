/** A slot's page in a chat, which is kept up to date as long as it stands there and somebody may be looking at it. */
export type SlotPage = {
  userId: number
  messageId: number
  accountId: number
  slotId: number
  /** Nobody is believed to look at it for longer. */
  until: Temporal.Instant
  /** What it shows, as one text: another one is another page. */
  shown: string
}

/**
 * The messages, beside the one an action was asked for in, that show it as well: a second press from an older card, or
 * "Show #12"; and the pages of slots. They are kept up to date too, as long as the bot runs; after a restart their
 * buttons still tell.
 */
export type Followers = {
  follow(actionId: number, messageId: number): void
  followSlot(page: SlotPage): void
  /** The message shows something else from now on. */
  leave(messageId: number): void
  of(actionId: number): number[]
  /** The pages of slots that stand at `now`. */
  pages(now: Temporal.Instant): SlotPage[]
  /** Whether the page still stands where it was. */
  stands(page: SlotPage): boolean
  /** A look at the slot was asked for: until then all its pages show how it stands. */
  noteLook(slotId: number, lookId: number, until: Temporal.Instant): void
  /** The last look that was asked for. */
  lookAt(slotId: number, now: Temporal.Instant): number | undefined
}

export function createFollowers(): Followers {
  const actions = new Map<number, number>()
  const pages = new Map<number, SlotPage>()
  const looks = new Map<number, { id: number; until: Temporal.Instant }>()
  return {
    follow: (actionId, messageId) => void actions.set(messageId, actionId),
    followSlot: (page) => void pages.set(page.messageId, page),
    leave(messageId) {
      actions.delete(messageId)
      pages.delete(messageId)
    },
    of: (actionId) => [...actions].filter(([, id]) => id === actionId).map(([messageId]) => messageId),
    pages(now) {
      removePast(pages, now)
      return [...pages.values()]
    },
    stands: (page) => pages.get(page.messageId) === page,
    noteLook: (slotId, id, until) => void looks.set(slotId, { id, until }),
    lookAt(slotId, now) {
      removePast(looks, now)
      return looks.get(slotId)?.id
    },
  }
}

function removePast(entries: Map<number, { until: Temporal.Instant }>, now: Temporal.Instant): void {
  for (const [key, { until }] of entries) if (Temporal.Instant.compare(until, now) <= 0) entries.delete(key)
}
