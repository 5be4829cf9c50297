/** Telegram asks for no more than about one change a second in a chat. */
const EDIT_EVERY_MS = 1000

/** Keeps what is shown live from being edited more often than Telegram likes. */
export type EditPace = {
  /** Whether this may be shown again now; if it was just now, `again` is called when it may. */
  isTime(id: number): boolean
  /** Forgets all but these. */
  keepOnly(ids: Iterable<number>): void
  stop(): void
}

/** `again` looks at everything once more. */
export function createEditPace(again: () => void): EditPace {
  const shownAt = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined

  function lookLater(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined
      again()
    }, ms)
  }

  return {
    isTime(id) {
      const at = shownAt.get(id)
      const wait = at === undefined ? 0 : at + EDIT_EVERY_MS - performance.now()
      if (wait <= 0) shownAt.set(id, performance.now())
      else lookLater(wait)
      return wait <= 0
    },
    keepOnly(ids) {
      const kept = new Set(ids)
      for (const id of shownAt.keys()) if (!kept.has(id)) shownAt.delete(id)
    },
    stop: () => clearTimeout(timer),
  }
}
