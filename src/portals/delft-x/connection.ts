import { Client, type Dispatcher } from 'undici'

/** A request, ready to be written. `headers` alternate names and values. */
export type Outgoing = { method: 'GET' | 'POST' | 'DELETE'; path: string; headers: string[]; body: Buffer | null }

/** An answer as it came. Times are milliseconds of `performance.now()`. */
export type Incoming = {
  status: number
  text: string
  /** The `Date` header, and `Retry-After`, as they are. */
  date: string | undefined
  retryAfter: string | undefined
  /** When it was written. */
  sentAt: number
  /** When the answer began to arrive. */
  answeredAt: number
}

/** The server's own word on how long it keeps a connection goes before this. */
const KEEP_MS = 60_000

/**
 * Kept connections to one server. One request after the other goes over the same connection; only while that one still
 * waits for an answer does a second one open, so that a slow answer holds up nothing. (A `Pool` of undici's would open
 * it too for a request that follows an answer at once, and a shot must not begin with a new connection.)
 */
export class Connection {
  readonly #lines: readonly [Client, Client]
  readonly #prefix: string
  /** Whether the first line waits for an answer. */
  #waiting = false

  constructor(url: string, requestMs: number) {
    const { origin, pathname } = new URL(url)
    this.#prefix = pathname.replace(/\/+$/, '')
    const open = () =>
      new Client(origin, {
        ...{ pipelining: 1, allowH2: false, connectTimeout: requestMs, headersTimeout: requestMs },
        ...{ bodyTimeout: requestMs, keepAliveTimeout: KEEP_MS, keepAliveMaxTimeout: KEEP_MS },
      })
    this.#lines = [open(), open()]
  }

  /**
   * Sends the request once, whatever becomes of it: nothing is awaited before undici has it, which writes it after
   * one turn of the event loop (it looks first whether a kept connection was closed).
   */
  send({ method, path, headers, body }: Outgoing): Promise<Incoming> {
    const { promise, resolve, reject } = Promise.withResolvers<Incoming>()
    const [first, second] = this.#lines
    const line = this.#waiting ? second : first
    const done = () => {
      if (line === first) this.#waiting = false
    }
    this.#waiting = true
    line.dispatch({ method, path: `${this.#prefix}${path}`, headers, body }, new Collector(resolve, reject, done))
    return promise
  }

  /** Cuts whatever is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => (line.destroyed ? undefined : line.destroy())))
  }
}

/** Puts an answer together. */
class Collector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Incoming) => void
  readonly #reject: (error: Error) => void
  readonly #done: () => void
  readonly #chunks: Buffer[] = []
  #sentAt = 0
  #head: Omit<Incoming, 'text'> | undefined

  constructor(resolve: (answer: Incoming) => void, reject: (error: Error) => void, done: () => void) {
    this.#resolve = resolve
    this.#reject = reject
    this.#done = done
  }

  /** Right before the bytes are written, on a connection that stands. */
  onRequestStart(): void {
    this.#sentAt = performance.now()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Interim answers (1xx) are not the answer.
    if (status < 200) return
    const answeredAt = performance.now()
    const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
    const date = one(headers['date'])
    this.#head = { status, date, retryAfter: one(headers['retry-after']), sentAt: this.#sentAt, answeredAt }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#done()
    if (this.#head) this.#resolve({ ...this.#head, text: Buffer.concat(this.#chunks).toString('utf8') })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#done()
    this.#reject(error)
  }
}
