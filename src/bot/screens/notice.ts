import { findAccount, getAccount } from '../../db/accounts.ts'
import type { Action } from '../../db/actions/action.ts'
import type { Database } from '../../db/database.ts'
import type { Notice } from '../../db/notices.ts'
import { signOf, titleOfAction } from '../action-words.ts'
import { shorten } from '../html.ts'
import { accountLabel, nameOf, portalName, subjectOf, whenOf } from '../names.ts'
import type { Person } from '../people.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { accountButton, changeButtons, suspenderOf } from './accounts.ts'
import { menuButton } from './menu.ts'
import { planCancelledScreen, planGoneScreen, planLateScreen } from './plan-notice.ts'
import { userName } from './users.ts'

const DETAIL_LENGTH = 300

/** A notice that is a message of its own; undefined when it has become pointless. */
export async function noticeScreen(
  db: Database,
  { words }: Pick<Person, 'words'>,
  notice: Exclude<Notice, { kind: 'action-ended' | 'occurrence' | 'plan-consent' | 'plan' }>,
): Promise<View | undefined> {
  switch (notice.kind) {
    case 'account-suspended': {
      const account = await findAccount(db.read, notice.accountId)
      // Removed, or mended, before this was told.
      if (!account || suspenderOf(account) !== 'portal') return undefined
      const text = words.html('notice-account-suspended', { account: accountLabel(account) })
      return { text, buttons: [...changeButtons(words, account), [accountButton(words, account)]] }
    }
    case 'booking-gone': {
      const when = whenOf(words, notice.portal, notice, db.clock.now())
      const about = { name: nameOf(notice), when, portal: portalName(notice.portal) }
      return {
        text: words.html('notice-booking-gone', about),
        buttons: [[button(words.text('button-bookings'), 'bookings', { page: 0 })], [menuButton(words)]],
      }
    }
    case 'waiting-place': {
      const when = whenOf(words, notice.portal, notice, db.clock.now())
      const account = accountLabel({ name: notice.account, portal: notice.portal })
      const about = { name: nameOf(notice), when, account }
      return { text: words.html('notice-waiting-place', about), buttons: [[menuButton(words)]] }
    }
    case 'plan-cancelled':
      return planCancelledScreen(words, notice, db.clock.now())
    case 'plan-late':
      return planLateScreen(words, notice, db.clock.now())
    case 'plan-gone':
      return planGoneScreen(words, notice, db.clock.now())
    case 'portal-trouble': {
      const about = { portal: portalName(notice.portal), id: String(notice.actionId) }
      const { lookedFor, evidence } = notice
      return {
        text: lines(
          words.html(`notice-${notice.trouble}`, about),
          lookedFor !== undefined && words.html('notice-looked-for', { text: shorten(lookedFor, DETAIL_LENGTH) }),
          evidence !== undefined && words.html('notice-evidence', { path: shorten(evidence, DETAIL_LENGTH) }),
        ),
        buttons: [],
      }
    }
    case 'user-joined':
    case 'user-left': {
      const name = userName(words, { first_name: notice.firstName })
      return {
        text: words.html(`notice-${notice.kind}`, { name }),
        buttons: [[button(words.text('button-users'), 'users', { page: 0 })]],
      }
    }
  }
}

/** One short line that points up at a result: "✅ ↑ Yoga, tomorrow, Mon 24 Nov, 18:30". */
export async function pingScreen(db: Database, words: Words, action: Action): Promise<View> {
  const now = db.clock.now()
  const subject = subjectOf(action)
  const outcome = signOf(action)
  if (subject) {
    const when = whenOf(words, action.portal, subject, now)
    const about = { outcome, name: nameOf(subject), when }
    const isFree = action.result?.kind === 'place-free'
    return { text: isFree ? words.html('ping-free', about) : words.html('ping-book', about), buttons: [] }
  }
  const account = await getAccount(db.read, action.accountId)
  return {
    text: words.html('ping-other', { outcome, what: titleOfAction(words, action, account.name, now) }),
    buttons: [],
  }
}
