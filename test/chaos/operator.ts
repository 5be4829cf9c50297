import { z } from 'zod'
import type { PortalBooking, PortalOperator, PortalSession, SessionInput, SlotKey } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'

const ANSWER_LIMIT_MS = 8_000
const bookingsSchema = z.array(z.string())

/** Operates the counting portal at `url`: plain HTTP, the browser context is left alone. */
export function countingOperator(url: string): PortalOperator {
  return {
    contextOptions: { locale: 'en-GB', timezoneId: 'Europe/Rome', viewport: { width: 800, height: 600 } },
    secretSelectors: [],
    openSession: async (input) => sessionAt(url, input),
  }
}

/** A slot as the counting portal knows it. */
export function slotName({ date, start, location, course }: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>) {
  return [date, start, location, course ?? ''].join('|')
}

function sessionAt(url: string, { credentials, signal }: SessionInput): PortalSession {
  let token = ''
  const ask = async (path: string, body?: string): Promise<string> => {
    const response = await fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body }),
      headers: { authorization: token, 'x-worker': String(process.pid), connection: 'close' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
    }).catch((error) => {
      throw new PortalError('network', `${path}: ${error}`, { cause: error })
    })
    if (response.status === 401) throw new PortalError('session-expired', `${path}: 401`)
    if (!response.ok) throw new PortalError('portal-down', `${path}: ${response.status}`)
    return await response.text()
  }
  const readBookings = async () => bookingsSchema.parse(JSON.parse(await ask('/bookings'))).map(toBooking)

  return {
    async isLoggedIn() {
      if (token === '') return false
      return await ask('/bookings').then(
        () => true,
        (error) => {
          if (error instanceof PortalError && error.kind === 'session-expired') return false
          throw error
        },
      )
    },
    async login() {
      token = await ask('/login', credentials.username)
    },
    readTimetable: async () => [],
    readSlot: () => Promise.reject(new Error('nothing is watched here')),
    readBookings,
    async book(slot, beforeSubmit) {
      await beforeSubmit()
      await ask('/book', slotName(slot))
      const held = (await readBookings()).find((booking) => slotName(booking) === slotName(slot))
      if (!held) throw new PortalError('page-changed', 'the list does not show what was just booked')
      return held
    },
    cancel: async () => {
      throw new PortalError('refused', 'the counting portal cancels nothing')
    },
    close: async () => undefined,
  }
}

function toBooking(slot: string): PortalBooking {
  const [date = '', start = '', location = '', course = ''] = slot.split('|')
  return { date, start, end: null, location, course, cancellable: true }
}
