import { Agent, request } from 'node:http'
import { Api } from 'grammy'
import { listen, say } from '../helper-side.ts'
import { openRawQueue } from './raw-queue.ts'

/** Milliseconds of the floor of a press, and of the call alone through the library that the bot uses. */
export type FloorOfPress = { commit: number; call: number; both: number; libraryCall: number }

/** Does what a press cannot do without, and nothing else: one durable commit, one call over a kept-open connection. */
const [file = '', apiRoot = ''] = process.argv.slice(2)
const queue = openRawQueue(file)
const agent = new Agent({ keepAlive: true })
const api = new Api('1:floor', { apiRoot })

listen(async () => {
  const start = performance.now()
  queue.insert()
  const committed = performance.now()
  await post(JSON.stringify({ callback_query_id: 'floor', text: 'Queued as #12' }))
  const answered = performance.now()
  await api.answerCallbackQuery('floor', { text: 'Queued as #12' })
  const libraryCall = performance.now() - answered
  queue.clear()
  say({
    commit: committed - start,
    call: answered - committed,
    both: answered - start,
    libraryCall,
  } satisfies FloorOfPress)
})
say('ready')

function post(body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const call = request(`${apiRoot}/bot1:floor/answerCallbackQuery`, { agent, method: 'POST', headers }, (response) =>
      response.resume().once('end', resolve).once('error', reject),
    )
    call.once('error', reject)
    call.end(body)
  })
}
