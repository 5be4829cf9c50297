import type { Member } from './people.ts'
import type { Profile, Refusal } from './rules.ts'

type Texts = Record<Refusal | 'cancel-refused', string>

/** No source records a single text of the site: all of these are invented, and each profile has its own. */
const REFUSALS: Record<Profile, Record<Member['language'], Texts>> = {
  default: {
    en: {
      'not-open': 'This slot can be booked at most {hours} hours ahead.',
      'too-late': 'This slot has begun.',
      'no-subscription': 'Your subscription does not cover this product.',
      duplicate: 'You are already registered for this booking.',
      overlap: 'You already have another booking at this hour.',
      limit: 'You have reached the maximum number of bookings for this location on this day.',
      taken: 'This booking is full.',
      'cancel-refused': 'This booking can no longer be cancelled.',
    },
    nl: {
      'not-open': 'Reserveren kan maximaal {hours} uur vooraf.',
      'too-late': 'Dit tijdslot is begonnen.',
      'no-subscription': 'Je abonnement geldt niet voor dit product.',
      duplicate: 'Je bent reeds aangemeld voor deze boeking.',
      overlap: 'Je hebt al een andere boeking op dit tijdstip.',
      limit: 'Je hebt het maximum aantal boekingen voor deze locatie op deze dag bereikt.',
      taken: 'Deze boeking is vol.',
      'cancel-refused': 'Deze boeking kan niet meer worden geannuleerd.',
    },
  },
  /** Two of the texts say nothing: only the status and the facts tell what happened. */
  conflict409: {
    en: {
      'not-open': 'Booking opens {hours} hours before the start',
      'too-late': 'Start date lies in the past',
      'no-subscription': 'A valid subscription is required',
      duplicate: 'Conflict',
      overlap: 'Overlaps with something you already planned',
      limit: 'Daily limit for this location exceeded',
      taken: 'Conflict',
      'cancel-refused': 'Forbidden resource',
    },
    nl: {
      'not-open': 'Boeken opent {hours} uur voor aanvang',
      'too-late': 'De startdatum ligt in het verleden',
      'no-subscription': 'Een geldig abonnement is vereist',
      duplicate: 'Conflict',
      overlap: 'Overlapt met iets dat je al gepland hebt',
      limit: 'Daglimiet voor deze locatie overschreden',
      taken: 'Conflict',
      'cancel-refused': 'Verboden',
    },
  },
  waitlist: {
    en: {
      'not-open': 'Too early: registration starts {hours} hours in advance, looking ahead is allowed.',
      'too-late': 'Too late for this one.',
      'no-subscription': 'Please buy a subscription first.',
      duplicate: 'Already on your list.',
      overlap: 'Another activity of yours is at this time already.',
      limit: 'No more than one visit a day here: limit reached.',
      taken: 'Sorry, fully booked.',
      'cancel-refused': 'Cancelling is closed.',
    },
    nl: {
      'not-open': 'Te vroeg: aanmelden kan {hours} uur vooraf.',
      'too-late': 'Hiervoor is het te laat.',
      'no-subscription': 'Koop eerst een abonnement.',
      duplicate: 'Staat reeds op je lijst.',
      overlap: 'Je doet al iets anders op dit tijdstip.',
      limit: 'Meer dan een bezoek per dag mag hier niet: maximum bereikt.',
      taken: 'Helaas, volgeboekt.',
      'cancel-refused': 'Annuleren is gesloten.',
    },
  },
}

/** Why not, in the member's language. */
export function refusalText(reason: keyof Texts, profile: Profile, { language }: Member, hours = 0): string {
  return REFUSALS[profile][language][reason].replace('{hours}', String(hours))
}
