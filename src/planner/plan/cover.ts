/**
 * Whether each of some hours can be given one of its chances, no chance to two of them (Kuhn's matching).
 * `chances`: for each hour the keys of what it can be had with.
 */
export function canCover(chances: readonly (readonly string[])[]): boolean {
  const takenBy = new Map<string, number>()
  return chances.every((_, hour) => giveOne(hour, chances, takenBy, new Set()))
}

/** Gives an hour a chance of its own, moving other hours to another of theirs where that is needed. */
function giveOne(
  hour: number,
  chances: readonly (readonly string[])[],
  takenBy: Map<string, number>,
  seen: Set<string>,
): boolean {
  for (const chance of chances[hour] ?? []) {
    if (seen.has(chance)) continue
    seen.add(chance)
    const holder = takenBy.get(chance)
    if (holder !== undefined && !giveOne(holder, chances, takenBy, seen)) continue
    takenBy.set(chance, hour)
    return true
  }
  return false
}
