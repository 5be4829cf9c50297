import type { FastifyInstance } from 'fastify'
import type { Place, Product } from '../catalogue.ts'
import { sendError } from '../network.ts'
import type { World } from '../world.ts'
import { readListQuery } from './query.ts'

/** What is sold and how far ahead; no login is needed (dossier section 3.2). */
export function productRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Params: { id: string } }>('/products/:id', (request, reply) => {
    const { joins } = readListQuery(request)
    const id = Number(request.params.id)
    const product = world.catalogue.product(id)
    if (product) return reply.send(productBody(world, product, joins))
    const place = world.catalogue.place(id)
    return place
      ? reply.send(placeBody(place, joins))
      : sendError(reply, 404, `Product with id ${request.params.id} not found`)
  })
  app.get('/public/tags', () =>
    world.catalogue.products.map(({ tagId, description }) => ({ id: tagId, description, translations: [] })),
  )
}

function productBody({ catalogue }: World, product: Product, joins: ReadonlySet<string>) {
  const { id, description, minutesAhead } = product
  const places = catalogue.places.filter((place) => place.product === product)
  return {
    ...{ id, description, bookable: false, availableAsBookableSlot: true, bookableSlotsMinutesAhead: minutesAhead },
    price: description === 'Fitness' ? 6 : 39,
    ...(joins.has('translations') && { translations: [] }),
    ...(joins.has('linkedSubscriptions') && { linkedSubscriptions: [{ id: 71, description: `X ${description}` }] }),
    ...(joins.has('parentBookableProducts') && {
      parentBookableProducts: places.map(({ id, description }) => ({ id, description })),
    }),
    ...(joins.has('childProducts') && { childProducts: [] }),
  }
}

function placeBody({ id, description }: Place, joins: ReadonlySet<string>) {
  return {
    ...{ id, description, bookable: true, availableAsBookableSlot: false, bookableSlotsMinutesAhead: null, price: 0 },
    ...(joins.has('translations') && { translations: [] }),
  }
}
