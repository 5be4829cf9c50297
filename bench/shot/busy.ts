import { spawn } from 'node:child_process'
import type { Place } from '../place.ts'

/** Keeps one core busy until it is stopped. */
export function keepCoreBusy(place: Place): () => void {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
  const stop = () => void child.kill('SIGKILL')
  place.onClose(stop)
  return stop
}
