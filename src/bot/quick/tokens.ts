import { fold } from '../../core/fold.ts'

/** A text that long is no short wish. */
const LONGEST = 300

/**
 * The folded words of a text; numbers keep what makes them dates and times ("24/11", "18:30"). Of a span ("18-19") the
 * start counts. Empty for a text that is too long to be a wish.
 */
export function tokensOf(text: string): string[] {
  if (text.length > LONGEST) return []
  return foldWords(
    text
      .normalize('NFKC')
      .replace(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g, '$3/$2/$1')
      .replace(/\b(\d{1,2}(?:[:.]\d{2})?)\s*\p{Dash_Punctuation}\s*\d{1,2}(?:[:.]\d{2})?\b/gu, 'h $1'),
  )
}

/** The words of a name, folded as those of a text. */
export function foldWords(name: string): string[] {
  return fold(name)
    .split(/[^\p{L}\p{N}:./+&]+/u)
    .map((word) => word.replace(/^[:./+&]+|[:./&]+$/g, ''))
    .filter((word) => word !== '')
}
