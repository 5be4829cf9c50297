/** Text for HTML: what a portal or a person wrote can hold `<3` or `&`. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const segmenter = new Intl.Segmenter()

/**
 * At most `length` characters as a person counts them, on one line; a longer text ends in "…". Characters piled up of
 * many parts count for more, so that no name can outgrow a message.
 */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment)
  if (characters.length <= length && line.length <= 2 * length) return line
  let kept = ''
  for (const character of characters.slice(0, length - 1)) {
    if (kept.length + character.length > 2 * length) break
    kept += character
  }
  return `${kept.trim()}…`
}
