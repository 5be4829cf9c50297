import { Composer } from 'grammy'
import type { Action } from '../../db/actions/action.ts'
import { findLastFailureOf } from '../../db/actions/history.ts'
import { findActionOf, listAttempts } from '../../db/actions/read.ts'
import { readPicture } from '../evidence-picture.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import type { Person } from '../people.ts'
import { plainScreen } from '../screens/menu.ts'
import { whyScreen } from '../screens/why.ts'
import { readActionId } from './status.ts'

/** /why 12, or a press on a failed card: what happened, with the picture of the page where one was kept. */
export function whyFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'why', async ({ person }, argument) => [await why(deps, person, argument)])
  onButton(feature, deps, 'why', async ({ person }, data) => {
    const action = await findActionOf(db.read, person.id, data.action)
    return action && explain(deps, person, action)
  })
  return feature
}

async function why(deps: Deps, person: Person, argument: string): Promise<Reply> {
  const { db } = deps
  const { id: userId, words } = person
  if (argument === '') {
    const last = await findLastFailureOf(db.read, userId)
    return last ? explain(deps, person, last) : { show: plainScreen(words, words.html('why-nothing-failed')) }
  }
  const id = readActionId(argument)
  if (id === undefined) return { show: plainScreen(words, words.html('why-usage')) }
  const action = await findActionOf(db.read, userId, id)
  return action
    ? explain(deps, person, action)
    : { show: plainScreen(words, words.html('status-unknown', { id: String(id) })) }
}

async function explain({ db, dataDir, outbox }: Deps, { id: userId, words }: Person, action: Action): Promise<Reply> {
  const attempts = await listAttempts(db.read, action.id)
  const kept = attempts.map(({ evidence }) => evidence).filter((name) => name !== null)
  const picture = await newestPicture(dataDir, kept)
  if (picture) {
    const caption = words.html('why-picture')
    void outbox.sendFile(userId, async () => ({ ...picture, caption, buttons: [] }))
  }
  const state = picture ? 'here' : kept.length > 0 ? 'gone' : 'none'
  return { show: await whyScreen(db, words, action, attempts, state) }
}

async function newestPicture(dataDir: string, names: readonly string[]) {
  for (const name of names.toReversed()) {
    const picture = await readPicture(dataDir, name)
    if (picture) return picture
  }
  return undefined
}
