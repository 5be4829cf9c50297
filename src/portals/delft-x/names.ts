import { fold } from '../../core/fold.ts'
import { FITNESS } from './facts.ts'

/** The tags that are read, each by the location of its slots (dossier 3.2). */
export const TAGS: Readonly<Record<string, number>> = { Fitness: 28, X1: 147, X2: 148, X3: 149 }

/** Names of products that more than one source knows; whatever an answer says goes before them (dossier 3.2). */
const KNOWN: ReadonlyMap<number, string> = new Map([
  [20061, FITNESS],
  [20045, 'X1'],
  [20047, 'X3'],
  [4, 'X1 A'],
  [5, 'X1 B'],
  [16534, 'X3 A'],
])

/** The names of products by their ids, as the answers have told them so far. */
export class ProductNames {
  readonly #names = new Map<number, string>()

  learn(id: number, name: string | null | undefined): void {
    if (name) this.#names.set(id, tidy(name))
  }

  nameOf(id: number | null | undefined): string | undefined {
    return id === null || id === undefined ? undefined : (this.#names.get(id) ?? KNOWN.get(id))
  }
}

/**
 * Location and course out of the names of what is sold ("X1") and of the place itself ("X1 A"). Fitness is one place;
 * a hall without the name of its half is not named at all: halves are never guessed.
 */
export function nameOf(
  linked: string | null | undefined,
  product: string | null | undefined,
): { location: string; course: string | null } | undefined {
  const sold = tidy(linked)
  const place = tidy(product)
  if ([sold, place].some((name) => fold(name) === fold(FITNESS))) return { location: FITNESS, course: null }
  if (place === '') return undefined
  const hall = sold === '' ? (/^(.+?)\s+[A-Z0-9]$/i.exec(place)?.[1] ?? place) : sold
  return { location: hall, course: fold(hall) === fold(place) ? null : place }
}

function tidy(name: string | null | undefined): string {
  return (name ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
}
