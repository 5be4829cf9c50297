/** Tells the benchmark that started this process something. */
export function say(what: unknown): void {
  process.send?.(what)
}

/** Calls `work` with everything the benchmark says; ends this process, after `end`, when the benchmark lets go of it. */
export function listen(work: (what: unknown) => void | Promise<void>, end: () => Promise<void> = async () => {}): void {
  process.on('message', (what) => void work(what))
  process.once('disconnect', () => void end().finally(() => process.exit()))
}
