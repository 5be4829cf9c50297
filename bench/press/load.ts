import type { Place } from '../place.ts'
import type { BotHouse } from './bot-house.ts'
import type { Drained } from './drainer.ts'
import { type Presses, pressMany } from './presses.ts'

const DRAINERS = 4

export type Loaded = Presses & { endedPerSecond: number; drainerErrors: string[] }

/** Presses while four workers end actions: so many a second each, or, with 0, as fast as they can. */
export async function pressUnderLoad(place: Place, house: BotHouse, count: number, rate: number): Promise<Loaded> {
  const url = house.databaseUrl
  const filler = place.help(new URL('./filler.ts', import.meta.url), [url, house.otherAccounts.join(',')])
  await filler.heard()
  const drainers = Array.from({ length: DRAINERS }, () =>
    place.help(new URL('./drainer.ts', import.meta.url), [url, String(rate)]),
  )
  await Promise.all(drainers.map((drainer) => drainer.heard()))
  const presses = await pressMany(house, count, async () => undefined)
  const drained = await Promise.all(drainers.map((drainer) => drainer.ask<Drained>('stop')))
  for (const helper of [filler, ...drainers]) await helper.stop()
  await empty(house)
  return {
    ...presses,
    endedPerSecond: drained.reduce((sum, { ended, seconds }) => sum + ended / seconds, 0),
    drainerErrors: drained.flatMap(({ errors }) => errors),
  }
}

/** Leaves nothing for whoever is measured next. */
async function empty({ db }: BotHouse): Promise<void> {
  await db.write((tx) => tx.deleteFrom('booking_actions').where('action_type', '=', 'sync').execute())
}
