import type { NewInvite } from '../../db/invites.ts'
import { HOME_PORTAL, momentPhrase } from '../dates.ts'
import type { Words } from '../texts.ts'
import { button, linkButton, type View } from '../view.ts'

/** A new invitation, to be passed on. */
export function invitationScreen(
  words: Words,
  { id, expiresAt }: NewInvite,
  link: string,
  now: Temporal.Instant,
): View {
  const until = momentPhrase(words, HOME_PORTAL, expiresAt, now)
  return {
    text: words.html('invitation', { link, until }),
    buttons: [
      [linkButton(words.text('button-share'), shareAddress(link, words.text('invitation-pass-on')))],
      [button(words.text('button-revoke'), 'revoke', { invite: id })],
    ],
  }
}

/** Where Telegram asks to whom to send it. */
function shareAddress(link: string, text: string): string {
  return `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(text)}`
}
