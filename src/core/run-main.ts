import { messageOf, UserError } from './errors.ts'
import { maskSecrets } from './log.ts'

/** Runs a program: what a person can put right is told in plain words, anything else with its stack; then exit code 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    const text = error instanceof UserError ? error.message : error instanceof Error ? error.stack : messageOf(error)
    console.error(maskSecrets(`bookwright: ${text}`))
    process.exit(1)
  }
}

/** Calls `stop` on the first SIGINT or SIGTERM and `stopAtOnce` on a second one, then exits. */
export function stopOnSignals(stop: () => Promise<void>, stopAtOnce: () => Promise<void> = stop): void {
  let signals = 0
  const onSignal = () => {
    signals += 1
    const stopping = signals === 1 ? stop() : stopAtOnce()
    stopping.then(
      () => process.exit(0),
      (error) => {
        console.error(maskSecrets(`bookwright: could not stop cleanly: ${messageOf(error)}`))
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
