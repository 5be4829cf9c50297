import { randomUUID } from 'node:crypto'

/** What travels between the two origins during a login: where to go back to, and who came back. Each is good once. */
export class Handover {
  readonly #returnUrls = new Map<string, string>()
  readonly #tickets = new Map<string, string>()

  /** Leaving the portal. */
  leave(returnUrl: string): string {
    const relay = randomUUID()
    this.#returnUrls.set(relay, returnUrl)
    return relay
  }

  /** The login service vouches for somebody. */
  vouch(username: string): string {
    const ticket = randomUUID()
    this.#tickets.set(ticket, username)
    return ticket
  }

  /** Back at the portal. */
  arrive(ticket: string, relay: string): { username: string; returnUrl: string } | undefined {
    const username = this.#tickets.get(ticket)
    const returnUrl = this.#returnUrls.get(relay)
    this.#tickets.delete(ticket)
    this.#returnUrls.delete(relay)
    return username === undefined ? undefined : { username, returnUrl: returnUrl ?? '/sportpolimi/' }
  }
}
