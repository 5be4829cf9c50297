import { scheduleJob } from 'node-schedule'
import { Client } from 'undici'
import { z } from 'zod'
import type { SlotView } from '../../sim/delft-x/control/contract.ts'
import type { Person, Site } from './site.ts'

const tokenSchema = z.object({ access_token: z.string() })
const memberSchema = z.object({ id: z.number() })

/** What public bots are: logged in, the request prepared, and fired by the clock of the machine. */
export type PlainShooter = {
  /** Sends the request that books; its status. */
  fire(): Promise<number>
  close(): Promise<void>
}

export async function plainShooter(
  { urls }: Site,
  { username, password }: Person,
  slot: SlotView,
): Promise<PlainShooter> {
  const client = new Client(urls.apiUrl)
  const form = new URLSearchParams({ email: username, password }).toString()
  const login = await client.request({
    method: 'POST',
    path: '/auth',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  })
  const { access_token: token } = tokenSchema.parse(await login.body.json())
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const me = await client.request({ method: 'GET', path: '/auth?cf=0', headers })
  const { id } = memberSchema.parse(await me.body.json())
  const body = JSON.stringify(payloadOf(id, slot))
  return {
    async fire() {
      const answer = await client.request({ method: 'POST', path: '/participations', headers, body })
      await answer.body.dump()
      return answer.statusCode
    },
    close: () => client.close(),
  }
}

function payloadOf(memberId: number, slot: SlotView) {
  const { startDate, endDate, bookableProductId, linkedProductId, bookingId } = slot
  const params = { startDate, endDate, bookableProductId, bookableLinkedProductId: linkedProductId, bookingId }
  const nobody = { invitedMemberEmails: [], invitedGuests: [], invitedOthers: [], clickedOnBook: true }
  return { organizationId: null, memberId, bookingId, params: { ...params, ...nobody }, dateOfRegistration: null }
}

/** Calls `fire` when the machine's clock shows `epochMs`, by a plain timer. */
export function byTimer<T>(epochMs: number, fire: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => fire().then(resolve, reject), epochMs - Date.now())
  })
}

/** The same by node-schedule. */
export function bySchedule<T>(epochMs: number, fire: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    scheduleJob(new Date(epochMs), () => void fire().then(resolve, reject))
  })
}
