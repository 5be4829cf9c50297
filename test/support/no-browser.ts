import { EventEmitter } from 'node:events'
import type { BrowserContext } from 'playwright'
import type { BrowserKeeper } from '../../src/worker/browser.ts'

/** For workers whose portal has no pages: contexts that can be followed, saved and closed, and that is all. */
export function noBrowser(): BrowserKeeper {
  return {
    async newContext() {
      const storageState = async () => ({ cookies: [], origins: [] })
      return Object.assign(new EventEmitter(), { pages: () => [], storageState }) as unknown as BrowserContext
    },
    async closeContext(context) {
      ;(context as unknown as EventEmitter).emit('close')
    },
    close: async () => {},
  }
}
