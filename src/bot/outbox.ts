import { setTimeout as pause } from 'node:timers/promises'
import { type Api, InputFile, InputMediaBuilder } from 'grammy'
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

/** A file as it will be shown. `caption` is HTML. */
export type FileView = {
  kind: 'document' | 'photo'
  name: string
  bytes: Uint8Array
  caption: string
  buttons: View['buttons']
}

/**
 * `replyTo`: the message it refers to. `quiet`: without a sound. `sent` is awaited before anything else goes to this
 * chat.
 */
type SendOptions = { replyTo?: number; quiet?: boolean; sent?: (messageId: number) => Promise<void> }

/**
 * Everything the bot says goes through here. The messages of one chat go out one after another, in the order in which
 * they were handed in; the chats do not wait for each other. Nobody needs to await what these return.
 */
export type Outbox = {
  /** Sends a new message. Tried again only when it was surely not accepted: a lost answer must not double it. */
  send(chatId: number, content: Content, options?: SendOptions): Promise<Delivery>
  /** Sends a file, made right before; as `send`, tried again only when it was surely not accepted. */
  sendFile(chatId: number, content: () => Promise<FileView | undefined>, options?: SendOptions): Promise<Delivery>
  /** Takes a message out of the chat. Answers whether it is gone: Telegram keeps what is older than two days. */
  remove(chatId: number, messageId: number): Promise<boolean>
  /**
   * Puts a message into another shape; safe to repeat, so it is tried again after any trouble. Of several edits of one
   * message that wait, only the newest is carried out, unless one is `kept`.
   */
  edit(chatId: number, messageId: number, content: Content, options?: { kept?: boolean }): Promise<Delivery>
  /** Puts another file into the place of a message with one; as `edit`. */
  editFile(chatId: number, messageId: number, content: () => Promise<FileView | undefined>): Promise<Delivery>
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

  async function noted({ message_id }: { message_id: number }, { sent }: SendOptions): Promise<Delivery> {
    await sent?.(message_id).catch((error) => log.error({ error: messageOf(error) }, 'a message was not noted'))
    return { outcome: 'delivered', messageId: message_id }
  }

  async function noteBlocked(chatId: number): Promise<void> {
    await onBlocked(chatId).catch((error) => log.error({ error: messageOf(error) }, 'a block was not noted'))
  }

  return {
    send: (chatId, content, options = {}) =>
      hand(chatId, {
        key: undefined,
        repeatable: false,
        run: async () => {
          const view = await viewOf(content)
          if (!view) return { outcome: 'nothing' }
          return noted(
            await api.sendMessage(chatId, view.text, { ...formOf(view), ...formOfSending(options) }),
            options,
          )
        },
      }),
    sendFile: (chatId, content, options = {}) =>
      hand(chatId, {
        key: undefined,
        repeatable: false,
        run: async () => {
          const file = await content()
          if (!file) return { outcome: 'nothing' }
          const form = { ...formOfFile(file), ...formOfSending(options) }
          const input = new InputFile(file.bytes, file.name)
          const message =
            file.kind === 'photo'
              ? await api.sendPhoto(chatId, input, form)
              : await api.sendDocument(chatId, input, form)
          return noted(message, options)
        },
      }),
    remove: async (chatId, messageId) => {
      const { outcome } = await hand(chatId, {
        key: undefined,
        repeatable: true,
        run: async () => {
          await api.deleteMessage(chatId, messageId)
          return { outcome: 'delivered', messageId }
        },
      })
      return outcome === 'delivered' || outcome === 'gone'
    },
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
    editFile: (chatId, messageId, content) =>
      hand(chatId, {
        key: `edit:${messageId}`,
        repeatable: true,
        run: async () => {
          const file = await content()
          if (!file) return { outcome: 'nothing' }
          await api.editMessageMedia(chatId, messageId, mediaOf(file), markupOf(file))
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
  return { parse_mode: 'HTML' as const, link_preview_options: { is_disabled: true }, ...markupOf(view) }
}

function formOfFile(file: FileView) {
  return { parse_mode: 'HTML' as const, caption: file.caption, ...markupOf(file) }
}

function mediaOf(file: FileView) {
  const input = new InputFile(file.bytes, file.name)
  const form = { parse_mode: 'HTML' as const, caption: file.caption }
  return file.kind === 'photo' ? InputMediaBuilder.photo(input, form) : InputMediaBuilder.document(input, form)
}

function markupOf({ buttons }: Pick<View, 'buttons'>) {
  const keyboard = keyboardOf(buttons)
  return keyboard ? { reply_markup: keyboard } : {}
}

function formOfSending({ replyTo, quiet }: SendOptions) {
  return {
    ...(replyTo === undefined ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...(quiet ? { disable_notification: true } : {}),
  }
}
