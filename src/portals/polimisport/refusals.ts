import type { PortalErrorKind } from '../errors.ts'

/**
 * What a refusal means, by words; none of the site's own texts is known, so this is a guess (dossier 4.1). First match
 * wins. Only for answers that are not OK: "Prenotazione completata" is no refusal.
 */
const MEANINGS: readonly (readonly [RegExp, PortalErrorKind])[] = [
  // Not "scaduto" alone: memberships and medical certificates expire too, and no new login renews them.
  [/sessione .*(scadut|terminat|non valid)|\baccedi\b/, 'session-expired'],
  [/gia (stat\w+ )?prenotat|gia una prenotazione per quest/, 'already-booked'],
  [/non (e |sono )?ancora|a partire da/, 'not-open-yet'],
  [/limite|numero massimo|massimo di prenotazioni|soglia/, 'limit-reached'],
  [/sovrappo|contemporane|stess[ao] (orario|ora)\b/, 'overlap'],
  [/esaurit|\bcomplet[oi]\b|\bpien[oi]\b|non (e )?(piu )?disponibil|lista d.?\s?attesa/, 'slot-full'],
  [/gia iniziat|gia terminat|gia conclus|troppo tardi/, 'too-late'],
]

/** The kind of error behind a refusal; `refused` when its words say nothing, and then the user reads them. */
export function kindOfRefusal(message: string): PortalErrorKind {
  const text = message
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
  return MEANINGS.find(([words]) => words.test(text))?.[1] ?? 'refused'
}
