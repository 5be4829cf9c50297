import type { Action } from '../db/actions/action.ts'
import { listActionsInProgress, listSteps } from '../db/actions/read.ts'
import { type Deps, showWhereverSeen } from './feature.ts'
import { type Watch, watchNews } from './watch.ts'

/** Telegram asks for no more than about one change a second in a chat. */
const EDIT_EVERY_MS = 1000

type Shown = { state: string; at: number }

/**
 * Shows the steps of every action under way in its chat message. The card is made right before it is sent, so an edit
 * that had to wait shows the newest state, and never an old step over a result.
 */
export async function startProgress(deps: Deps): Promise<Watch> {
  const { db, log } = deps
  const shown = new Map<number, Shown>()
  const timers = new Set<NodeJS.Timeout>()

  async function look(): Promise<void> {
    const actions = await listActionsInProgress(db.read)
    const ids = new Set(actions.map(({ id }) => id))
    for (const id of shown.keys()) if (!ids.has(id)) shown.delete(id)
    for (const action of actions) await showIfChanged(action)
  }

  async function showIfChanged(action: Action): Promise<void> {
    const before = shown.get(action.id)
    const state = await stateOf(action)
    if (before?.state === state) return
    const wait = before === undefined ? 0 : before.at + EDIT_EVERY_MS - performance.now()
    if (wait > 0) return lookLater(wait)
    shown.set(action.id, { state, at: performance.now() })
    await show(action)
  }

  async function stateOf(action: Action): Promise<string> {
    // A look at a watched slot every few minutes is no news by its steps.
    if (action.type === 'book' && action.watch && action.submittedAt === null)
      return `watching ${action.lookedAt} ${action.cancelRequested} ${action.error?.kind}`
    const steps = await listSteps(db.read, action.id)
    return [
      action.status,
      action.runAt,
      action.startedAt,
      action.cancelRequested,
      action.submittedAt !== null,
      steps.length,
    ].join(' ')
  }

  function lookLater(ms: number): void {
    if (timers.size > 0) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      watch.look()
    }, ms)
    timers.add(timer)
  }

  async function show(action: Action): Promise<void> {
    const person = action.userId === null ? undefined : await deps.people.find(action.userId)
    if (person) showWhereverSeen(deps, person, action)
  }

  const watch = await watchNews(db, log, look)
  return {
    look: watch.look,
    stop() {
      for (const timer of timers) clearTimeout(timer)
      return watch.stop()
    },
  }
}
