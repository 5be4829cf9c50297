import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startTelegram } from './server.ts'
import { userSchema } from './user-schema.ts'

/** Runs the simulator as a process; one line of JSON on standard output says when it listens, and where. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    'bot-name': { type: 'string' },
    'bot-username': { type: 'string' },
    user: { type: 'string', multiple: true, default: [] },
    hint: { type: 'string' },
    lenient: { type: 'boolean', default: false },
  },
})

const telegram = await startTelegram({
  port: z.coerce.number().int().min(0).max(65_535).parse(values.port),
  users: values.user.map((text) => userSchema.parse(JSON.parse(text))),
  strict: !values.lenient,
  ...(values.token ? { token: values.token } : {}),
  ...(values['bot-name'] ? { botName: values['bot-name'] } : {}),
  ...(values['bot-username'] ? { botUsername: values['bot-username'] } : {}),
  ...(values.hint ? { hint: values.hint } : {}),
})

console.log(JSON.stringify({ ready: true, url: telegram.url, chatUrl: telegram.chatUrl }))

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void telegram.close())
