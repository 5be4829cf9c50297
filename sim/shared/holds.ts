import { matchesRoute } from './routes.ts'

/** Requests that wait to be released, so that a test can kill whoever sent them at an exact step. */
export class Holds {
  readonly #held = new Set<{ path: string; release: () => void }>()

  hold(path: string): Promise<void> {
    return new Promise((resolve) => {
      const held = {
        path,
        release: () => {
          this.#held.delete(held)
          resolve()
        },
      }
      this.#held.add(held)
    })
  }

  /** Lets go what is held now, on all routes or one. Returns how many. */
  release(route = '*'): number {
    const released = [...this.#held].filter(({ path }) => matchesRoute(route, path))
    for (const { release } of released) release()
    return released.length
  }

  paths(): string[] {
    return [...this.#held].map(({ path }) => path)
  }
}
