import type { AddressInfo, Server } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApi } from './api/app.ts'
import type { DelftXControl } from './control/contract.ts'
import { controlOf } from './control/in-process.ts'
import { controlRoutes } from './control/routes.ts'
import type { PersonOption } from './people.ts'
import { buildPortal } from './portal/app.ts'
import type { Profile } from './rules.ts'
import { buildSso } from './sso/app.ts'
import { createRelay } from './travel/relay.ts'
import { World } from './world.ts'

export type DelftXOptions = {
  /** 0 for any free port. */
  port?: number
  apiPort?: number
  ssoPort?: number
  /** Decides the ids that nobody can know, languages, crowds, and what is left to chance. */
  seed?: number
  people?: readonly PersonOption[]
  /** Moves with the tests; the machine's time, to a fraction of a microsecond, unless given. */
  clock?: () => Temporal.Instant
  /** The round trip to the API: half of it before a request arrives, half before its answer does. */
  travelMs?: number
  /** Statuses, texts, and whether full sessions have a waiting list. */
  profile?: Profile
}

export type DelftXSim = {
  /** `http://127.0.0.1:…`: the pages. */
  baseUrl: string
  /** `http://127.0.0.1:…`: the JSON API. */
  apiUrl: string
  /** `http://localhost:…`: the login services; another name, because cookies do not tell ports apart. */
  ssoUrl: string
  /** `http://127.0.0.1:…/__sim` */
  controlUrl: string
  control: DelftXControl
  close(): Promise<void>
}

/** Somebody to log in as when a test does not care who. */
export const EXAMPLE_PERSON = {
  username: 'avoorbeeld',
  password: 'correct horse battery',
  name: 'Anna Voorbeeld',
} as const satisfies PersonOption

/** Starts all origins of the site on loopback. */
export async function startDelftX(options: DelftXOptions = {}): Promise<DelftXSim> {
  const { clock, people = [EXAMPLE_PERSON], seed = 1, profile = 'default', travelMs = 0 } = options
  const world = new World({ clock, people, seed, profile })
  const control = controlOf(world)
  const [portal, api, sso] = await Promise.all([buildPortal(world), buildApi(world), buildSso(world)])
  await portal.register(controlRoutes(control), { prefix: '/__sim' })
  const relay = await listenApi(world, api, travelMs, options.apiPort)
  const portalPort = await listen(portal, options.port)
  world.addresses.portal = `http://127.0.0.1:${portalPort}`
  world.addresses.api = `http://127.0.0.1:${portOf(relay ?? api.server)}`
  world.addresses.sso = `http://localhost:${await listen(sso, options.ssoPort)}`
  return {
    baseUrl: world.addresses.portal,
    apiUrl: world.addresses.api,
    ssoUrl: world.addresses.sso,
    controlUrl: `${world.addresses.portal}/__sim`,
    control,
    close: async () => {
      world.close()
      await Promise.all([portal.close(), api.close(), sso.close()])
      await relay?.[Symbol.asyncDispose]()
    },
  }
}

/** With travel time the API is reached by a relay alone. */
async function listenApi(world: World, api: FastifyInstance, travelMs: number, port = 0): Promise<Server | undefined> {
  if (travelMs <= 0) {
    await listen(api, port)
    return undefined
  }
  const targetPort = await listen(api)
  const arrived = (from: number | undefined, atMs: number) => void world.arrivals.set(from, atMs)
  const relay = createRelay({ travelMs, targetPort, arrived })
  const listening = Promise.withResolvers<void>()
  relay.once('error', listening.reject).listen(port, '127.0.0.1', listening.resolve)
  await listening.promise
  return relay
}

async function listen(app: FastifyInstance, port = 0): Promise<number> {
  await app.listen({ host: '127.0.0.1', port })
  return portOf(app.server)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
