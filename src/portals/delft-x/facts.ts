import type { PlanPlace, PortalFacts, SlotKey } from '../contract.ts'

const AMSTERDAM = 'Europe/Amsterdam'

/** Where the portal is, its API, and the page that asks for a NetID's password (dossier 1, 2.1). */
export const delftXUrls = {
  baseUrl: 'https://x.tudelft.nl',
  apiUrl: 'https://backbone-web-api.production.delft.delcom.nl',
  ssoUrl: 'https://login.tudelft.nl',
} as const

/** The shared gym. Every other location is a hall, booked half by half. */
export const FITNESS = 'Fitness'

/** How long before its start a slot opens (dossier 6). */
const WINDOW_HOURS = { fitness: 168, hall: 72 } as const

/** Where plans may book, for C1 and C2 (dossier 7). */
const planPlaces: readonly PlanPlace[] = [
  { place: 'X1', options: ['X1 A', 'X1 B'], shared: false },
  { place: 'X3', options: ['X3 A', 'X3 B'], shared: false },
  { place: FITNESS, options: [null], shared: true },
]

type Opening = Pick<SlotKey, 'date' | 'start' | 'location'>

export const delftXFacts: PortalFacts = {
  id: 'delft-x',
  name: 'X TU Delft',
  timeZone: AMSTERDAM,
  urls: delftXUrls,
  credentialFields: [
    {
      name: 'username',
      kind: 'text',
      question: {
        en: 'What is your NetID? If you are a member without one, send me the e-mail you log in to X with.',
        it: 'Qual è il tuo NetID? Se non ne hai uno, mandami l’e-mail con cui accedi a X.',
      },
    },
    {
      name: 'password',
      kind: 'secret',
      question: {
        en: 'What is your password?',
        it: 'Qual è la password?',
      },
    },
  ],
  viewDays: 14,
  /**
   * 72 hours before the start of a hall, 168 before that of Fitness. Whether the portal counts hours or days on the
   * wall clock is not known: where a change of the clocks lies between, this is the earlier of the two.
   */
  opening: (slot) => readings(slot).earlier,
  laterOpening(slot) {
    const { earlier, later } = readings(slot)
    return earlier.equals(later) ? undefined : later
  },
  planPlaces,
  politeness: { sessions: 24, minGapMs: 250 },
}

/** The instant at which a slot begins. */
export function startOf({ date, start }: Pick<SlotKey, 'date' | 'start'>): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime(AMSTERDAM).toInstant()
}

/** Date and time of day on the clocks of Delft. */
export function inDelft(instant: Temporal.Instant): { date: string; time: string } {
  const local = instant.toZonedDateTimeISO(AMSTERDAM)
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** The rule of the opening in absolute time and on the wall clock (dossier 6, 8). */
function readings(slot: Opening): { earlier: Temporal.Instant; later: Temporal.Instant } {
  const hours = slot.location === FITNESS ? WINDOW_HOURS.fitness : WINDOW_HOURS.hall
  const start = startOf(slot)
  const absolute = start.subtract({ hours })
  const wall = start
    .toZonedDateTimeISO(AMSTERDAM)
    .subtract({ days: hours / 24 })
    .toInstant()
  return Temporal.Instant.compare(absolute, wall) <= 0
    ? { earlier: absolute, later: wall }
    : { earlier: wall, later: absolute }
}
