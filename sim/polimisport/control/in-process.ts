import { opensAt, startsAt } from '../rules.ts'
import type { Slot } from '../timetable.ts'
import type { World } from '../world.ts'
import type { PolimisportControl, SimState, SlotChange, SlotView } from './contract.ts'

const DAYS_SHOWN = 8

/** The control of a site that runs in this process. */
export function controlOf(world: World): PolimisportControl {
  return {
    state: async () => stateOf(world),
    slots: async (date) => world.site.slotsOn(Temporal.PlainDate.from(date)).map((slot) => view(world, slot)),
    setFault: async (fault) => world.setFault(fault),
    clearFaults: async (id) => world.faults.clear(id),
    setClock: async (setting) => world.setClock(setting),
    requests: async () => structuredClone(world.log.entries()),
    bookByHand: async ({ username, slotId }) => world.site.book(username, slotOf(world, slotId), world.now()),
    cancelByHand: async ({ username, slotId }) => {
      const booking = world.site.bookings().find((one) => one.username === username && one.slotId === slotId)
      return booking !== undefined && world.site.cancel(username, booking.id)
    },
    changeSlot: async (change) => changeSlot(world, change),
    expireSessions: async ({ what = 'both', username } = {}) => {
      if (what !== 'sso') world.portalSessions.closeAll(username)
      if (what !== 'portal') world.ssoSessions.closeAll(username)
    },
    release: async (route) => {
      world.faults.clear('hold', (fault) => route === undefined || ('route' in fault && fault.route === route))
      return world.holds.release(route)
    },
    waitFor: (wanted) => world.log.waitFor(wanted),
    reset: async () => world.reset(),
  }
}

function stateOf(world: World): SimState {
  const { site, people } = world
  const days = Array.from({ length: DAYS_SHOWN }, (_, offset) => world.today().add({ days: offset }))
  return {
    now: world.now().toString({ smallestUnit: 'millisecond' }),
    frozen: world.clock.frozen,
    people: people.all().map(({ username, name }) => ({ username, name, ...people.counts(username) })),
    strangers: people.strangers().map((username) => ({ username, ...people.counts(username) })),
    bookings: site.bookings().map((booking) => {
      const slot = site.findSlot(booking.slotId)
      return { ...booking, slot: slot ? view(world, slot) : null }
    }),
    waitingLists: site.waitingLists(),
    sessions: { portal: world.portalSessions.count, sso: world.ssoSessions.count },
    faults: world.faults.active(),
    held: world.holds.paths(),
    slots: days.flatMap((day) => site.slotsOn(day)).map((slot) => view(world, slot)),
  }
}

function changeSlot(world: World, change: SlotChange): SlotView | null {
  if (change.do === 'add') return view(world, world.site.addSlot(change.slot))
  const slot = slotOf(world, change.slotId)
  if (change.do === 'remove') {
    world.site.removeSlot(slot.id)
    return null
  }
  if (change.do === 'fill') world.site.fill(slot)
  else Object.assign(slot, change.to)
  return view(world, slot)
}

function view({ site }: World, slot: Slot): SlotView {
  return {
    ...slot,
    spots: site.spots(slot),
    opensAt: opensAt(slot.date).toString(),
    startsAt: startsAt(slot).toString(),
  }
}

function slotOf({ site }: World, id: string): Slot {
  const slot = site.findSlot(id)
  if (!slot) throw new Error(`There is no slot ${id}.`)
  return slot
}
