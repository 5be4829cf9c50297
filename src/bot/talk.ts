import { type Conversation, createConversation } from '@grammyjs/conversations'
import type { Context, MiddlewareFn } from 'grammy'
import type { BotContext, Deps } from './feature.ts'
import type { Person } from './people.ts'
import { type Answer, answerIn, type Expected } from './talk-answers.ts'
import { talkButton } from './talk-buttons.ts'
import type { View } from './view.ts'

/** A conversation left alone for so long is over; its buttons then are outdated. */
const PATIENCE_MS = 60 * 60_000

export type { Answer }

export type Choice = { label: string; choice: string }

/** What a talk asks. `secret`: the message that answers is deleted the moment it is read. */
export type Question = {
  text: string
  choices: Choice[][]
  accepts?: readonly ('text' | 'photo')[]
  secret?: boolean
}

/**
 * A conversation with one person, written down as it goes: after a restart it goes on where it was. The script runs
 * again from its start with each answer, so whatever it does, and whatever it reads that decides its way, has to go
 * through `once`; what `once` answers must be JSON.
 */
export type Talk = {
  person: Person
  /** Shows the question, in the place of the last one where that was answered by a button, and waits for the answer. */
  ask(question: Question): Promise<Answer>
  /** Shows something in that place, and waits for nothing. */
  show(view: View): Promise<void>
  /** Does something the first time only; later it answers what it answered then. */
  once<T>(work: () => Promise<T> | T): Promise<T>
  /** The message that the next question or `show` will take the place of; undefined: it will be a new one. */
  messageId: number | undefined
}

/** What a talk starts with: JSON. */
type Start<A> = { personId: number; messageId: number | null; args: A }

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
    const nonce = Math.floor((await conversation.random()) * 36 ** 6).toString(36)
    await script(createTalk(deps, conversation, person, start.messageId ?? undefined, nonce), start.args)
  }
  return createConversation(run, { id: name, maxMillisecondsToWait: PATIENCE_MS })
}

/** Starts a talk, in the message that was pressed where there is one. Another one that goes on is left. */
export async function startTalk<A>(ctx: BotContext, name: string, args: A): Promise<void> {
  await ctx.conversation.exitAll()
  const messageId = ctx.callbackQuery?.message?.message_id ?? null
  const start: Start<A> = { personId: ctx.person.id, messageId, args }
  await ctx.conversation.enter(name, start)
}

function createTalk(
  deps: Deps,
  conversation: Conversation<BotContext, Context>,
  person: Person,
  firstMessageId: number | undefined,
  nonce: string,
): Talk {
  const { outbox } = deps
  let step = 0
  const once = <T>(work: () => Promise<T> | T): Promise<T> => conversation.external(() => work())
  const put = (view: View, messageId: number | undefined) =>
    once(() => {
      // Nobody else's press waits until Telegram has taken this.
      if (messageId === undefined) void outbox.send(person.id, view)
      else
        void outbox.edit(person.id, messageId, view).then(({ outcome }) => {
          if (outcome === 'gone') void outbox.send(person.id, view)
        })
      return null
    })
  const self: Talk = {
    person,
    messageId: firstMessageId,
    once,
    show: async (view) => void (await put(view, self.messageId)),
    async ask({ text, choices, accepts = [], secret = false }) {
      step += 1
      const key = `${nonce}${step}`
      const buttons = choices.map((row) => row.map(({ label, choice }) => talkButton(label, key, choice)))
      await put({ text, buttons }, self.messageId)
      const expected: Expected = { key, accepts, secret }
      for (;;) {
        const ctx = await conversation.wait()
        const heard = answerIn(ctx.update, expected)
        if (heard === 'not-mine') await conversation.skip({ next: true })
        else if (heard === 'unexpected')
          await once(() => {
            void outbox.send(person.id, { text: person.words.html('talk-hint'), buttons: [] })
            return null
          })
        else {
          await once(() => acknowledge(deps, person, heard, secret))
          self.messageId = heard.kind === 'choice' ? heard.messageId : undefined
          return heard
        }
      }
    },
  }
  return self
}

/** Stops the button from turning, or takes a secret out of the chat. */
function acknowledge({ outbox }: Deps, { id, words }: Person, answer: Answer, secret: boolean): null {
  if (answer.kind === 'choice') outbox.answer(answer.queryId)
  else if (secret)
    void outbox.remove(id, answer.messageId).then((removed) => {
      if (!removed) void outbox.send(id, { text: words.html('talk-secret-stays'), buttons: [] })
    })
  return null
}
