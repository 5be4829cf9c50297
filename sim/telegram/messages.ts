import type { Changes } from './changes.ts'
import type { Message } from './model.ts'

/** All messages of all private chats. One counter runs over them, so the ids of one chat have gaps. */
export class Messages {
  readonly #changes: Changes
  readonly #messages = new Map<number, Message>()
  #nextId = 417

  constructor(changes: Changes) {
    this.#changes = changes
  }

  add(content: Omit<Message, 'id' | 'changed'>): Message {
    const message = { ...content, id: this.#nextId, changed: this.#changes.revision + 1 }
    this.#nextId += 1
    this.#messages.set(message.id, message)
    this.#changes.note()
    return message
  }

  find(chatId: number, id: number): Message | undefined {
    const message = this.#messages.get(id)
    return message?.chatId === chatId ? message : undefined
  }

  /** The messages of a chat, oldest first. */
  of(chatId: number): Message[] {
    return [...this.#messages.values()].filter((message) => message.chatId === chatId)
  }

  change(message: Message, content: Partial<Message>): void {
    Object.assign(message, content, { changed: this.#changes.revision + 1 })
    this.#changes.note()
  }

  remove(message: Message): void {
    this.#messages.delete(message.id)
    this.#changes.note()
  }
}
