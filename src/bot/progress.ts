import type { Action } from '../db/actions/action.ts'
import { listActionsInProgress, listSteps } from '../db/actions/read.ts'
import { createEditPace } from './edit-pace.ts'
import { type Deps, showWhereverSeen } from './feature.ts'

import { type Watch, watchNews } from './watch.ts'

/**
 * Shows the steps of every action under way in its chat message. The card is made right before it is sent, so an edit
 * that had to wait shows the newest state, and never an old step over a result.
 */
export async function startProgress(deps: Deps): Promise<Watch> {
  const { db, log } = deps
  const shown = new Map<number, string>()
  const pace = createEditPace(() => watch.look())

  async function look(): Promise<void> {
    const actions = await listActionsInProgress(db.read)
    const ids = new Set(actions.map(({ id }) => id))
    for (const id of shown.keys()) if (!ids.has(id)) shown.delete(id)
    pace.keepOnly(ids)
    for (const action of actions) await showIfChanged(action)
  }

  async function showIfChanged(action: Action): Promise<void> {
    const state = await stateOf(action)
    if (shown.get(action.id) === state || !pace.isTime(action.id)) return
    shown.set(action.id, state)
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

  async function show(action: Action): Promise<void> {
    const person = action.userId === null ? undefined : await deps.people.find(action.userId)
    if (person) showWhereverSeen(deps, person, action)
  }

  const watch = await watchNews(db, log, look)
  return {
    look: watch.look,
    stop() {
      pace.stop()
      return watch.stop()
    },
  }
}
