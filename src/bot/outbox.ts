import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from 'grammy'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { shorten } from './html.ts'
import { type Failure, failureOf } from './telegram-errors.ts'
import { keyboardOf, type View } from './view.ts'

/** What became of a message. `messageId`: where it stands now. `nothing`: there was nothing to say any more. */
export type Delivery =
  | { outcome: 'delivered'; messageId: number }
  | { outcome: 'nothing' }
  | { outcome: Exclude<Failure, 'not-modified'> }

/** A view, or how to make it right before it is sent; undefined: nothing to say any more. */
export type Content = View | (() => Promise<View | undefined>)

/** `replyTo`: the message it refers to. `sent` is awaited before anything else goes to this chat. */
type SendOptions = { replyTo?: number; sent?: (messageId: number) => Promise<void> }

/**
 * Everything the bot says goes through here. The messages of one chat go out one after another, in the order in which
 * they were handed in; the chats do not wait for each other. Nobody needs to await what these return.
 */
export type Outbox = {
  /** Sends a new message. Tried again only when it was surely not accepted: a lost answer must not double it. */
  send(chatId: number, content: Content, options?: SendOptions): Promise<Delivery>
  /**
   * Puts a message into another shape; safe to repeat, so it is tried again after any trouble. Of several edits of one
   * message that wait, only the newest is carried out, unless one is `kept`.
   */
  edit(chatId: number, messageId: number, content: Content, options?: { kept?: boolean }): Promise<Delivery>
  /** Answers a press so that its button stops turning; nothing else waits for it. */
  answer(queryId: string, text?: string): void
  /** Resolves when everything handed in for this chat so far has been dealt with. */
  settled(chatId: number): Promise<void>
  /** Resolves when everything handed in so far has been dealt with. */
  idle(): Promise<void>
  /** Makes what waits for another try give up. */
  stop(): void
}

type Job = {
  key: string | undefined
  repeatable: boolean
  run: () => Promise<Delivery>
  done: ((delivery: Delivery) => void)[]
}

export type OutboxOptions = {
  api: Api
  log: Logger
  /** Told when a chat turns out to be blocked. */
  onBlocked: (chatId: number) => Promise<void>
  /** How long to wait before the second try; each further wait is twice as long. */
  firstPauseMs?: number
}

/** Tries of one call before it is given up. */
const TRIES = 5
const FIRST_PAUSE_MS = 250
/** Telegram's limit of a pop-up is 200 characters. */
const POPUP_LENGTH = 190

export function createOutbox({ api, log, onBlocked, firstPauseMs = FIRST_PAUSE_MS }: OutboxOptions): Outbox {
  const lanes = new Map<number, Job[]>()
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()

  function hand(chatId: number, job: Omit<Job, 'done'>): Promise<Delivery> {
    return new Promise((resolve) => {
      const lane = lanes.get(chatId)
      if (!lane) {
        const fresh = [{ ...job, done: [resolve] }]
        lanes.set(chatId, fresh)
        track(drain(chatId, fresh))
        return
      }
      // The first of a lane is being carried out already.
      const waiting = job.key === undefined ? undefined : lane.slice(1).find(({ key }) => key === job.key)
      if (waiting) {
        waiting.run = job.run
        waiting.done.push(resolve)
      } else lane.push({ ...job, done: [resolve] })
    })
  }

  function track(work: Promise<void>): void {
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  async function drain(chatId: number, lane: Job[]): Promise<void> {
    for (let job = lane[0]; job; job = lane[0]) {
      const delivery = await carryOut(chatId, job)
      lane.shift()
      for (const done of job.done) done(delivery)
    }
    lanes.delete(chatId)
  }

  async function carryOut(chatId: number, job: Job): Promise<Delivery> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await job.run()
      } catch (error) {
        const outcome = outcomeOf(error)
        if (outcome === 'blocked') await noteBlocked(chatId)
        const again = outcome === 'not-accepted' || (outcome === 'unclear' && job.repeatable)
        if (!again || attempt >= TRIES || stopping.signal.aborted) {
          if (outcome !== 'blocked' && outcome !== 'gone')
            log.warn({ outcome, error: messageOf(error) }, 'a message was not delivered')
          return { outcome }
        }
        await pauseBefore(attempt)
      }
    }
  }

  /** An old press is refused, and one answered twice: neither is worth a word. */
  async function answerPress(queryId: string, other: { text?: string }): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await api.answerCallbackQuery(queryId, other)
        return
      } catch (error) {
        const failure = failureOf(error)
        const again = failure === 'not-accepted' || failure === 'unclear'
        if (!again || attempt >= TRIES || stopping.signal.aborted)
          return log.debug({ error: messageOf(error) }, 'a press was not answered')
        await pauseBefore(attempt)
      }
    }
  }

  async function pauseBefore(attempt: number): Promise<void> {
    const ms = firstPauseMs * 2 ** (attempt - 1)
    await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  }

  async function noteBlocked(chatId: number): Promise<void> {
    await onBlocked(chatId).catch((error) => log.error({ error: messageOf(error) }, 'a block was not noted'))
  }

  return {
    send: (chatId, content, { replyTo, sent } = {}) =>
      hand(chatId, {
        key: undefined,
        repeatable: false,
        run: async () => {
          const view = await viewOf(content)
          if (!view) return { outcome: 'nothing' }
          const message = await api.sendMessage(chatId, view.text, {
            ...formOf(view),
            ...(replyTo === undefined
              ? {}
              : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
          })
          await sent?.(message.message_id).catch((error) =>
            log.error({ error: messageOf(error) }, 'a message was not noted'),
          )
          return { outcome: 'delivered', messageId: message.message_id }
        },
      }),
    edit: (chatId, messageId, content, { kept = false } = {}) =>
      hand(chatId, {
        key: kept ? undefined : `edit:${messageId}`,
        repeatable: true,
        run: async () => {
          const view = await viewOf(content)
          if (!view) return { outcome: 'nothing' }
          try {
            await api.editMessageText(chatId, messageId, view.text, formOf(view))
          } catch (error) {
            if (failureOf(error) !== 'not-modified') throw error
          }
          return { outcome: 'delivered', messageId }
        },
      }),
    answer(queryId, text) {
      track(answerPress(queryId, text === undefined ? {} : { text: shorten(text, POPUP_LENGTH) }))
    },
    async settled(chatId) {
      await hand(chatId, { key: undefined, repeatable: false, run: async () => ({ outcome: 'nothing' }) })
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    stop: () => stopping.abort(),
  }
}

function viewOf(content: Content): Promise<View | undefined> | View {
  return typeof content === 'function' ? content() : content
}

function outcomeOf(error: unknown): Exclude<Failure, 'not-modified'> {
  const failure = failureOf(error)
  return failure === 'not-modified' ? 'refused' : failure
}

function formOf(view: View) {
  const keyboard = keyboardOf(view)
  return {
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    ...(keyboard ? { reply_markup: keyboard } : {}),
  }
}
