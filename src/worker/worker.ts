import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import { type Claim, type Claimer, claimNextAction } from '../db/actions/claim.ts'
import { tidyQueue } from '../db/actions/tidy.ts'
import { releaseAction } from '../db/actions/work.ts'
import type { Database } from '../db/database.ts'
import type { ActionType } from '../db/schema.ts'
import { beatWorker, removeWorker } from '../db/workers.ts'
import type { PortalOperator } from '../portals/contract.ts'
import { getOperator } from '../portals/operators.ts'
import { getPortal, portals } from '../portals/registry.ts'
import { type AttemptDeps, runAttempt } from './attempt.ts'
import { type BrowserKeeper, keepBrowser } from './browser.ts'
import { keepContexts } from './contexts.ts'
import { startHousekeeping } from './housekeeping.ts'
import { keepLease, type LeaseKeeper, Stopping } from './lease-keeper.ts'
import { type ShotTiming, shotTools } from './shot/tools.ts'

/** Besides being woken, a worker looks by itself this often: a lost wake-up costs no more. */
const LOOK_EVERY_MS = 1_000
const BEAT_EVERY_MS = 10_000
/** A stopping worker lets what it has begun go on for this long, then hands it back. */
const GRACE_MS = 15_000

export type WorkerOptions = {
  db: Database
  vault: Vault
  log: Logger
  config: Pick<Config, 'browser' | 'dataDir' | 'keep' | 'portals' | 'shots' | 'worker'>
  /** Only actions of these types; all when left out. */
  types?: readonly ActionType[]
  /** How portals are operated; tests give operators with shorter limits. */
  operatorOf?: (portal: string) => PortalOperator
  /** When what is done before an opening; tests have less time. */
  shotTiming?: ShotTiming
  /** Instead of Chromium; tests of portals without pages need none. */
  browser?: BrowserKeeper
}

export type Worker = {
  id: string
  /** Stops claiming, lets running actions end for a while, hands back the rest. `at once` does not wait. */
  stop(how?: 'at once'): Promise<void>
}

/** Starts a worker: it claims actions and carries them out until it is stopped. Any number may run side by side. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, vault, log, config, types, operatorOf = getOperator } = options
  const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const browser = options.browser ?? keepBrowser(config.browser, log)
  const contexts = keepContexts({ db, vault, browser, log })
  const evidenceFolder = join(config.dataDir, 'evidence')
  let wake = Promise.withResolvers<void>()
  const look = () => wake.resolve()
  const deps: AttemptDeps = {
    db,
    vault,
    contexts,
    log,
    evidenceFolder,
    portalUrls: config.portals,
    getOperator: operatorOf,
    getPortal,
    shots: shotTools(db.clock, config.shots, options.shotTiming),
    look,
  }
  const limits = new Map(portals.map((portal) => [portal.id, portal.politeness.sessions]))
  const claimer: Claimer = { workerId: id, sessionLimits: limits, types }
  const running = new Map<LeaseKeeper, Promise<void>>()
  let stopping = false

  await beatWorker(db, id)
  const stopListening = await db.waker.listen('work', () => {
    for (const keeper of running.keys()) keeper.check()
    look()
  })
  const timers = [
    setInterval(look, LOOK_EVERY_MS),
    setInterval(
      () => void beatWorker(db, id).catch((error) => log.warn({ error: messageOf(error) }, 'no heartbeat')),
      BEAT_EVERY_MS,
    ),
  ]

  async function claimAll(): Promise<void> {
    while (!stopping && countBusy(running) < config.worker.concurrency) {
      const claim = await claimNextAction(db, id, limits, types)
      if (!claim) return
      run(claim)
    }
    if (!stopping) await tidyQueue(db)
  }

  function run(claim: Claim): void {
    const keeper = keepLease(db, claim.lease, log)
    const done = runAttempt(deps, claim, keeper, () => (stopping ? undefined : claimer)).then(async (next) => {
      running.delete(keeper)
      if (!next) look()
      // Asked to stop while the next one was being claimed: it is handed back.
      else if (stopping) await giveBack(next)
      else run(next)
    })
    running.set(keeper, done)
  }

  async function giveBack({ lease }: Claim): Promise<void> {
    await releaseAction(db, lease).catch((error) => log.warn({ error: messageOf(error) }, 'not handed back'))
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      wake = Promise.withResolvers()
      await claimAll().catch((error) => log.error({ error: messageOf(error) }, 'nothing could be claimed'))
      await wake.promise
    }
  }
  const looping = loop()
  const stopHousekeeping = startHousekeeping({ db, log, evidenceFolder, keep: config.keep })
  log.info({ worker: id }, 'worker started')

  return {
    id,
    async stop(how) {
      if (!stopping) log.info({ worker: id, running: running.size }, 'worker stopping')
      stopping = true
      look()
      await looping
      const grace = setTimeout(() => abortAll(running), how === 'at once' ? 0 : GRACE_MS)
      await Promise.all(running.values())
      clearTimeout(grace)
      for (const timer of timers) clearInterval(timer)
      stopListening()
      await stopHousekeeping()
      await contexts.close()
      await removeWorker(db, id)
      log.info({ worker: id }, 'worker stopped')
    },
  }
}

function countBusy(running: ReadonlyMap<LeaseKeeper, Promise<void>>): number {
  return [...running.keys()].filter(({ standsBy }) => !standsBy).length
}

function abortAll(running: ReadonlyMap<LeaseKeeper, Promise<void>>): void {
  for (const keeper of running.keys()) keeper.abort(new Stopping())
}
