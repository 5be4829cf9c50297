import { EventEmitter } from 'node:events'
import type { BrowserContext } from 'playwright'
import type { Contexts } from '../../src/worker/contexts.ts'

/** Contexts of a worker that needs no browser: they can be followed and closed, and that is all. */
export function contextsWithoutBrowser(): Contexts {
  const open = new Map<number, EventEmitter>()
  const drop = async ({ id }: { id: number }) => {
    open.get(id)?.emit('close')
    open.delete(id)
  }
  return {
    async open({ id }) {
      const context = Object.assign(new EventEmitter(), { pages: () => [] })
      open.set(id, context)
      return context as unknown as BrowserContext
    },
    release: async (account, spoiled) => (spoiled ? await drop(account) : undefined),
    drop,
    close: async () => open.clear(),
  }
}
