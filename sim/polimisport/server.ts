import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { RequestLog } from '../shared/request-log.ts'
import type { PolimisportControl } from './control/contract.ts'
import { controlOf } from './control/in-process.ts'
import { controlRoutes } from './control/routes.ts'
import type { PolimisportFaults } from './fault-box.ts'
import type { Person } from './people.ts'
import { buildPortal } from './portal/app.ts'
import { buildSso } from './sso/app.ts'
import { italian, type Texts } from './texts.ts'
import { DEFAULT_TIMETABLE } from './timetable.ts'
import { secretOf } from './totp.ts'
import type { WeeklyClass } from './weekly-classes.ts'
import { World } from './world.ts'

export type PersonOption = {
  /** Eight digits. */
  username: string
  password: string
  name?: string | undefined
  /** An `otpauth://` address or a base32 secret; without either no code is asked for. */
  otpauth?: string | undefined
  secret?: string | undefined
}

export type PolimisportOptions = {
  /** 0 for any free port. */
  port?: number
  ssoPort?: number
  clock?: () => Temporal.Instant
  people?: readonly PersonOption[]
  /** Decides capacities and how full the slots are. */
  seed?: number
  timetable?: readonly WeeklyClass[]
  texts?: Texts
  waitlist?: boolean
}

export type PolimisportSim = PolimisportControl & {
  /** `http://127.0.0.1:…/sportpolimi` */
  baseUrl: string
  /** `http://localhost:…`: another name, because cookies do not tell ports apart. */
  ssoBaseUrl: string
  /** `http://127.0.0.1:…/__sim` */
  controlUrl: string
  /** Direct looks, for tests in the same process. */
  faults: PolimisportFaults
  log: RequestLog
  now(): Temporal.Instant
  close(): Promise<void>
}

/** Somebody to log in as when a test does not care who. */
export const EXAMPLE_PERSON = {
  username: '10654321',
  password: 'correct horse battery',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  name: 'Ada Esempio',
} as const satisfies PersonOption

/** Starts both origins of the site on loopback. */
export async function startPolimisport(options: PolimisportOptions = {}): Promise<PolimisportSim> {
  const { people = [EXAMPLE_PERSON], seed = DEFAULT_TIMETABLE.seed, timetable = DEFAULT_TIMETABLE.classes } = options
  const world = new World({
    clock: options.clock ?? (() => Temporal.Now.instant()),
    people: people.map(toPerson),
    timetable: { seed, classes: timetable },
    texts: options.texts ?? italian,
    waitlist: options.waitlist ?? false,
  })
  const control = controlOf(world)
  const [portal, sso] = await Promise.all([buildPortal(world), buildSso(world)])
  await portal.register(controlRoutes(control), { prefix: '/__sim' })
  const portalPort = await listen(portal, options.port)
  const ssoPort = await listen(sso, options.ssoPort)
  world.addresses.portal = `http://127.0.0.1:${portalPort}/sportpolimi`
  world.addresses.sso = `http://localhost:${ssoPort}`
  return {
    ...control,
    baseUrl: world.addresses.portal,
    ssoBaseUrl: world.addresses.sso,
    controlUrl: `http://127.0.0.1:${portalPort}/__sim`,
    faults: world.faults,
    log: world.log,
    now: () => world.now(),
    close: async () => {
      world.close()
      await Promise.all([portal.close(), sso.close()])
    },
  }
}

async function listen(app: FastifyInstance, port = 0): Promise<number> {
  await app.listen({ host: '127.0.0.1', port })
  return (app.server.address() as AddressInfo).port
}

function toPerson({ username, password, name = username, otpauth, secret }: PersonOption): Person {
  const otp = otpauth ?? secret
  return { username, password, name, secret: otp === undefined ? undefined : secretOf(otp) }
}
