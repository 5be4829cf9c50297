/**
 * Folds a name for comparison: case, accents, dash variants, non-breaking and repeated spaces do not count.
 * Two names mean the same course exactly when they fold to the same text (dossier Polimisport, 3.1 and 3.4).
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\p{Dash_Punctuation}|\u2212/gu, '-')
    .replace(/\s*-\s*/g, ' - ')
    .replace(/^[\s-]+|[\s-]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
}
