import type { PortalSession } from '../contract.ts'
import { interruptible } from '../shared/interruptible.ts'
import { arm } from './arm.ts'
import { book } from './book.ts'
import { cancel } from './cancel.ts'
import { slotOfCell } from './cells.ts'
import { readBookings } from './list.ts'
import { isLoggedIn, type LoginMemory, login } from './login.ts'
import { readAround, readCell, readTimetable } from './timetable.ts'
import type { Visit } from './visit.ts'

/** A session at X over one visit. */
export function createSession(visit: Visit): PortalSession {
  const memory: LoginMemory = { rejected: undefined }
  const run = <T>(doing: string, work: () => Promise<T>) => interruptible(visit, doing, work)
  return {
    isLoggedIn: () => run('checking the session', () => isLoggedIn(visit)),
    login: () => run('logging in', () => login(visit, memory)),
    readTimetable: () => run('reading the timetable', () => readTimetable(visit)),
    readSlot: (slot) => run('looking at the slot', async () => slotOfCell(await readCell(visit, slot))),
    readAround: (slot) => run('looking at the slots', () => readAround(visit, slot)),
    readBookings: () => run('reading the bookings', () => readBookings(visit)),
    book: (slot, beforeSubmit) => run('booking', () => book(visit, slot, beforeSubmit)),
    cancel: (booking, beforeSubmit) => run('cancelling', () => cancel(visit, booking, beforeSubmit)),
    arm: (slot) => run('arming', () => arm(visit, slot)),
    close: () => visit.close(),
  }
}
