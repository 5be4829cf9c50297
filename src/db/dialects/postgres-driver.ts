import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { inPlainWords, isLostConnection } from './postgres-errors.ts'

/** For so long a server that went away is waited for before what was asked fails. */
const PATIENCE_MS = 15_000
const RETRY_EVERY_MS = 100

/** A statement that begins so is sent together with the next one: it costs no round trip. */
export const WITH_THE_NEXT = '/* with the next */ '

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
    await connection.end('commit')
  }

  async rollbackTransaction(connection: PatientConnection): Promise<void> {
    await connection.end('rollback')
  }

  async releaseConnection(connection: PatientConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }
}

/** One client of the pool. Outside a transaction a read that lost its server is asked again on a new connection. */
class PatientConnection implements DatabaseConnection {
  #client: PoolClient
  readonly #reconnect: () => Promise<PoolClient>
  readonly #server: string
  #inTransaction = false
  #broken = false
  /** Sent along with the next statement. */
  #waiting: string[] = []

  constructor(client: PoolClient, reconnect: () => Promise<PoolClient>, server: string) {
    this.#client = client
    this.#reconnect = reconnect
    this.#server = server
  }

  begin(): void {
    this.#inTransaction = true
    this.#waiting = ['begin']
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const nothingSent = this.#waiting[0] === 'begin'
    this.#inTransaction = false
    this.#waiting = []
    if (nothingSent || (this.#broken && how === 'rollback')) return
    const { command } = await this.#send(how, [])
    if (how === 'commit' && command === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.sql.startsWith(WITH_THE_NEXT)) {
      this.#waiting.push(query.sql.slice(WITH_THE_NEXT.length))
      return { rows: [] }
    }
    for (;;) {
      try {
        const { rows, rowCount } = await this.#send(query.sql, query.parameters)
        return { rows, ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) }
      } catch (error) {
        if (this.#inTransaction || !isLostConnection(error))
          throw this.#inTransaction ? error : inPlainWords(error, this.#server)
        this.release()
        this.#client = await this.#reconnect()
        this.#broken = false
      }
    }
  }

  async #send(text: string, values: readonly unknown[]) {
    // Written to the socket one after the other, without waiting for the answers in between.
    const along = this.#waiting.map((waiting) => this.#client.query(waiting))
    this.#waiting = []
    // A named statement is planned once a connection.
    const sent = this.#client.query({ text, values: [...values], name: nameOf(text) })
    try {
      const [result] = await Promise.all([sent, ...along])
      return result
    } catch (error) {
      if (isLostConnection(error)) this.#broken = true
      throw error
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here streams, and Kysely asks for the method
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported')
  }

  release(): void {
    this.#client.release(this.#broken)
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  names.set(text, name)
  return name
}
