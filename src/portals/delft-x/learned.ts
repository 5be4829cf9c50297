import type { BrowserContext } from 'playwright'
import { ProductNames } from './names.ts'
import type { Token } from './token.ts'

/** What an operator learns about the portal for all its sessions, and forgets with the process. */
export type Learned = {
  names: ProductNames
  /** `bookableSlotsMinutesAhead` by linked product. */
  minutesAhead: Map<number, number>
  /** The list of slots came empty with the filter by availability, and not without it (dossier 3.1). */
  withoutAvailability: boolean
  /** The list of slots has moved to the newer path; the products of each tag there (dossier 3.1). */
  newerPath: boolean
  productsOfTag: Map<number, readonly number[]>
  /** The token last seen in a context, so that its storage is not read anew for each session; null: none. */
  tokens: WeakMap<BrowserContext, Token | null>
}

export function nothingLearned(): Learned {
  return {
    names: new ProductNames(),
    minutesAhead: new Map(),
    withoutAvailability: false,
    newerPath: false,
    productsOfTag: new Map(),
    tokens: new WeakMap(),
  }
}
