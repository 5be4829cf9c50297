import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'

/**
 * How far the server's clock is ahead of ours, in milliseconds, by its `Date` header. The header has whole seconds,
 * so the truth lies within `accuracyMs`: half a second, and half the round trip.
 */
export async function measureClockOffset(url: string, clock: Clock): Promise<{ offsetMs: number; accuracyMs: number }> {
  const before = clock.now()
  const response = await ask(url)
  const after = clock.now()
  if (response.status >= 500) throw new Error(`${url} answers with error ${response.status}: try again later`)
  const header = response.headers.get('date')
  if (header === null) throw new Error(`${url} answers without a date: is something between us and the site?`)
  const roundTrip = after.epochMilliseconds - before.epochMilliseconds
  const server = Date.parse(header) + 500
  const ours = before.epochMilliseconds + roundTrip / 2
  return { offsetMs: Math.round(server - ours), accuracyMs: Math.round(500 + roundTrip / 2) }
}

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(15_000) })
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error)
    throw new Error(`${url} cannot be reached (${cause}): check the network, and the address in the configuration`)
  }
}
