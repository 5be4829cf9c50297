/** A piece of markup that is already safe to send. */
export type Html = { readonly markup: string }

type Part = Html | string | number | false | undefined | readonly Html[]

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Builds markup; whatever is put in is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const filled = strings.map((text, index) => text + render(parts[index]))
  return { markup: filled.join('') }
}

/** Data for a page's script, safe inside a `<script>` element. */
export function json(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') }
}

function render(part: Part): string {
  if (part === false || part === undefined) return ''
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
  if (typeof part === 'number') return String(part)
  if ('markup' in part) return part.markup
  return part.map((html) => html.markup).join('\n')
}
