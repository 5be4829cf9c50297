/** What a working queue tells of each job. */
export type Hooks = {
  /** A job was claimed. */
  started(key: string): void
  /** A job was ended, durably; false: no more are to be claimed. */
  ended(): boolean
  /** What should not happen, such as a database that stayed locked; work goes on. */
  failed(error: unknown): void
}

/** A queue that takes part in the comparison, each on a database of its own: the raw floor, ours, or a peer. */
export type OpenQueue = {
  /** Adds one job by itself, as durable as it gets; resolves with its key when it is committed and waiting workers are woken. */
  enqueue(): Promise<string>
  /** Leaves exactly so many jobs, all due; `told`: of a user who is told of the end, where the queue knows of such. */
  fill(count: number, told: boolean): Promise<void>
  /** Begins to claim and end jobs one by one, and waits for more by its own means. Resolves with how to stop. */
  work(hooks: Hooks): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** `target` is a file for SQLite and the address of a database for PostgreSQL. */
export type Contender = (target: string) => Promise<OpenQueue>

/** Each is loaded only by the processes that need it. */
const CONTENDERS = {
  'raw-sqlite': async () => (await import('./raw-sqlite.ts')).rawSqlite('FULL'),
  'raw-sqlite-normal': async () => (await import('./raw-sqlite.ts')).rawSqlite('NORMAL'),
  'ours-sqlite': async () => (await import('./ours.ts')).oursSqlite('FULL'),
  'ours-sqlite-normal': async () => (await import('./ours.ts')).oursSqlite('NORMAL'),
  liteque: async () => (await import('./liteque.ts')).liteque,
  plainjob: async () => (await import('./plainjob.ts')).plainjob,
  'raw-plainjob': async () => (await import('./raw-plainjob.ts')).rawPlainjob,
  'raw-postgres': async () => (await import('./raw-postgres.ts')).rawPostgres('silent'),
  'raw-postgres-notify': async () => (await import('./raw-postgres.ts')).rawPostgres('notify'),
  'ours-postgres': async () => (await import('./ours.ts')).oursPostgres,
  'graphile-worker': async () => (await import('./graphile-worker.ts')).graphileWorker,
  'pg-boss': async () => (await import('./pg-boss.ts')).pgBossPolling,
  'pg-boss-notify': async () => (await import('./pg-boss.ts')).pgBossNotified,
  'pg-boss-fetch': async () => (await import('./pg-boss.ts')).pgBossFetching,
} satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof CONTENDERS

export async function openContender(name: ContenderName, target: string): Promise<OpenQueue> {
  const contender = await CONTENDERS[name]()
  return await contender(target)
}
