import { Composer } from 'grammy'
import { findAccount } from '../../db/accounts.ts'
import { type BotContext, type Deps, onButton, onCommand } from '../feature.ts'
import { accountStatsScreen, statsScreen } from '../screens/stats.ts'

const DAYS = 30

/** /stats: how often it works and how long it takes. A member sees their own accounts, the owner everybody's. */
export function statsFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  // Made right before it is shown: of a long history it takes a while, and nobody else's press waits for it.
  onCommand(feature, deps, 'stats', async ({ person }) => [{ show: () => statsScreen(db, person, DAYS, 0) }])
  onButton(feature, deps, 'stats', async ({ person }, { days, page }) => ({
    show: () => statsScreen(db, person, days, page),
  }))
  onButton(feature, deps, 'stats-of', async ({ person }, { days, account: accountId }) => {
    const account = await findAccount(db.read, accountId)
    if (!account || (account.user_id !== person.id && !person.isOwner)) return undefined
    return { show: () => accountStatsScreen(db, person, accountId, days) }
  })
  return feature
}
