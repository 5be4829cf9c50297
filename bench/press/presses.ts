import { setTimeout as pause } from 'node:timers/promises'
import { buttonData } from '../../src/bot/buttons.ts'
import { toStamp } from '../../src/core/clock.ts'
import type { BotHouse } from './bot-house.ts'

export type Presses = { answered: number[]; edited: number[]; errors: string[] }

/**
 * Presses "Book it" so many times, each after the answer to the one before; `between` runs after each, untimed.
 * A press counts as an error unless its action is in the queue.
 */
export async function pressMany(house: BotHouse, count: number, between: () => Promise<void>): Promise<Presses> {
  const presses: Presses = { answered: [], edited: [], errors: [] }
  for (let index = 0; index < count; index++) {
    const slot = house.slots[index % house.slots.length] ?? 0
    const pressed = await house.api.press(buttonData('book-slot', { account: house.account, slot }))
    presses.answered.push(pressed.answered)
    presses.edited.push(pressed.edited)
    if (!(await endQuietly(house, pressed.update))) presses.errors.push(pressed.popup)
    await between()
    // The user breathes; and the bot has asked for the next update by then.
    await pause(3 + Math.random() * 4)
  }
  return presses
}

/** Takes the action out of the queue without waking anybody; false when there is none. */
async function endQuietly({ db }: BotHouse, update: number): Promise<boolean> {
  const ended = await db.write((tx) =>
    tx
      .updateTable('booking_actions')
      .set({ status: 'cancelled', completed_at: toStamp(db.clock.now()) })
      .where('origin', '=', `update:${update}`)
      .where('status', '=', 'pending')
      .returning('id')
      .execute(),
  )
  return ended.length === 1
}
