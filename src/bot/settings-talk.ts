import { Composer } from 'grammy'
import { updateUser } from '../db/users.ts'
import type { BotContext, Deps } from './feature.ts'
import { readHours } from './read-hours.ts'
import { quietScreen } from './screens/settings.ts'
import { startTalk, type Talk, talk } from './talk.ts'
import { lines } from './view.ts'

export const startQuietTalk = (ctx: BotContext) => startTalk(ctx, 'quiet-hours', {})

/** Quiet hours that no button has, written as "22:30-7:15". */
export function settingsTalkFeature(deps: Deps): Composer<BotContext> {
  return new Composer<BotContext>(talk(deps, 'quiet-hours', (talk) => askHours(deps, talk)))
}

async function askHours({ db }: Deps, talk: Talk): Promise<void> {
  const { id, words } = talk.person
  let trouble: string | undefined
  for (;;) {
    const answer = await talk.ask({
      text: lines(trouble, trouble && '', words.html('ask-quiet')),
      choices: [[{ label: words.text('button-back'), choice: 'back' }]],
      accepts: ['text'],
    })
    const hours = answer.kind === 'text' ? readHours(answer.text) : undefined
    if (hours) await talk.once(() => updateUser(db, id, { quiet_from: hours.from, quiet_to: hours.to }))
    if (hours || answer.kind === 'choice') {
      const view = await talk.once(() => quietScreen(db, talk.person).then((shown) => shown ?? null))
      return view === null ? undefined : await talk.show(view)
    }
    trouble = words.html('quiet-wrong')
  }
}
