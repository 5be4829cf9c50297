/**
 * What a refusal to book speaks of, by its words in Dutch and English. Nobody has recorded one, so this is a guess
 * (dossier 4): what is of weight is checked against what the portal shows.
 */
export type Topic = 'membership' | 'early' | 'overlap' | 'limit' | 'full' | 'mine' | 'hours'

/** The first match wins: "the maximum is already full" is of a limit, and "already taken" of a full slot. */
const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [/abonnement|subscription|membership|lidmaatschap|supplement|toeslag/, 'membership'],
  [/\bnog niet\b|\bnot open\b|\bnot\b.*\byet\b/, 'early'],
  [/vooraf|op voorhand|\bahead\b|in advance|van tevoren|te vroeg|too early|\bopent\b|\bopens\b/, 'early'],
  // A length of time before the start, as in "at most 72 hours before".
  [/\d ?(hours?|hrs?|h|uur|uren|days?|dag|dagen)\b.*\b(before|prior|voor)\b/, 'early'],
  [
    /overlap|tegelijk|(same|zelfde) (time|hour|tijd\w*|uur|moment)|at th(is|at) (time|hour)|op dit (tijdstip|uur|moment)/,
    'overlap',
  ],
  [/\bmax|limiet|\blimit|\bper (dag|day|location|locatie)\b|at most|hoogstens/, 'limit'],
  [
    /\bvol\b|volgeboekt|volzet|\bfull\b|fully|\bbezet\b|\btaken\b|uitverkocht|sold out|no (more )?(free )?(places|spots)|geen (vrije )?plaats|(niet|not|no longer) (meer )?(beschikbaar|available)/,
    'full',
  ],
  [/already|reeds|\bal\b|duplicate|dubbel/, 'mine'],
  [/\b(hours?|uur|uren)\b/, 'hours'],
]

/** The topic of a refusal, if its words tell any. */
export function topicOf(words: string): Topic | undefined {
  const text = words
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
  return TOPICS.find(([pattern]) => pattern.test(text))?.[1]
}
