import { fraction } from '../shared/random.ts'

/** What is sold ("linked product"), and the category of the filter that shows it. */
export type Product = {
  id: number
  description: 'Fitness' | 'X1' | 'X2' | 'X3'
  tagId: number
  /** How long before its start a slot may be booked. */
  minutesAhead: number
}

/** A physical place ("bookable product"): a hall half, or the room where many train at once. */
export type Place = { id: number; description: string; product: Product; kind: 'hall' | 'session'; capacity: number }

const HALLS_AHEAD = 72 * 60
const FITNESS_AHEAD = 168 * 60
const FITNESS_CAPACITY = 46

/** Everything that can be booked. Ids that no two sources agree on follow from the seed, so that nobody can know them. */
export class Catalogue {
  readonly products: readonly Product[]
  readonly places: readonly Place[]
  readonly #byId: ReadonlyMap<number, Place>

  constructor(seed: number) {
    const idIn = (least: number, count: number, key: string) => least + Math.floor(fraction(seed, key) * count)
    const product = (id: number, description: Product['description'], tagId: number, minutesAhead = HALLS_AHEAD) => ({
      ...{ id, description, tagId, minutesAhead },
    })
    const fitness = product(20061, 'Fitness', 28, FITNESS_AHEAD)
    const x1 = product(20045, 'X1', 147)
    const x2 = product(idIn(20100, 800, 'X2'), 'X2', 148)
    const x3 = product(20047, 'X3', 149)
    const half = (product: Product, letter: 'A' | 'B', id: number): Place => ({
      ...{ id, description: `${product.description} ${letter}`, product, kind: 'hall', capacity: 1 },
    })
    const x2A = idIn(17000, 400, 'X2 A')
    this.products = [fitness, x1, x2, x3]
    this.places = [
      {
        id: idIn(700_000, 9000, 'Fitness'),
        description: 'Fitness',
        product: fitness,
        kind: 'session',
        capacity: FITNESS_CAPACITY,
      },
      half(x1, 'A', 4),
      half(x1, 'B', 5),
      half(x2, 'A', x2A),
      half(x2, 'B', x2A + idIn(1, 90, 'X2 B')),
      half(x3, 'A', 16534),
      half(x3, 'B', idIn(16600, 300, 'X3 B')),
    ]
    this.#byId = new Map(this.places.map((place) => [place.id, place]))
  }

  place(id: number): Place | undefined {
    return this.#byId.get(id)
  }

  /** By its name, `X1 A` or `Fitness`. */
  placeNamed(description: string): Place | undefined {
    return this.places.find((place) => place.description === description)
  }

  product(id: number): Product | undefined {
    return this.products.find((product) => product.id === id)
  }
}
