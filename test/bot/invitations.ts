import assert from 'node:assert/strict'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { ensureUser } from '../../src/db/users.ts'
import { type House, NOW, openHouse } from './support.ts'

export const OLGA: User = { id: 5_000_000_042, first_name: 'Olga', language_code: 'en' }
export const CARLA: User = { id: 5_000_000_777, first_name: 'Carla <3', language_code: 'en' }
export const DARIO: User = { id: 5_000_000_778, first_name: 'Dario', language_code: 'it' }

/** A house whose owner is Olga; Anna is a member with an account. Telegram's clock shows the time of the house. */
export async function openOwnedHouse(options: { actionsPerHour?: number } = {}): Promise<House & { olga: Chat }> {
  const house = await openHouse(options)
  await house.control.setClock(NOW)
  await ensureUser(house.db, OLGA.id, 'owner')
  return Object.assign(house, { olga: await house.chat(OLGA) })
}

/** The owner invites; answers what the link makes Telegram send. */
export async function invite({ olga }: { olga: Chat }): Promise<string> {
  const before = await olga.last()
  await olga.send('/invite')
  const { text } = await olga.see(/t\.me\/bookwright_bot\?start=/, before ? { after: before } : {})
  const code = /https:\/\/t\.me\/bookwright_bot\?start=([\w-]+)/.exec(text)?.[1]
  assert.ok(code, text)
  return `/start ${code}`
}

/** Everything the bot ever said to this user. */
export async function heard(chat: Chat): Promise<string[]> {
  return (await chat.messages()).filter(({ from }) => from === 'bot').map(({ text }) => text)
}
