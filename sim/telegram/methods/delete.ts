import { badRequest } from '../errors.ts'
import type { Message } from '../model.ts'
import type { Sim } from '../sim.ts'
import { findChat, type Method } from './method.ts'

const DELETABLE_SECONDS = 48 * 3600

export const deleteMessage: Method = (sim, params) => {
  if (!params.has('chat_id')) throw badRequest('chat identifier is not specified')
  const person = findChat(sim, params)
  const id = params.integer('message_id')
  if (id <= 0) throw badRequest('message identifier is not specified')
  const message = sim.messages.find(person.user.id, id)
  if (!message) throw badRequest('message to delete not found')
  if (isTooOld(sim, message)) throw badRequest("message can't be deleted for everyone")
  sim.messages.remove(message)
  return true
}

export const deleteMessages: Method = (sim, params) => {
  if (!params.has('chat_id')) throw badRequest('chat identifier is not specified')
  const person = findChat(sim, params)
  const ids = params.json('message_ids')
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > 100) throw badRequest('too many message identifiers specified')
  for (const id of ids) {
    const message = sim.messages.find(person.user.id, Number(id))
    if (message && !isTooOld(sim, message)) sim.messages.remove(message)
  }
  return true
}

function isTooOld(sim: Sim, message: Message): boolean {
  return sim.clock.seconds() - message.date > DELETABLE_SECONDS
}
