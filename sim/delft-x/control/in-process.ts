import { utc } from '../api/shapes.ts'
import type { Participation } from '../participations.ts'
import type { Member } from '../people.ts'
import type { Slot } from '../slots.ts'
import { grant } from '../stored-auth.ts'
import type { World } from '../world.ts'
import type { BookingView, DelftXControl, SimState, SlotView } from './contract.ts'

/** The control of a site that runs in this process. */
export function controlOf(world: World): DelftXControl {
  return {
    state: async () => stateOf(world),
    slots: async (date) => world.site.slots.ofDay(date, world.catalogue.places).map((slot) => slotView(world, slot)),
    setClock: async (setting) => world.setClock(setting),
    setFault: async (fault) => world.setFault(fault),
    clearFaults: async (id) => world.faults.clear(id),
    requests: async () => structuredClone(world.log.entries()),
    posts: async () => world.attempts.all(),
    setRivals: async (rivals) => world.site.setRivals(rivals),
    clearRivals: async () => world.site.clearRivals(),
    setRules: async (rules) => void Object.assign(world.site.rules, rules),
    bookByHand: async ({ username, place, date, start }) => {
      const member = memberOf(world, username)
      return bookingView(world.site.enter(member, world.site.slotOn(place, date, start), world.nowMs()))
    },
    cancelByHand: async ({ username, place, date, start }) => {
      const slot = world.site.slotOn(place, date, start)
      const found = world.site.participations.all().find((one) => one.slot === slot && one.member.username === username)
      if (found) world.site.cancel(found, world.nowMs())
      return found !== undefined
    },
    fill: async ({ place, date, start, taken }) => {
      const slot = world.site.slotOn(place, date, start)
      const nowMs = world.nowMs()
      world.site.cells.fill(world.site.cells.at(slot, nowMs), taken, nowMs)
      return slotView(world, slot)
    },
    grant: async (username) => grant(world, memberOf(world, username)),
    expireSessions: async ({ what, username }) => {
      if (what !== 'sso') world.tokens.killAll(username)
      if (what !== 'token') world.ssoSessions.closeAll(username)
    },
    release: async (path) => {
      world.faults.clear('hold', (fault) => path === undefined || ('path' in fault && fault.path === path))
      return world.holds.release(path)
    },
    waitFor: (wanted) => world.log.waitFor(wanted),
    reset: async () => world.reset(),
  }
}

function memberOf({ people }: World, username: string): Member {
  const member = people.find(username)
  if (!member) throw new Error(`There is nobody called ${username}.`)
  return member
}

function stateOf(world: World): SimState {
  const { people, site } = world
  return {
    now: world.now().toString({ smallestUnit: 'millisecond' }),
    frozen: world.clock.frozen,
    people: people.all().map(({ username, firstName, lastName, id, kind }) => ({
      ...{ username, name: `${firstName} ${lastName}`.trim(), memberId: id, kind },
      ...people.counts(username),
    })),
    strangers: people.strangers().map((username) => ({ username, ...people.counts(username) })),
    bookings: site.participations.all().map(bookingView),
    sessions: { tokens: world.tokens.count(world.nowMs()), sso: world.ssoSessions.count },
    rules: { ...site.rules },
    faults: world.faults.active(),
    held: world.holds.paths(),
  }
}

function bookingView({ id, bookingId, member, slot, status }: Participation): BookingView {
  return {
    ...{ participationId: id, bookingId, username: member.username, memberId: member.id },
    ...{ place: slot.place.description, date: slot.date, start: slot.start },
    status: status === 1 ? 'booked' : 'waiting',
  }
}

function slotView(world: World, slot: Slot): SlotView {
  const { cells } = world.site
  const nowMs = world.nowMs()
  const { place, date, start, startMs, endMs, opensMs, bookingId } = slot
  return {
    ...{ place: place.description, date, start, startDate: utc(startMs), endDate: utc(endMs), opensAt: utc(opensMs) },
    ...{ linkedProductId: place.product.id, bookableProductId: place.id, bookingId: bookingId ?? null },
    ...{ capacity: place.capacity, taken: cells.taken(cells.at(slot, nowMs), nowMs) },
  }
}
