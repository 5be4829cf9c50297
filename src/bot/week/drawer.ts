import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export type Drawer = {
  /** The SVG as a PNG. Rejects when it cannot be drawn. */
  draw(svg: string): Promise<Uint8Array>
}

/** After so long without a picture the thread ends, and its memory is free. */
const IDLE_MS = 60_000

/**
 * Draws in a thread of its own, one picture after the other: a picture takes a tenth of a second, and presses must not
 * wait for it. The thread starts with the first picture and never keeps the process alive.
 */
export function createDrawer(): Drawer {
  let thread: Worker | undefined
  let ending: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  function startThread(): Worker {
    const worker = new Worker(new URL('./drawing-thread.ts', import.meta.url))
    worker.once('exit', () => {
      if (thread === worker) thread = undefined
    })
    return worker
  }

  async function drawNow(svg: string): Promise<Uint8Array> {
    clearTimeout(ending)
    thread ??= startThread()
    const worker = thread
    worker.ref()
    worker.postMessage(svg)
    try {
      return await answerOf(worker)
    } catch (error) {
      // A fault ends the thread: the next picture gets a new one.
      if (thread === worker) thread = undefined
      throw error
    } finally {
      worker.unref()
      ending = setTimeout(() => void worker.terminate(), IDLE_MS).unref()
    }
  }

  return {
    draw(svg) {
      const drawing = last.then(() => drawNow(svg))
      last = drawing.catch(() => undefined)
      return drawing
    },
  }
}

/** The picture; rejects with the thread's error. */
async function answerOf(worker: Worker): Promise<Uint8Array> {
  const settled = new AbortController()
  try {
    const [png] = await Promise.race([
      once(worker, 'message', { signal: settled.signal }),
      once(worker, 'exit', { signal: settled.signal }).then(() => {
        throw new Error('the thread that draws has ended')
      }),
    ])
    if (!(png instanceof Uint8Array)) throw new Error('the thread that draws answered with something else')
    return png
  } finally {
    settled.abort()
  }
}
