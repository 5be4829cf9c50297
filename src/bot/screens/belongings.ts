import type { Belongings } from '../../db/remove-user.ts'
import type { Words } from '../texts.ts'

/** What a removal deletes, a line each, and what it does not touch. */
export function belongingsLines(words: Words, { accounts, rules, waiting, booked }: Belongings): string[] {
  return [
    ...(accounts > 0 ? [words.html('deletes-accounts', { n: accounts })] : []),
    ...(rules > 0 ? [words.html('deletes-rules', { n: rules })] : []),
    ...(waiting > 0 ? [words.html('deletes-waiting', { n: waiting })] : []),
    words.html('deletes-rest'),
    ...(booked > 0 ? ['', words.html('deletes-not-booked', { n: booked })] : []),
  ]
}
