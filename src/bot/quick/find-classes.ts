import Fuse from 'fuse.js'
import { foldWords } from './tokens.ts'
import type { Wish } from './wish.ts'

/** What a class is called, and where it is. */
export type Named = { title: string; place: string }

/** How well a class fits what was written. `exact`: named in full. `sure`: near enough not to ask. */
export type Hit<C> = { item: C; score: number; exact: boolean; sure: boolean }

const SEARCH = { useTokenSearch: true, includeScore: true, ignoreLocation: true, threshold: 0.49 } as const
const KEYS = [
  { name: 'title', weight: 3 },
  { name: 'place', weight: 1 },
]
/** Fuse scores: 0 is perfect, 1 has nothing in common. */
const SURE_SCORE = 0.45
/** A name that fits worse than the best one by this much was not meant. */
const WORSE = 0.2
const LOOSE_SCORE = 0.8
/** Shorter words stand in many names. */
const TELLING = 3
/** A name has no more words; what is written beyond them is not looked for. */
const MOST_WORDS = 8
/** Nor are they longer, and to look for long ones takes long. */
const LONGEST_WORD = 24

/** The items whose class fits the name in the wish, the best first; all of them when the wish holds no name. */
export function findClasses<C extends Named>(items: readonly C[], { exact, words }: Wish): Hit<C>[] {
  const query = [...(exact === undefined ? [] : exact.split(' ')), ...words]
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD))
  if (query.length === 0) return items.map((item) => ({ item, score: 0, exact: false, sure: false }))
  const scores = scoresOf(items, query)
  const hits = items.flatMap((item): Hit<C>[] => {
    const found = scores.get(keyOf(item))
    if (exact !== undefined && foldWords(item.title).join(' ') === exact) {
      const place = foldWords(item.place)
      const here = words.every((word) => place.includes(word))
      if (here) return [{ item, score: 0, exact: true, sure: true }]
    }
    return found ? [{ item, ...found, exact: false }] : []
  })
  return hits.toSorted((a, b) => a.score - b.score)
}

function scoresOf(items: readonly Named[], query: readonly string[]): Map<string, { score: number; sure: boolean }> {
  const docs = [...new Map(items.map((item) => [keyOf(item), item])).entries()].map(([key, { title, place }]) => ({
    key,
    title: foldWords(title).join(' '),
    place: foldWords(place).join(' '),
  }))
  const search = (tokenMatch: 'all' | 'any', words: readonly string[]) =>
    new Fuse(docs, { ...SEARCH, keys: KEYS, tokenMatch })
      .search(words.join(' '))
      .map(({ item, score = 1 }) => ({ item, score }))
  const all = search('all', query)
  const sureTo = Math.min(SURE_SCORE, ...all.map(({ score }) => score + WORSE))
  if (all.length > 0) return new Map(all.map(({ item, score }) => [item.key, { score, sure: score <= sureTo }]))
  // One of the words is not in any name: whatever fits the others is worth a question.
  const telling = query.filter((word) => word.length >= TELLING)
  const some = telling.length === 0 ? [] : search('any', telling).filter(({ score }) => score <= LOOSE_SCORE)
  return new Map(some.map(({ item, score }) => [item.key, { score, sure: false }]))
}

function keyOf({ title, place }: Named): string {
  return `${title}\n${place}`
}
