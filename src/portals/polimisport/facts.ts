import type { PortalFacts } from '../contract.ts'

const ROME = 'Europe/Rome'

/** Where the site is. A stand-in is reached by giving a session other addresses. */
export const polimisportUrls = {
  baseUrl: 'https://ecomm.sportrick.com/sportpolimi',
  ssoBaseUrl: 'https://aunicalogin.polimi.it',
} as const

/** Domains the real site loads from, with their subdomains; requests to any other host are not made (dossier 2.1, 2.4). */
export const polimisportDomains = ['sportrick.com', 'polimi.it', 'iubenda.com'] as const

/** What can be booked, by the names of the activity picker (dossier 3.1). Its order and its ids change, the names did not. */
export const polimisportActivities = ['Giuriati - Corsi Platinum', 'Giuriati - Fit Center'] as const

/** The activity whose slots are classes, each with a name of its own; a turn of the gym has none. */
export const classesActivity = polimisportActivities[0]

/** Calendar days between the opening of a day and the day itself (dossier 6). */
const OPENING_DAYS = 2

export const polimisportFacts: PortalFacts = {
  id: 'polimisport',
  name: 'Polimisport',
  timeZone: ROME,
  urls: polimisportUrls,
  credentialFields: [
    // The Codice Persona (dossier 2.2).
    {
      name: 'username',
      kind: 'text',
      format: { pattern: /^\d{8}$/, example: '10012345' },
      question: {
        en: 'What is your Codice Persona? It has 8 digits.',
        it: 'Qual è il tuo Codice Persona? Ha 8 cifre.',
      },
    },
    {
      name: 'password',
      kind: 'secret',
      question: {
        en: 'What is the password of your Codice Persona?',
        it: 'Qual è la password del tuo Codice Persona?',
      },
    },
    { name: 'otpauth', kind: 'otpauth' },
  ],
  viewDays: 7,
  /** 00:00 in Rome two calendar days before; counted on the calendar, so days of 23 or 25 hours do no harm. */
  opening({ date }) {
    const day = Temporal.PlainDate.from(date).subtract({ days: OPENING_DAYS })
    return day.toZonedDateTime(ROME).toInstant()
  },
  politeness: { sessions: 3, minGapMs: 150 },
}

/** The instant at which a slot begins. */
export function startOf({ date, start }: { date: string; start: string }): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime(ROME).toInstant()
}

/** The date on a calendar in Rome. */
export function dateInRome(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(ROME).toPlainDate()
}
