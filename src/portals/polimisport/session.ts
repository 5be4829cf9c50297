import type { PortalSession, SlotKey } from '../contract.ts'
import { interruptible } from '../shared/interruptible.ts'
import { arm } from './arm.ts'
import { book } from './book.ts'
import { cancel } from './cancel.ts'
import { isLoggedIn, readBookings } from './list.ts'
import { type LoginMemory, login } from './login.ts'
import { OneTimeCodes } from './one-time-code.ts'
import { readAround } from './slot.ts'
import { readTimetable } from './timetable.ts'
import type { Visit } from './visit.ts'

/** A session at Polimisport over one visit. */
export function createSession(visit: Visit): PortalSession {
  const memory: LoginMemory = { codes: undefined, rejected: undefined }
  const look = (slot: SlotKey) => interruptible(visit, 'looking at the slot', () => readAround(visit, slot))
  return {
    isLoggedIn: () => interruptible(visit, 'checking the session', () => isLoggedIn(visit)),
    login: () =>
      interruptible(visit, 'logging in', () => {
        memory.codes ??= codesOf(visit)
        return login(visit, memory)
      }),
    readTimetable: () => interruptible(visit, 'reading the timetable', () => readTimetable(visit)),
    readSlot: async (slot) => (await look(slot)).slot,
    readAround: look,
    readBookings: () => interruptible(visit, 'reading the bookings', () => readBookings(visit)),
    book: (slot, beforeSubmit) => interruptible(visit, 'booking', () => book(visit, slot, beforeSubmit)),
    cancel: (booking, beforeSubmit) => interruptible(visit, 'cancelling', () => cancel(visit, booking, beforeSubmit)),
    arm: async (slot) => {
      const armed = await interruptible(visit, 'preparing the booking', () => arm(visit, slot))
      return {
        ping: () => interruptible(visit, 'asking for the time', armed.ping),
        fire: () => interruptible(visit, 'booking', armed.fire),
        prove: () => interruptible(visit, 'verifying', armed.prove),
      }
    },
    close: () => visit.close(),
  }
}

function codesOf(visit: Visit): OneTimeCodes | undefined {
  const { otpauth } = visit.credentials
  if (otpauth === undefined) return undefined
  return new OneTimeCodes(otpauth, { now: () => visit.now(), wait: (ms) => visit.wait(ms) })
}
