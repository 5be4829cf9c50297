import { join } from 'node:path'
import { inPlace, type Place } from '../place.ts'
import type { Benchmark, Report, Scale } from '../report.ts'
import { openBotHouse } from './bot-house.ts'
import { crowd } from './crowd.ts'
import type { FloorOfPress } from './floor-bot.ts'
import { pressUnderLoad } from './load.ts'
import { measurePickups, openPickupFloor } from './pickup.ts'
import { pressMany } from './presses.ts'
import { makeRawDatabase } from './raw-queue.ts'
import { type Measured, reportOf } from './report-press.ts'

const COUNTS = { full: { presses: 300, rushed: 200, pickups: 200 }, quick: { presses: 10, rushed: 5, pickups: 8 } }
const STEADY_RATE = 100
const WARM_UP = { full: 40, quick: 2 }

/** The bot and the queue: from a press to the answer, and from there to a worker that has begun. */
export const pressBench: Benchmark = {
  name: 'press',
  what: 'from a press to its answer, alone and under load, and from queued to started',
  run: (scale) => inPlace((place) => run(place, scale)),
}

async function run(place: Place, scale: Scale): Promise<Report> {
  const counts = COUNTS[scale]
  const file = join(place.folder, 'floor', 'floor.db')
  await makeRawDatabase(file)
  const house = await openBotHouse(place, counts.presses)
  const floorBot = place.help(new URL('./floor-bot.ts', import.meta.url), [file, house.api.url])
  await floorBot.heard()
  const floors: FloorOfPress[] = []
  const floor = async () => void floors.push(await floorBot.ask<FloorOfPress>('go'))

  await pressMany(house, WARM_UP[scale], floor)
  floors.length = 0
  const alone = await pressMany(house, counts.presses, floor)

  await crowd(house)
  const crowded = await pressMany(house, counts.presses, floor)

  const pickupFloor = await openPickupFloor(place, file)
  const pickupFloors: number[] = []
  const measureFloor = async () => void pickupFloors.push(await pickupFloor())
  for (let index = 0; index < WARM_UP[scale]; index++) await pickupFloor()
  const one = await measurePickups(place, house, 1, counts.pickups, measureFloor)
  const four = await measurePickups(place, house, 4, counts.pickups, measureFloor)

  const steady = await pressUnderLoad(place, house, counts.presses, STEADY_RATE)
  const rushed = await pressUnderLoad(place, house, counts.rushed, 0)
  const measured: Measured = { floors, alone, crowded, steady, rushed, pickupFloors, one, four }
  return reportOf(measured)
}
