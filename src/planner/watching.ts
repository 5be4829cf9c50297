/** Between two looks at a full slot: seldom enough to be polite, often enough to be worth it. */
const PAUSE_MS = 3 * 60_000
/** Places free up when others cancel, and most do so shortly before the class. */
const LAST_HOURS = { hours: 2 }
const LAST_PAUSE_MS = 90_000

/** When to look at a watched slot again; up to three tenths sooner or later by `random` (0 to 1), so that looks spread. */
export function nextLook(start: Temporal.Instant, now: Temporal.Instant, random: number): Temporal.Instant {
  const isNear = Temporal.Instant.compare(now.add(LAST_HOURS), start) > 0
  const pause = isNear ? LAST_PAUSE_MS : PAUSE_MS
  return now.add({ milliseconds: Math.round(pause * (0.7 + 0.6 * random)) })
}
