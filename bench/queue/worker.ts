import { messageOf } from '../../src/core/errors.ts'
import { listen, say } from '../helper-side.ts'
import { nowMs } from '../instant.ts'
import { type ContenderName, openContender } from './contender.ts'

/** What a worker is told: work until this instant of the machine's clock at most; how much is done; end and tell. */
export type Order = { go: number } | 'count' | 'stop'

/** What it has done since `go`: when each job was claimed, the first and the last instant of its work, and what went wrong. */
export type Work = { ended: number; from: number; to: number; starts: [key: string, at: number][]; errors: string[] }

const [name, target = ''] = process.argv.slice(2)
const queue = await openContender(name as ContenderName, target)
let work: Work = nothingDone()
let stop = async () => {}
let goingUntil = 0

const hooks = {
  started(key: string): void {
    const at = nowMs()
    if (work.starts.length === 0) work.from = at
    work.starts.push([key, at])
  },
  ended(): boolean {
    work.ended += 1
    work.to = nowMs()
    return work.to < goingUntil
  },
  failed: (error: unknown) => void work.errors.push(messageOf(error)),
}

listen(async (what) => {
  const order = what as Order
  if (order === 'count') say(work.ended)
  else if (order === 'stop') {
    await stop()
    say(work)
  } else {
    work = nothingDone()
    goingUntil = order.go
    stop = await queue.work(hooks)
    say('going')
  }
})
say('ready')

function nothingDone(): Work {
  return { ended: 0, from: 0, to: 0, starts: [], errors: [] }
}
