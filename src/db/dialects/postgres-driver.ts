import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { QueryResult as PgResult, Pool, PoolClient } from 'pg'
import { LAST, NO_RESULT } from '../statement.ts'
import { inPlainWords, isLostConnection } from './postgres-errors.ts'

/** For so long a server that went away is waited for before what was asked fails. */
const PATIENCE_MS = 15_000
const RETRY_EVERY_MS = 100

/** Kysely's driver for a pool that outlives restarts of its server. `server` names it in errors, without a password. */
export class PostgresDriver implements Driver {
  readonly #pool: Pool
  readonly #server: string

  constructor(pool: Pool, server: string) {
    this.#pool = pool
    this.#server = server
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PatientConnection> {
    return new PatientConnection(await this.#connect(), () => this.#connect(), this.#server)
  }

  /** A client that is connected; waits for a server that is just restarting. */
  async #connect(): Promise<PoolClient> {
    const giveUpAt = performance.now() + PATIENCE_MS
    for (;;) {
      try {
        return await this.#pool.connect()
      } catch (error) {
        if (!isLostConnection(error) || performance.now() > giveUpAt) throw inPlainWords(error, this.#server)
        await pause(RETRY_EVERY_MS)
      }
    }
  }

  async beginTransaction(connection: PatientConnection): Promise<void> {
    connection.begin()
  }

  async commitTransaction(connection: PatientConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: PatientConnection): Promise<void> {
    await connection.rollback()
  }

  async releaseConnection(connection: PatientConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }
}

type QueryAnswer = PgResult<Record<string, unknown>>

/** One client of the pool. Outside a transaction a read that lost its server is asked again on a new connection. */
class PatientConnection implements DatabaseConnection {
  #client: PoolClient
  readonly #reconnect: () => Promise<PoolClient>
  readonly #server: string
  #inTransaction = false
  #broken = false
  /** What has no result is sent along with the next statement: it costs no round trip of its own. */
  #waiting: { text: string; values: readonly unknown[] }[] = []
  /** The commit, where it was sent right behind the last statement. */
  #commit: Promise<QueryAnswer> | undefined

  constructor(client: PoolClient, reconnect: () => Promise<PoolClient>, server: string) {
    this.#client = client
    this.#reconnect = reconnect
    this.#server = server
  }

  begin(): void {
    this.#inTransaction = true
    this.#commit = undefined
    this.#waiting = [BEGIN]
  }

  async commit(): Promise<void> {
    const nothingDone = this.#waiting.length === 1 && this.#waiting[0] === BEGIN
    this.#inTransaction = false
    if (nothingDone) return
    const { command } = await (this.#commit ?? this.#send('commit', []))
    // PostgreSQL answers so when a statement before it had failed.
    if (command === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async rollback(): Promise<void> {
    const nothingSent = this.#waiting[0] === BEGIN
    this.#inTransaction = false
    this.#waiting = []
    // A commit that was sent behind a failed statement has rolled back.
    if (this.#commit) await this.#commit.catch(() => undefined)
    else if (!nothingSent && !this.#broken) await this.#send('rollback', [])
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#inTransaction) return resultOf(await this.#read(sql, parameters))
    if (this.#commit) throw new Error('the transaction is over')
    if (sql.startsWith(NO_RESULT)) {
      this.#waiting.push({ text: sql, values: parameters })
      return { rows: [] }
    }
    return resultOf(await this.#send(sql, parameters))
  }

  async #read(sql: string, parameters: readonly unknown[]): Promise<QueryAnswer> {
    for (;;) {
      try {
        return await this.#send(sql, parameters)
      } catch (error) {
        if (!isLostConnection(error)) throw inPlainWords(error, this.#server)
        this.release()
        this.#client = await this.#reconnect()
        this.#broken = false
      }
    }
  }

  /** Sends what waits and the statement in one go, without waiting for the answers in between. */
  async #send(text: string, values: readonly unknown[]): Promise<QueryAnswer> {
    const { stream } = this.#client.connection
    stream.cork()
    const along = this.#waiting.map((waiting) => this.#query(waiting.text, waiting.values))
    this.#waiting = []
    const sent = this.#query(text, values)
    if (this.#inTransaction && text.startsWith(LAST)) {
      this.#commit = this.#query('commit', [])
      // Its failure is the transaction's, and is looked at there.
      this.#commit.catch(() => undefined)
    }
    stream.uncork()
    try {
      const [answer] = await Promise.all([sent, ...along])
      return answer
    } catch (error) {
      if (isLostConnection(error)) this.#broken = true
      throw error
    }
  }

  /** A named statement is planned once a connection. */
  #query(text: string, values: readonly unknown[]): Promise<QueryAnswer> {
    return this.#client.query({ text, values: [...values], name: nameOf(text) })
  }

  // biome-ignore lint/correctness/useYield: nothing here streams, and Kysely asks for the method
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported')
  }

  release(): void {
    this.#client.release(this.#broken)
  }
}

function resultOf<R>({ rows, rowCount }: QueryAnswer): QueryResult<R> {
  return { rows: rows as R[], ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) }
}

const BEGIN = { text: 'begin', values: [] }
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}
