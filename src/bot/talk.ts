import { type Conversation, createConversation } from '@grammyjs/conversations'
import type { Context, MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import { keepSecret } from '../core/log.ts'
import { erase } from './erase.ts'
import type { BotContext, Deps } from './feature.ts'
import type { Person } from './people.ts'
import { type Answer, answerIn, type Expected } from './talk-answers.ts'
import { talkButton } from './talk-buttons.ts'
import type { View } from './view.ts'

/** A conversation left alone for so long is over; its buttons then are outdated. */
const PATIENCE_MS = 60 * 60_000

export type Choice = { label: string; choice: string }

/** What a talk asks. `secret`: the message that answers is deleted the moment it is read. */
type Question = {
  text: string
  choices: Choice[][]
  accepts?: readonly ('text' | 'photo')[]
  secret?: boolean
}

/**
 * A conversation with one person, written down as it goes: after a restart it goes on where it was. The script runs
 * again from its start with each answer, so whatever it does, and whatever it reads that decides its way, has to go
 * through `once`; what `once` answers must be JSON. A process that ends within `once` does it again.
 */
export type Talk = {
  person: Person
  /** Shows the question and waits for the answer: in the place of the last one, unless that was answered in words. */
  ask(question: Question): Promise<Answer>
  /** Shows something in that place, and waits for nothing. */
  show(view: View): Promise<void>
  /** Does something the first time only; later it answers what it answered then. */
  once<T>(work: () => Promise<T> | T): Promise<T>
  /** The message that the next question or `show` will take the place of; undefined: it will be a new one. */
  messageId: number | undefined
}

/** What a talk starts with: JSON. */
type Start<A> = { personId: number; messageId: number | null; updateId: number; args: A }

/** Makes `script` a conversation that `startTalk` starts by its name. */
export function talk<A>(
  deps: Deps,
  name: string,
  script: (talk: Talk, args: A) => Promise<void>,
): MiddlewareFn<BotContext> {
  async function run(conversation: Conversation<BotContext, Context>, _ctx: Context, start: Start<A>): Promise<void> {
    const person = await deps.people.find(start.personId)
    // Removed in the middle of it.
    if (!person) return
    await conversation.external(() => {
      deps.questions.left(person.id, person.words.html('talk-unanswered'), start.messageId)
      return null
    })
    const nonce = Math.floor((await conversation.random()) * 36 ** 6).toString(36)
    await script(new ScriptedTalk(deps, conversation, person, start, nonce), start.args)
  }
  return createConversation(run, name)
}

/** Starts a talk, in the message that was pressed where there is one. Another one that goes on is left. */
export async function startTalk<A>(ctx: BotContext, name: string, args: A): Promise<void> {
  await ctx.conversation.exitAll()
  const messageId = ctx.callbackQuery?.message?.message_id ?? null
  const start: Start<A> = { personId: ctx.person.id, messageId, updateId: ctx.update.update_id, args }
  await ctx.conversation.enter(name, start)
}

class ScriptedTalk implements Talk {
  readonly person: Person
  messageId: number | undefined
  readonly #deps: Deps
  readonly #conversation: Conversation<BotContext, Context>
  readonly #nonce: string
  #step = 0
  #lastUpdate: number

  constructor(
    deps: Deps,
    conversation: Conversation<BotContext, Context>,
    person: Person,
    start: Pick<Start<unknown>, 'messageId' | 'updateId'>,
    nonce: string,
  ) {
    this.person = person
    this.messageId = start.messageId ?? undefined
    this.#deps = deps
    this.#conversation = conversation
    this.#nonce = nonce
    this.#lastUpdate = start.updateId
  }

  once<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#conversation.external(() => work())
  }

  async show(view: View): Promise<void> {
    await this.#put(view, () => undefined)
  }

  async ask({ text, choices, accepts = [], secret = false }: Question): Promise<Answer> {
    this.#step += 1
    const key = `${this.#nonce}${this.#step}`
    const view = { text, buttons: choices.map((row) => row.map(({ label, choice }) => talkButton(label, key, choice))) }
    const offered = choices.flat().map(({ choice }) => choice)
    await this.#putQuestion(view, key)
    for (;;) {
      const update = await this.#nextUpdate(secret)
      const expected: Expected = { key, choices: offered, accepts, secret, lastUpdate: this.#lastUpdate }
      const heard = answerIn(update, expected)
      if (heard === 'not-mine') await this.#conversation.skip({ next: true })
      else if (heard === 'repeated') await this.#repeat(view, key)
      else if (heard === 'unexpected') await this.#hint()
      else {
        this.#lastUpdate = update.update_id
        if (secret && heard.kind === 'text') keepSecret(heard.text)
        const place = await this.once(() => acknowledge(this.#deps, this.person, heard, secret))
        this.messageId = place ?? undefined
        return heard
      }
    }
  }

  /** Waits for whatever this person does next. One who comes back too late has left the talk. */
  async #nextUpdate(secret: boolean): Promise<Update> {
    const now = () => this.once(() => this.#deps.db.clock.now().epochMilliseconds)
    const asked = await now()
    const { update } = await this.#conversation.wait()
    if ((await now()) - asked < PATIENCE_MS) return update
    const messageId = update.message?.message_id
    const mayBeSecret = secret && messageId !== undefined
    if (mayBeSecret) await this.once(() => giveUp(this.#deps, this.person, messageId))
    return await this.#conversation.halt({ next: !mayBeSecret })
  }

  /** An answer heard before comes again when a process ended on it: it may not have come to ask what followed. */
  async #repeat(view: View, key: string): Promise<void> {
    const { questions } = this.#deps
    if (!(await this.once(() => questions.isShown(this.person.id, key)))) await this.#putQuestion(view, key)
  }

  async #hint(): Promise<void> {
    await this.once(() => {
      const { id, words } = this.person
      void this.#deps.outbox.send(id, { text: words.html('talk-hint'), buttons: [] })
      return null
    })
  }

  #putQuestion(view: View, key: string): Promise<null> {
    const { questions } = this.#deps
    return this.#put(view, (messageId) =>
      questions.note(this.person.id, { key, messageId, text: view.text, hasButtons: view.buttons.length > 0 }),
    )
  }

  /** Nobody else's press waits until Telegram has taken this. */
  #put(view: View, shown: (messageId: number) => void): Promise<null> {
    const { outbox } = this.#deps
    const { id } = this.person
    const { messageId } = this
    const sendNew = () => void outbox.send(id, view, { sent: async (sentAs) => shown(sentAs) })
    return this.once(() => {
      if (messageId === undefined) sendNew()
      else
        void outbox.edit(id, messageId, view).then(({ outcome }) => {
          if (outcome === 'gone') sendNew()
          else if (outcome === 'delivered') shown(messageId)
        })
      return null
    })
  }
}

/**
 * Stops the button from turning, or takes a secret out of the chat. Answers the message that what comes next takes the
 * place of; null: words of the person's stand below it by now, or it is not known any more.
 */
async function acknowledge(deps: Deps, { id }: Person, answer: Answer, secret: boolean): Promise<number | null> {
  const { outbox, questions } = deps
  if (answer.kind === 'choice') {
    outbox.answer(answer.queryId)
    questions.answered(id)
    return answer.messageId ?? null
  }
  if (secret) {
    await erase(deps, { personId: id, messageId: answer.messageId })
    return questions.answered(id) ?? null
  }
  questions.answeredInWords(id)
  return null
}

/** Too late for a question about a secret; what was written may be one all the same. */
async function giveUp(deps: Deps, { id, words }: Person, messageId: number): Promise<null> {
  await erase(deps, { personId: id, messageId })
  deps.questions.left(id, words.html('talk-unanswered'))
  void deps.outbox.send(id, { text: words.html('talk-too-late'), buttons: [] })
  return null
}
