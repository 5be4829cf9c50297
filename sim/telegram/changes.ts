/** Counts the changes of the simulated world, so that others can wait for the next one instead of polling. */
export class Changes {
  revision = 0
  readonly #listeners = new Set<() => void>()

  /** Notes that something changed and tells everyone who listens. */
  note(): number {
    this.revision += 1
    for (const listener of [...this.#listeners]) listener()
    return this.revision
  }

  /** Calls the listener after every change, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves as soon as the revision is higher than the given one, or after the time. */
  after(revision: number, milliseconds: number): Promise<void> {
    if (this.revision > revision) return Promise.resolve()
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(finish, milliseconds)
      const stop = this.listen(finish)
    })
  }
}
