import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type PolimisportOptions, startPolimisport } from './server.ts'
import { italian } from './texts.ts'
import { alternative } from './texts-alternative.ts'

const personSchema = z.strictObject({
  username: z.string().regex(/^\d{8}$/),
  password: z.string().min(1),
  name: z.string().optional(),
  otpauth: z.string().optional(),
  secret: z.string().optional(),
})

/** The options of a run from the command line. */
function readOptions(args: string[]): PolimisportOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      'sso-port': { type: 'string', default: '0' },
      person: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      texts: { type: 'string', default: 'italian' },
      waitlist: { type: 'boolean', default: false },
    },
  })
  return {
    port: Number(values.port),
    ssoPort: Number(values['sso-port']),
    seed: Number(values.seed),
    texts: values.texts === 'alternative' ? alternative : italian,
    waitlist: values.waitlist,
    ...(values.person && { people: values.person.map((person) => personSchema.parse(JSON.parse(person))) }),
  }
}

const sim = await startPolimisport(readOptions(process.argv.slice(2)))
const { baseUrl, ssoBaseUrl, controlUrl } = sim
console.log(JSON.stringify({ ready: true, baseUrl, ssoBaseUrl, controlUrl }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sim.close())
