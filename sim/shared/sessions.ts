import { randomBytes } from 'node:crypto'

/** Tickets behind cookies: an unknown one is worth nothing, so a forged cookie is a missing cookie. */
export class Sessions {
  readonly #sessions = new Map<string, { username: string; seen: Temporal.Instant }>()
  readonly #life: Temporal.Duration

  /** A session ends when it was not used for this long by the site's clock. */
  constructor(life: Temporal.Duration) {
    this.#life = life
  }

  open(username: string, now: Temporal.Instant): string {
    const token = randomBytes(32).toString('hex').toUpperCase()
    this.#sessions.set(token, { username, seen: now })
    return token
  }

  /** Whose session it is; using it keeps it alive. */
  find(token: string | undefined, now: Temporal.Instant): string | undefined {
    const session = token === undefined ? undefined : this.#sessions.get(token)
    if (!session) return undefined
    if (Temporal.Instant.compare(session.seen.add(this.#life), now) < 0) return undefined
    session.seen = now
    return session.username
  }

  close(token: string | undefined): void {
    if (token !== undefined) this.#sessions.delete(token)
  }

  /** Ends all sessions, or one person's. */
  closeAll(username?: string): void {
    for (const [token, session] of this.#sessions) {
      if (username === undefined || session.username === username) this.#sessions.delete(token)
    }
  }

  get count(): number {
    return this.#sessions.size
  }
}
