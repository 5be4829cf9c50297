import type { Context } from 'grammy'
import { CODE, redeemInvite } from '../db/invites.ts'
import type { Deps } from './feature.ts'

/** The address that opens the bot's chat with a button that sends `/start CODE`. */
export function linkOf(username: string, code: string): string {
  return `https://t.me/${username}?start=${code}`
}

/**
 * Uses the invitation that this update opens, if it opens one that is open. Answers what it has made of the person;
 * undefined for all else, be the code wrong, used, revoked or expired.
 */
export async function openLink(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  { message }: Context,
): Promise<'member' | 'owner' | undefined> {
  const [command, code = '', ...more] = message?.text?.split(' ') ?? []
  if (!message?.from || command !== '/start' || more.length > 0 || !CODE.test(code)) return undefined
  const { from, date } = message
  const at = Temporal.Instant.fromEpochMilliseconds(date * 1000)
  return await redeemInvite(db, vault, code, { userId: from.id, firstName: from.first_name, at })
}
