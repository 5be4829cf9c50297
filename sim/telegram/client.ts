import { ControlClient, TelegramControl } from './control-client.ts'
import type { User } from './model.ts'
import { writeTranscript } from './transcript.ts'
import type { ChatView, SeenButton, SeenMessage, SeenPress } from './view.ts'

export type { TelegramControl } from './control-client.ts'
export type { ChatView, SeenButton, SeenMessage, SeenPress } from './view.ts'

/** What a message or a label must contain (text) or match. */
export type Pattern = string | RegExp

export interface WaitOptions {
  timeoutMs?: number
}

export interface SeeOptions extends WaitOptions {
  /** Only messages that came, or were edited, after this one was seen. */
  after?: SeenMessage
}

interface Status {
  revision: number
  pendingUpdates: number
  unansweredPresses: number
  callsInFlight: number
}

/** Generous: what has to come should come on a busy machine too. */
const DEFAULT_TIMEOUT_MS = 60_000

/** Becomes a user of the simulated Telegram, creating the account if needed, and opens the chat with the bot. */
export async function connectChat(telegramUrl: string, user: User): Promise<Chat> {
  const client = new ControlClient(telegramUrl)
  await client.post('users', user)
  return new Chat(client, user.id)
}

/** Connects to what is behind the chats: the wire log, faults, the clock. */
export function connectTelegram(telegramUrl: string): TelegramControl {
  return new TelegramControl(telegramUrl)
}

/** The chat with the bot, through the eyes and fingers of one user. */
export class Chat {
  readonly #client: ControlClient
  readonly #user: number

  constructor(client: ControlClient, user: number) {
    this.#client = client
    this.#user = user
  }

  /** Writes a message; returns its id. */
  async send(text: string, options: { replyTo?: number } = {}): Promise<number> {
    const reply = options.replyTo === undefined ? {} : { reply_to: options.replyTo }
    return this.#sent(this.#client.post('send', { user: this.#user, text, ...reply }))
  }

  async sendDocument(name: string, bytes: Uint8Array | string, caption = ''): Promise<number> {
    return this.#upload('document', name, bytes, caption)
  }

  async sendPhoto(bytes: Uint8Array, caption = ''): Promise<number> {
    return this.#upload('photo', 'photo.jpg', bytes, caption)
  }

  /** Edits an own message. */
  async edit(messageId: number, text: string): Promise<void> {
    await this.#client.post('edit', { user: this.#user, message_id: messageId, text })
  }

  /** Deletes a message, the bot's or an own one; the bot does not learn of it. */
  async delete(messageId: number): Promise<void> {
    await this.#client.post('delete', { user: this.#user, message_id: messageId })
  }

  async block(): Promise<void> {
    await this.#client.post('block', { user: this.#user, blocked: true })
  }

  async unblock(): Promise<void> {
    await this.#client.post('block', { user: this.#user, blocked: false })
  }

  /**
   * Presses the newest button whose label matches, as soon as there is one, and waits for the bot's answer.
   * Returns the text that popped up, if any. A button of a reply keyboard sends its label.
   */
  async press(label: Pattern, options: WaitOptions = {}): Promise<string | undefined> {
    const deadline = deadlineOf(options)
    const button = await this.#waitFor(`a button ${label}`, deadline, (view) => findButton(view, label))
    if ('send' in button) {
      await this.send(button.send)
      return undefined
    }
    if (button.data === undefined) throw new Error(`the button ${label} is no callback button`)
    return this.#pressAndWait(button.messageId, button.data, deadline)
  }

  /** Presses the newest matching button twice in a row, before the bot can answer the first press. */
  async pressTwice(label: Pattern, options: WaitOptions = {}): Promise<(string | undefined)[]> {
    const deadline = deadlineOf(options)
    const button = await this.#waitFor(`a button ${label}`, deadline, (view) => findButton(view, label))
    if ('send' in button || button.data === undefined) throw new Error(`the button ${label} is no callback button`)
    const { messageId, data } = button
    return Promise.all([this.#pressAndWait(messageId, data, deadline), this.#pressAndWait(messageId, data, deadline)])
  }

  /** Sends callback data as a forged client could, by default from the newest message with buttons. */
  async pressData(data: string, options: WaitOptions & { messageId?: number } = {}): Promise<string | undefined> {
    const deadline = deadlineOf(options)
    const newest = async () => {
      const messages = await this.messages()
      return (messages.findLast((message) => message.buttons.length > 0) ?? messages.at(-1))?.id ?? 0
    }
    return this.#pressAndWait(options.messageId ?? (await newest()), data, deadline)
  }

  /** Waits until a press with this data turns its spinner. */
  async waitForPress(data: string, options: WaitOptions = {}): Promise<SeenPress> {
    return this.#waitFor(`a press of ${JSON.stringify(data)}`, deadlineOf(options), (view) =>
      view.presses.findLast((press) => press.data === data && press.waiting),
    )
  }

  /** Waits until a visible message of the bot matches; returns the newest one that does. */
  async see(pattern: Pattern, options: SeeOptions = {}): Promise<SeenMessage> {
    const changed = options.after?.changed ?? 0
    return this.#waitFor(`a message ${pattern}`, deadlineOf(options), (view) =>
      view.messages.findLast(
        (message) => message.from === 'bot' && message.changed > changed && matches(pattern, message.text),
      ),
    )
  }

  /** Waits until the bot is idle, then makes sure that no visible message of the bot matches. */
  async seeNot(pattern: Pattern, options: SeeOptions = {}): Promise<void> {
    await this.idle(options)
    const view = await this.view()
    const changed = options.after?.changed ?? 0
    const seen = view.messages.some(
      (message) => message.from === 'bot' && message.changed > changed && matches(pattern, message.text),
    )
    if (seen) throw new Error(`expected not to see ${pattern}, but the chat is\n${writeTranscript(view)}`)
  }

  /** Waits until a message has vanished. */
  async gone(messageId: number, options: WaitOptions = {}): Promise<void> {
    await this.#waitFor(`message ${messageId} to vanish`, deadlineOf(options), (view) =>
      view.messages.some((message) => message.id === messageId) ? undefined : true,
    )
  }

  /** Waits until the bot has confirmed all updates, answered all presses and no call is under way. */
  async idle(options: WaitOptions = {}): Promise<void> {
    const deadline = deadlineOf(options)
    let status = await this.#client.get<Status>('status')
    while (status.pendingUpdates + status.unansweredPresses + status.callsInFlight > 0) {
      const left = deadline - performance.now()
      if (left <= 0) throw await this.#timeout(`the bot to be idle (${JSON.stringify(status)})`)
      status = await this.#client.get<Status>('status', { after: status.revision, wait: left / 1000 })
    }
  }

  /** Everything the chat shows at this moment. */
  view(): Promise<ChatView> {
    return this.#client.get('chat', { user: this.#user })
  }

  /** The visible messages, oldest first. */
  async messages(): Promise<SeenMessage[]> {
    return (await this.view()).messages
  }

  /** The newest message of the bot. */
  async last(): Promise<SeenMessage | undefined> {
    return (await this.messages()).findLast((message) => message.from === 'bot')
  }

  /** The buttons of the newest message of the bot that has some. */
  async buttons(): Promise<SeenButton[]> {
    return (await this.messages()).findLast((message) => message.buttons.length > 0)?.buttons ?? []
  }

  /** The bytes of a document or photo in the chat. */
  download(file: { url: string }): Promise<Buffer> {
    return this.#client.download(file.url)
  }

  /** The visible chat as text. */
  async transcript(): Promise<string> {
    return writeTranscript(await this.view())
  }

  async #sent(answer: Promise<{ message_id: number }>): Promise<number> {
    return (await answer).message_id
  }

  #upload(kind: string, name: string, bytes: Uint8Array | string, caption: string): Promise<number> {
    return this.#sent(this.#client.upload({ user: String(this.#user), kind, name, caption }, Buffer.from(bytes)))
  }

  async #pressAndWait(messageId: number, data: string, deadline: number): Promise<string | undefined> {
    const body = { user: this.#user, message_id: messageId, data }
    const { id } = await this.#client.post<{ id: string }>('press', body)
    const press = await this.#waitFor(`an answer to the press of ${JSON.stringify(data)}`, deadline, (view) =>
      view.presses.find((one) => one.id === id && !one.waiting),
    )
    return press.answer?.text
  }

  async #waitFor<Found>(what: string, deadline: number, find: (view: ChatView) => Found | undefined): Promise<Found> {
    let view = await this.view()
    for (;;) {
      const found = find(view)
      if (found !== undefined) return found
      const left = deadline - performance.now()
      if (left <= 0) throw await this.#timeout(what)
      view = await this.#client.get('chat', { user: this.#user, after: view.revision, wait: left / 1000 })
    }
  }

  async #timeout(what: string): Promise<Error> {
    return new Error(`waited in vain for ${what}; the chat is\n${await this.transcript()}`)
  }
}

type FoundButton = (SeenButton & { messageId: number }) | { send: string }

function findButton(view: ChatView, label: Pattern): FoundButton | undefined {
  for (const message of view.messages.toReversed()) {
    const button = message.buttons.find((one) => matches(label, one.label))
    if (button) return { ...button, messageId: message.id }
  }
  const key = view.replyKeyboard?.rows.flat().find((text) => matches(label, text))
  return key === undefined ? undefined : { send: key }
}

function matches(pattern: Pattern, text: string): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : new RegExp(pattern).test(text)
}

function deadlineOf({ timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions): number {
  return performance.now() + timeoutMs
}
