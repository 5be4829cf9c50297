import { connectPolimisport } from '../../sim/polimisport/client.ts'
import type { PolimisportControl, SlotView } from '../../sim/polimisport/control/contract.ts'
import type { Place } from '../place.ts'

export type Person = { username: string; password: string; secret: string }

export type Site = {
  urls: { baseUrl: string; ssoBaseUrl: string }
  control: PolimisportControl
  /** Each is logged in with a password and a one-time code of their own. */
  people: Person[]
  /** Classes of the coming days that can be booked, to be taken in turns. */
  slots: SlotView[]
  pid: number
}

/** Starts the stand-in of Polimisport as a process of its own. */
export async function startSite(place: Place, peopleCount: number): Promise<Site> {
  const people = Array.from({ length: peopleCount }, (_, index) => ({
    username: String(10_700_000 + index),
    password: `password ${index}`,
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  }))
  const child = place.start(
    'sim/polimisport/main.ts',
    people.flatMap((person) => ['--person', JSON.stringify(person)]),
  )
  const { baseUrl, ssoBaseUrl, controlUrl } = await child.ready()
  const control = connectPolimisport(String(controlUrl))
  const { slots } = await control.state()
  const now = Temporal.Now.instant()
  const soon = now.add({ hours: 1 })
  const open = slots.filter(
    ({ skill, spots, opensAt, startsAt }) =>
      skill !== null && spots > 1 && isBefore(opensAt, now) && isBefore(soon, startsAt),
  )
  return {
    urls: { baseUrl: String(baseUrl), ssoBaseUrl: String(ssoBaseUrl) },
    control,
    people,
    slots: open,
    pid: child.process.pid ?? 0,
  }
}

function isBefore(a: Temporal.Instant | string, b: Temporal.Instant | string): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
