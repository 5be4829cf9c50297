import { randomUUID } from 'node:crypto'
import type { Person } from '../people.ts'

/** A page to pass after the password. */
export type Step = { kind: 'otp' } | { kind: 'expiring' } | { kind: 'notice'; buttons: number }

/** One login on its way through the pages. */
export type Flow = { relay: string; person?: Person; steps: Step[] }

/** Logins under way, each behind a cookie of the login service. */
export class Flows {
  readonly #flows = new Map<string, Flow>()

  start(relay: string): string {
    const id = randomUUID()
    this.#flows.set(id, { relay, steps: [] })
    return id
  }

  find(id: string | undefined): Flow | undefined {
    return id === undefined ? undefined : this.#flows.get(id)
  }

  end(id: string | undefined): void {
    if (id !== undefined) this.#flows.delete(id)
  }
}
