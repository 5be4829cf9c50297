import { messageOf } from '../core/errors.ts'
import type { Action } from '../db/actions/action.ts'
import { findActionOf } from '../db/actions/read.ts'
import { isOfOccurrence } from '../db/confirmations.ts'
import { endNotice, listDueNotices, type OwedNotice, postponeNotice } from '../db/notices.ts'
import { retryDelay } from '../planner/retry-delay.ts'
import { cardIn, type Deps, showWhereverSeen } from './feature.ts'
import { subjectOf } from './names.ts'
import { deliverOccurrence } from './occurrence-notices.ts'
import type { Delivery } from './outbox.ts'
import type { Person } from './people.ts'
import { deliverConsent, deliverPlan } from './plan-notices.ts'
import { type Reach, reachOf } from './reach.ts'
import { actionCard } from './screens/action.ts'
import { noticeScreen, pingScreen } from './screens/notice.ts'
import { type Watch, watchNews } from './watch.ts'

/** A result that comes later than this after the press also pings: the phone may be back in the pocket. */
const PING_AFTER_MS = 20_000
/** People wait for it: once Telegram is back it should not take long. */
const LONGEST_WAIT_MS = 30_000
/** A notice that Telegram refuses this often will never be taken; it must not hold up the ones behind it. */
const REFUSALS = 3

/**
 * Delivers what people are owed: each user's oldest first, the users independent of each other.
 *
 * Exactly once where it can be had: a result is an edit of the message that was pressed, and an edit repeated after a
 * crash or a lost answer changes nothing. A notice that needs a message of its own is repeated until Telegram says it
 * has it: when that answer is lost, or the bot dies between it and the note in the database, the message comes twice
 * rather than never. A clear refusal (not reached, asked to wait) doubles nothing.
 */
export async function startNotices(deps: Deps): Promise<Watch> {
  const { db, log } = deps
  const busy = new Map<number, Promise<void>>()
  const delivered: Delivered = new Set()

  async function look(): Promise<void> {
    for (const owed of await listDueNotices(db.read, db.clock.now())) {
      if (busy.has(owed.userId)) continue
      const work = deliver({ ...deps, delivered }, owed)
        .catch((error) => log.error({ notice: owed.id, error: messageOf(error) }, 'a notice was not delivered'))
        .finally(() => busy.delete(owed.userId))
      busy.set(owed.userId, work)
      // Without an error the next one of this user may go at once.
      void work.then(watch?.look)
    }
  }

  let watch: Watch | undefined
  watch = await watchNews(db, log, look)
  return {
    look: watch.look,
    async stop() {
      await watch.stop()
      await Promise.all(busy.values())
    },
  }
}

/**
 * Notices that Telegram has taken. They are not sent again, though the database could not be told so, or a look that
 * began before it was told still finds them owed.
 */
type Delivered = Set<number>
type Delivering = Deps & { delivered: Delivered }

async function deliver(deps: Delivering, owed: OwedNotice): Promise<void> {
  if (deps.delivered.has(owed.id)) return noteDelivered(deps, owed.id)
  const person = await deps.people.find(owed.userId)
  if (!person) return endNotice(deps.db, owed.id, 'dropped')
  const reach = await reachOf(deps.db, person.id)
  const { notice } = owed
  if (notice.kind === 'action-ended') return deliverResult(deps, person, reach, owed, notice.actionId)
  if (notice.kind === 'occurrence')
    return void (await settle(deps, owed, await deliverOccurrence(deps, person, reach, notice.confirmationId)))
  if (notice.kind === 'plan-consent')
    return void (await settle(deps, owed, await deliverConsent(deps, person, reach, notice)))
  if (notice.kind === 'plan') return deliverOfPlan(deps, person, reach, owed, notice)
  if (notice.kind === 'booking-gone' && reach.muted.includes('booking-gone'))
    return endNotice(deps.db, owed.id, 'dropped')
  const delivery = await deps.outbox.send(person.id, () => noticeScreen(deps.db, person, notice), {
    quiet: reach.quiet,
  })
  await settle(deps, owed, delivery)
}

/** A ping may be lost, but is never doubled. */
async function deliverOfPlan(
  deps: Delivering,
  person: Person,
  reach: Reach,
  owed: OwedNotice,
  notice: Parameters<typeof deliverPlan>[3],
): Promise<void> {
  const { delivery, ping } = await deliverPlan(deps, person, reach, notice)
  if (await settle(deps, owed, delivery)) ping?.()
}

async function deliverResult(
  deps: Delivering,
  person: Person,
  reach: Reach,
  owed: OwedNotice,
  actionId: number,
): Promise<void> {
  const { db, outbox } = deps
  const { quiet } = reach
  // What is still on its way to this chat may be the message that the result belongs into.
  await outbox.settled(person.id)
  const action = await findActionOf(db.read, person.id, actionId)
  if (!action) return endNotice(db, owed.id, 'dropped')
  if (await isMutedResult(deps, reach, action)) {
    showInFollowers(deps, person, action)
    return endNotice(db, owed.id, 'dropped')
  }
  const card = () => actionCard(db, person.words, person.id, actionId)
  const { chatMessageId: place } = action
  const edited =
    place === null
      ? undefined
      : await outbox.edit(person.id, place, () => cardIn(deps, person, actionId, place), { kept: true })
  // Deleted, refused for whatever reason, or used for something else by now: then in a message of its own.
  const stands = edited !== undefined && !['gone', 'refused', 'nothing'].includes(edited.outcome)
  const sent = await settle(deps, owed, stands ? edited : await outbox.send(person.id, card, { quiet }))
  // Who watches a full class has asked to be told.
  const isWanted = !reach.muted.includes('ping') || (action.type === 'book' && action.watch !== null)
  if (sent && stands && isWanted) pingIfLate(deps, person, action, quiet)
  showInFollowers(deps, person, action)
}

/** A recurring booking that worked, in a message of its own, for somebody who does not want to hear of it. */
async function isMutedResult({ db }: Deps, { muted }: Reach, action: Action): Promise<boolean> {
  if (!muted.includes('recurring') || action.status !== 'completed' || action.chatMessageId !== null) return false
  const subject = subjectOf(action)
  return subject !== undefined && (await isOfOccurrence(db.read, action.id, subject.date))
}

/** The older cards of the same action, for the last time. */
function showInFollowers(deps: Deps, person: Person, action: Action): void {
  if (action.chatMessageId !== null) deps.followers.leave(action.chatMessageId)
  showWhereverSeen(deps, person, { ...action, chatMessageId: null })
  for (const messageId of deps.followers.of(action.id)) deps.followers.leave(messageId)
}

/** Comes after the notice is noted as sent: a ping may be lost, but is never doubled. */
function pingIfLate({ db, outbox }: Deps, { id, words }: Person, action: Action, quiet: boolean): void {
  const waited = db.clock.now().epochMilliseconds - Temporal.Instant.from(action.createdAt).epochMilliseconds
  if (waited <= PING_AFTER_MS || action.chatMessageId === null) return
  void outbox.send(id, () => pingScreen(db, words, action), { replyTo: action.chatMessageId, quiet })
}

/** Notes what became of a notice; true when it was delivered. */
async function settle(deps: Delivering, { id, attempts }: OwedNotice, delivery: Delivery): Promise<boolean> {
  const { db, log } = deps
  switch (delivery.outcome) {
    case 'delivered':
      await noteDelivered(deps, id)
      return true
    case 'nothing':
    case 'blocked':
      await endNotice(db, id, 'dropped')
      return false
    case 'refused':
    case 'gone':
      if (attempts + 1 >= REFUSALS) {
        log.error({ notice: id }, 'Telegram refuses a notice; it is dropped')
        await endNotice(db, id, 'dropped')
        return false
      }
      break
    case 'unknown-chat':
    case 'not-accepted':
    case 'unclear':
      break
  }
  const wait = Math.min(retryDelay(attempts + 1, Math.random()), LONGEST_WAIT_MS)
  await postponeNotice(db, id, db.clock.now().add({ milliseconds: wait }))
  return false
}

async function noteDelivered({ db, delivered }: Delivering, id: number): Promise<void> {
  delivered.add(id)
  await endNotice(db, id, 'sent')
}
