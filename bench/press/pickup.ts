import { once } from 'node:events'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { nowMs } from '../instant.ts'
import type { Place } from '../place.ts'
import type { BotHouse } from './bot-house.ts'
import type { Started } from './claimer.ts'
import { openRawQueue } from './raw-queue.ts'

/** Milliseconds until a waiting worker has claimed: from "queued" on, and with the writing of the action itself. */
export type Pickups = { fromQueued: number[]; fromAsked: number[] }

/** Queues actions one by one for so many idle workers. */
export async function measurePickups(
  place: Place,
  house: BotHouse,
  workers: number,
  count: number,
  between: () => Promise<void>,
): Promise<Pickups> {
  const claimers = Array.from({ length: workers }, () =>
    place.help(new URL('./claimer.ts', import.meta.url), [house.databaseUrl]),
  )
  await Promise.all(claimers.map((claimer) => claimer.heard()))
  let next = Promise.withResolvers<Started>()
  for (const claimer of claimers) void follow(claimer.heard, (started) => next.resolve(started))
  const pickups: Pickups = { fromQueued: [], fromAsked: [] }
  for (let index = 0; index < count; index++) {
    next = Promise.withResolvers()
    const asked = nowMs()
    const { id } = await enqueueAction(house.db, {
      userId: null,
      accountId: house.account,
      portal: 'polimisport',
      type: 'check',
    })
    const queued = nowMs()
    const started = await next.promise
    if (started.id !== id) throw new Error(`action #${started.id} was claimed instead of #${id}`)
    pickups.fromQueued.push(started.at - queued)
    pickups.fromAsked.push(started.at - asked)
    await between()
    await pause(5 + Math.random() * 10)
  }
  for (const claimer of claimers) await claimer.stop()
  return pickups
}

/** Hands on everything that is heard, until nothing comes any more. */
async function follow(heard: () => Promise<Started>, hand: (started: Started) => void): Promise<void> {
  for (;;) {
    const started = await heard().catch(() => undefined)
    if (!started) return
    hand(started)
  }
}

/** Measures the floor of a pickup once: a poke over a kept-open socket and a claim with plain statements. */
export async function openPickupFloor(place: Place, file: string): Promise<() => Promise<number>> {
  const socketPath = join(place.folder, 'floor.sock')
  const claimer = place.help(new URL('./floor-claimer.ts', import.meta.url), [file, socketPath])
  await claimer.heard()
  const queue = openRawQueue(file)
  const socket = createConnection(socketPath)
  await once(socket, 'connect')
  place.onClose(() => {
    socket.destroy()
    queue.close()
  })
  return async () => {
    queue.insert()
    const queued = nowMs()
    socket.write('.')
    return (await claimer.heard<number>()) - queued
  }
}
