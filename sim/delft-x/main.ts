import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type DelftXOptions, startDelftX } from './server.ts'

const personSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string().min(1),
  name: z.string().optional(),
  kind: z.enum(['normal', 'no-supplement', 'no-subscription', 'needs-second-factor']).optional(),
})
const profileSchema = z.enum(['default', 'conflict409', 'waitlist'])

/** The options of a run from the command line. */
function readOptions(args: string[]): DelftXOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      'api-port': { type: 'string', default: '0' },
      'sso-port': { type: 'string', default: '0' },
      person: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      'travel-ms': { type: 'string', default: '0' },
      profile: { type: 'string', default: 'default' },
    },
  })
  return {
    port: Number(values.port),
    apiPort: Number(values['api-port']),
    ssoPort: Number(values['sso-port']),
    seed: Number(values.seed),
    travelMs: Number(values['travel-ms']),
    profile: profileSchema.parse(values.profile),
    ...(values.person && { people: values.person.map((person) => personSchema.parse(JSON.parse(person))) }),
  }
}

const sim = await startDelftX(readOptions(process.argv.slice(2)))
const { baseUrl, apiUrl, ssoUrl, controlUrl } = sim
console.log(JSON.stringify({ ready: true, baseUrl, apiUrl, ssoUrl, controlUrl }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sim.close())
