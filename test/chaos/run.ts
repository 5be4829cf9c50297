import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Child } from '../../sim/demo-processes.ts'
import { seededRandom } from '../../sim/shared/seeded.ts'
import { UserError } from '../../src/core/errors.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'
import { type Deeds, doDeeds } from './deeds.ts'
import { type ChaosHouse, openChaosHouse, type Resident } from './house.ts'
import { slotName } from './operator.ts'
import { type Facts, violationsIn } from './verdict.ts'

export type ChaosOptions = {
  engine: 'SQLite' | 'PostgreSQL'
  seed: number
  actions: number
  accounts: number
  workers: number
  /** For how long things go wrong. */
  chaosMs: number
  log(line: string): void
  /** Told how to end everything, for a program that is ended itself. */
  opened?: (close: () => Promise<void>) => void
}

export type ChaosReport = {
  violations: string[]
  facts: Facts
  deeds: number
  seconds: number
  /** What the processes wrote last. */
  lastWords: string
}

const WORKING = ['pending', 'processing'] as const
/** Of the actions so many are taken back by their users. */
const TAKEN_BACK = 0.1
/** After the chaos everything must have come to its end within this. */
const END_LIMIT_MS = 240_000

/** Lets a house work while everything goes wrong, and tells what it promised and did not keep. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const start = performance.now()
  const { engine, seed } = options
  const server = engine === 'PostgreSQL' ? await startPostgresServer({ fsync: false }) : undefined
  const url = async (folder: string) => {
    if (!server) return `file:${folder}/bookwright.db`
    await server.createDatabase('chaos')
    return server.url('chaos')
  }
  const house = await openChaosHouse(url, options.accounts, seed)
  const close = async () => {
    await house.close()
    await server?.close()
  }
  options.opened?.(close)
  try {
    let deeds = 0
    const log = (line: string) => {
      deeds += 1
      options.log(line)
    }
    const wishes = await live(house, server, options, log)
    const facts = await collect(house, wishes)
    const violations = violationsIn(facts)
    return { violations, facts, deeds, seconds: (performance.now() - start) / 1000, lastWords: house.lastWords() }
  } finally {
    await close()
  }
}

type Wish = { id: number; resident: Resident; slot: string; takenBack: string | undefined }

async function live(
  house: ChaosHouse,
  server: PostgresServer | undefined,
  { seed, actions, workers, chaosMs }: ChaosOptions,
  log: (line: string) => void,
): Promise<Wish[]> {
  await house.startBot()
  const running: Child[] = await Promise.all(Array.from({ length: workers }, () => house.startWorker()))
  const deeds: Deeds = {
    startWorker: house.startWorker,
    disturbDatabase: (forMs) =>
      server ? restart(server, forMs) : holdWriteLock(`${house.folder}/bookwright.db`, forMs),
  }
  const wishing = wish(house, actions, chaosMs * 0.8, seededRandom(seed + 1))
  // Looked at when the deeds are done; until then its failure must not end the program.
  wishing.catch(() => undefined)
  await doDeeds(deeds, running, { forMs: chaosMs, random: seededRandom(seed + 2), log })
  const wishes = await wishing
  await allEnded(house)
  return wishes
}

/** People ask for classes, each a different one, spread over `forMs`; some take theirs back. */
async function wish(house: ChaosHouse, count: number, forMs: number, random: () => number): Promise<Wish[]> {
  const date = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 1 }).toString()
  const wishes: Wish[] = []
  for (let n = 0; n < count; n++) {
    const resident = house.residents[Math.floor(random() * house.residents.length)]
    if (!resident) throw new Error('nobody lives here')
    const course = `COURSE ${String(n).padStart(4, '0')}`
    const slot = { date, start: '18:00', end: '18:55', location: 'Giuriati', course, siteId: null }
    const { account, user } = resident
    const wanted = {
      type: 'book',
      userId: user,
      accountId: account.id,
      portal: account.portal,
      slot,
      origin: `wish:${n}`,
      deadline: Temporal.Now.instant().add({ hours: 24 }),
    } as const
    const { id } = await insist(() => enqueueAction(house.db, wanted))
    const one: Wish = { id, resident, slot: slotName(slot), takenBack: undefined }
    wishes.push(one)
    const [takesBack, after] = [random() < TAKEN_BACK, random()]
    if (takesBack) {
      if (after > 0.5) await pause(after * 400)
      one.takenBack = await insist(() => cancelAction(house.db, id, user))
    }
    await pause((forMs / count) * 2 * random())
  }
  return wishes
}

/** Presses again as long as the answer is that the database cannot be reached: a stopped process may hold its lock. */
async function insist<T>(press: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await press()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }
}

/** As a backup program would that reads the file badly, or anyone with `sqlite3` open. */
async function holdWriteLock(file: string, forMs: number): Promise<void> {
  const outside = new Sqlite(file, { timeout: 10_000 })
  try {
    outside.exec('begin immediate')
    await pause(forMs)
    outside.exec('commit')
  } finally {
    outside.close()
  }
}

async function restart(server: PostgresServer, forMs: number): Promise<void> {
  await server.stop()
  await pause(forMs)
  await server.start()
}

/** Waits until no action is open and no notice owed. */
async function allEnded({ db, lastWords }: ChaosHouse): Promise<void> {
  const giveUpAt = performance.now() + END_LIMIT_MS
  for (;;) {
    const open = await db.read
      .selectFrom('booking_actions')
      .select(['id', 'status'])
      .where('status', 'in', WORKING)
      .execute()
    const owed = await db.read.selectFrom('notices').select('id').where('state', '=', 'pending').execute()
    if (open.length + owed.length === 0) return
    if (performance.now() > giveUpAt) {
      console.error(`still open: ${JSON.stringify(open)}; notices owed: ${owed.length}\n${lastWords()}`)
      return
    }
    await pause(250)
  }
}

async function collect(house: ChaosHouse, wishes: readonly Wish[]): Promise<Facts> {
  const rows = await house.db.read.selectFrom('booking_actions').select(['id', 'status', 'account_id']).execute()
  const statusOf = new Map(rows.map(({ id, status }) => [id, status]))
  const usernames = new Map(house.residents.map(({ account, username }) => [account.id, username]))
  const accountOf = new Map(rows.map(({ id, account_id }) => [id, usernames.get(account_id) ?? 'nobody']))
  const attempts = await house.db.read.selectFrom('attempts').selectAll().execute()
  const instant = (stamp: string) => Temporal.Instant.from(stamp).epochMilliseconds
  return {
    actions: wishes.map(({ id, resident, slot, takenBack }) => ({
      id,
      account: resident.username,
      user: resident.user,
      slot,
      takenBack,
      status: statusOf.get(id) ?? 'gone',
    })),
    bookings: house.portal.bookings,
    submits: house.portal.submits,
    attempts: attempts.map((row) => ({
      account: accountOf.get(row.action_id) ?? 'nobody',
      worker: row.worker_id,
      from: instant(row.started_at),
      to: instant(row.ended_at),
    })),
    lostAttempts: attempts.filter(({ outcome }) => outcome === 'lost').length,
    results: await resultsOf(house, wishes),
    telegramViolations: (await house.telegram.violations()).map(({ method, text }) => `${method}: ${text}`),
  }
}

/** Counts the messages that name each class: nothing but its result does. */
async function resultsOf({ residents }: ChaosHouse, wishes: readonly Wish[]): Promise<Map<string, number>> {
  const results = new Map<string, number>()
  for (const { user, chat } of residents) {
    const messages = (await chat.messages()).filter(({ from }) => from === 'bot')
    for (const { resident, slot } of wishes) {
      if (resident.user !== user) continue
      const course = new RegExp(slot.split('|').at(-1) ?? '', 'i')
      results.set(`${user} ${slot}`, messages.filter(({ text }) => course.test(text)).length)
    }
  }
  return results
}
