/** Telegram asks for no more than about one change a second in a chat. */
const EDIT_EVERY_MS = 1000

type Shown = { state: string; at: number }

/** What is shown live: each thing again when its state has changed, and no more often than once a second. */
export type LiveEdits = {
  /** Calls `show` if `state` is another one than when it was last shown; if that was just now, `again` is called later. */
  showIfChanged(id: number, state: string, show: () => Promise<void>): Promise<void>
  /** Forgets all but these. */
  keepOnly(ids: Iterable<number>): void
  stop(): void
}

/** `again` looks at everything once more. */
export function createLiveEdits(again: () => void): LiveEdits {
  const shown = new Map<number, Shown>()
  let timer: NodeJS.Timeout | undefined

  function lookLater(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined
      again()
    }, ms)
  }

  return {
    async showIfChanged(id, state, show) {
      const before = shown.get(id)
      if (before?.state === state) return
      const wait = before === undefined ? 0 : before.at + EDIT_EVERY_MS - performance.now()
      if (wait > 0) return lookLater(wait)
      shown.set(id, { state, at: performance.now() })
      await show()
    },
    keepOnly(ids) {
      const kept = new Set(ids)
      for (const id of shown.keys()) if (!kept.has(id)) shown.delete(id)
    },
    stop: () => clearTimeout(timer),
  }
}
