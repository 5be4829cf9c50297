import type { Fault } from './faults.ts'
import type { User } from './model.ts'
import type { Violation } from './sim.ts'
import type { Call } from './wire-log.ts'

/** Talks to the control API of a simulator, in this process or another. */
export class ControlClient {
  readonly #url: string

  constructor(url: string) {
    this.#url = new URL(url).origin
  }

  async get<Result>(path: string, query: Record<string, string | number> = {}): Promise<Result> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    return this.#read(await fetch(`${this.#url}/__sim/${path}?${search}`))
  }

  async post<Result>(path: string, body: unknown): Promise<Result> {
    return this.#read(await fetch(`${this.#url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) }))
  }

  async upload<Result>(query: Record<string, string>, bytes: Uint8Array): Promise<Result> {
    const search = new URLSearchParams(query)
    return this.#read(
      await fetch(`${this.#url}/__sim/upload?${search}`, { method: 'POST', body: new Blob([Buffer.from(bytes)]) }),
    )
  }

  async remove(path: string): Promise<void> {
    await this.#read(await fetch(`${this.#url}/__sim/${path}`, { method: 'DELETE' }))
  }

  async download(path: string): Promise<Buffer> {
    const response = await fetch(`${this.#url}${path}`)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }

  async #read<Result>(response: Response): Promise<Result> {
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.url}: ${text}`)
    return JSON.parse(text)
  }
}

/** What happens behind the chats: for looking on, and for breaking things. */
export class TelegramControl {
  readonly #client: ControlClient

  constructor(url: string) {
    this.#client = new ControlClient(url)
  }

  /** The calls the bot made, oldest first. */
  calls(filter: { method?: string } = {}): Promise<Call[]> {
    return this.#client.get('calls', filter)
  }

  /** The requests that departed from the Bot API specification. */
  violations(): Promise<Violation[]> {
    return this.#client.get('violations')
  }

  /** Makes the next calls of a method (`*` for any) fail. */
  async fail(method: string, fault: Omit<Fault, 'method'>): Promise<void> {
    await this.#client.post('faults', { ...fault, method })
  }

  /** Forgets the faults that have not happened yet. */
  clearFaults(): Promise<void> {
    return this.#client.remove('faults')
  }

  /** Switches Telegram's flood limits on or off. */
  async limitFlood(on: boolean): Promise<void> {
    await this.#client.post('flood', { on })
  }

  /** Moves Telegram's clock to an instant, from which it runs on. */
  async setClock(now: Temporal.Instant): Promise<void> {
    await this.#client.post('clock', { now: now.toString() })
  }

  async advanceClock(by: Temporal.DurationLike): Promise<void> {
    await this.#client.post('clock', { advance: Temporal.Duration.from(by).toString() })
  }

  /** Makes every press so far unanswerable: "query is too old". */
  async expireCallbacks(): Promise<void> {
    await this.#client.post('callbacks/expire', {})
  }

  /** Delivers the newest update to the bot once more. */
  async repeatUpdate(): Promise<void> {
    await this.#client.post('updates/repeat', {})
  }

  addUser(user: User): Promise<User> {
    return this.#client.post('users', user)
  }

  users(): Promise<(User & { blocked: boolean; started: boolean })[]> {
    return this.#client.get('users')
  }
}
