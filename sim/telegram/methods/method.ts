import { badRequest, forbidden } from '../errors.ts'
import type { Message } from '../model.ts'
import type { Params } from '../params.ts'
import type { Person } from '../people.ts'
import type { Sim } from '../sim.ts'

/** Carries out a Bot API method; what it returns is the `result`. The signal tells that the client went away. */
export type Method = (sim: Sim, params: Params, signal: AbortSignal) => unknown

/** A result with a description beside it, as the webhook methods give. */
export class Described {
  readonly result: unknown
  readonly description: string

  constructor(result: unknown, description: string) {
    this.result = result
    this.description = description
  }
}

/** The private chat a request names. */
export function findChat(sim: Sim, params: Params): Person {
  const id = params.text('chat_id')
  if (id === '') throw badRequest('chat_id is empty')
  const person = /^-?\d+$/.test(id) ? sim.people.find(Number(id)) : undefined
  if (!person?.started) throw badRequest('chat not found')
  return person
}

/** The message a request names, for editing. */
export function findMessage(sim: Sim, params: Params, complaint: string): { person: Person; message: Message } {
  if (!params.has('chat_id') && !params.has('inline_message_id'))
    throw badRequest('message identifier is not specified')
  const person = findChat(sim, params)
  const id = params.integer('message_id')
  if (id <= 0) throw badRequest('message identifier is not specified')
  const message = sim.messages.find(person.user.id, id)
  if (!message) throw badRequest(complaint)
  return { person, message }
}

/** What only Telegram's data centres know, so it is checked last. */
export function checkReachable(person: Person): void {
  if (person.blocked) throw forbidden('bot was blocked by the user')
}
