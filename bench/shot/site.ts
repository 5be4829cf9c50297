import { connectDelftX } from '../../sim/delft-x/client.ts'
import type { DelftXControl } from '../../sim/delft-x/control/contract.ts'
import type { Place } from '../place.ts'

export type Person = { username: string; password: string }

export type Site = {
  urls: { baseUrl: string; apiUrl: string; ssoUrl: string }
  control: DelftXControl
  people: Person[]
}

/** How long a request and its answer are on their way together. */
export const TRAVEL_MS = 20

/** Starts the stand-in of X as a process of its own. Its people have no NetID: they log in by the short form. */
export async function startSite(place: Place, peopleCount: number): Promise<Site> {
  const people = Array.from({ length: peopleCount }, (_, index) => ({
    username: `member.${index}@example.org`,
    password: `password ${index}`,
  }))
  const child = place.start('sim/delft-x/main.ts', [
    ...['--travel-ms', String(TRAVEL_MS)],
    ...people.flatMap((person) => ['--person', JSON.stringify(person)]),
  ])
  const { baseUrl, apiUrl, ssoUrl, controlUrl } = await child.ready()
  return {
    urls: { baseUrl: String(baseUrl), apiUrl: String(apiUrl), ssoUrl: String(ssoUrl) },
    control: connectDelftX(String(controlUrl)),
    people,
  }
}
