import type { Config } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { maskSecrets } from '../core/log.ts'
import { openVault } from '../core/vault.ts'
import { openDatabase } from '../db/database.ts'
import { inviteOwner } from '../db/invites.ts'
import { listOwners } from '../db/users.ts'
import { askBotName } from './bot-name.ts'

/** The last words of setup: who the owner is and how to go on, or how to become the owner. Throws `UserError`. */
export async function showOwner(config: Config): Promise<void> {
  const db = await openDatabase({ url: config.database.url })
  try {
    const invite = await inviteOwner(db, openVault(config.vault.keyFile))
    if (invite) return console.log(await firstSteps(config, invite.code))
    const [owner] = await listOwners(db.read)
    if (owner) console.log(`✓ owner: ${[owner.first_name, `Telegram user ${owner.id}`].filter(Boolean).join(', ')}`)
    console.log('\nReady. Check it with ./bookwright doctor, then run it with ./bookwright start')
  } finally {
    await db.close()
  }
}

async function firstSteps(config: Config, code: string): Promise<string> {
  const bot = await askBotName(config.telegram)
  if ('problem' in bot && bot.problem === 'refused')
    throw new UserError(
      `Telegram does not accept the bot token. Copy it again from @BotFather into telegram.botToken of ${config.path}, and run ./bookwright setup again.`,
    )
  return 'username' in bot
    ? stepsWith('open this link in Telegram and press Start', `https://t.me/${bot.username}?start=${code}`)
    : stepsWith(`send this to your bot in Telegram (${maskSecrets(bot.reason)})`, `/start ${code}`)
}

function stepsWith(how: string, what: string): string {
  return `
Ready. Two steps are left:

  1. Run it: ./bookwright start
  2. Become its owner: ${how}.
     Whoever does so first is it, so keep it to yourself. It works once, for an hour; setup makes a new one.

     ${what}
`
}
