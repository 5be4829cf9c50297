/** A time of day as people write it, `9`, `9.30`, `18:30` or `18h30`, as `HH:MM`; undefined when it is none. */
export function readTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h,](\d{2})?)?$/i.exec(text.trim())
  if (!match) return undefined
  const hour = Number(match[1])
  const minute = Number(match[2] ?? '0')
  if (hour > 23 || minute > 59) return undefined
  return Temporal.PlainTime.from({ hour, minute }).toString({ smallestUnit: 'minute' })
}
