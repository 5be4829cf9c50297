/** A number in [0, 1) that depends on the seed and the key alone, so that any day can be made up at any time. */
export function fraction(seed: number, key: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
