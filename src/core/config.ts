import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { hasCode, messageOf, UserError } from './errors.ts'

const telegramId = z.number().int().positive()
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))

const shotsSchema = z.strictObject({
  /** A booking at its opening is to reach the portal so many milliseconds after it; less than 0 is early by choice. */
  marginMs: z.number().min(-1_000).max(10_000).default(3),
  /** At these milliseconds after the opening "not open yet" is asked again. */
  retryMs: z
    .array(z.number().min(0).max(15_000))
    .max(50)
    .default([0, 20, 60, 150, 300, 500, 800, 1_300, 2_000, 3_000, 5_000]),
  /** Requests that book, at most, for one account and slot (dossier delft-x, 6). */
  maxRequests: z.number().int().min(1).max(12).default(12),
})

/** How a booking is fired at its opening, where the configuration says nothing else. */
export const SHOT_DEFAULTS = shotsSchema.parse({})

const configSchema = z.strictObject({
  telegram: z.strictObject({
    botToken: z.string().regex(/^[1-9]\d*:[\w-]{3,}$/, 'a bot token as BotFather gives it, such as 123456:ABC-DEF'),
    /** The Telegram user id of whoever runs this; without it, who opens the link of `./bookwright setup`. */
    ownerId: telegramId.optional(),
    apiRoot: url.default('https://api.telegram.org'),
  }),
  dataDir: z.string().min(1).default('data'),
  database: z
    .strictObject({ url: z.string().regex(/^(file:.|postgres(ql)?:\/\/)/, '"file:" and a path, or a postgres:// URL') })
    .default({ url: 'file:data/bookwright.db' }),
  vault: z.strictObject({ keyFile: z.string().min(1).optional() }).default({}),
  /** By portal, its addresses where they are not the real ones; src/portals/settings.ts knows which there are. */
  portals: z.record(z.string(), z.record(z.string(), url)).default({}),
  accounts: z
    .array(
      z.strictObject({
        portal: z.string().min(1),
        owner: telegramId,
        name: z.string().min(1).max(30).optional(),
        username: z.string().min(1),
        password: z.string().min(1),
        otpauth: z.string().min(1).optional(),
      }),
    )
    .default([]),
  browser: z
    .strictObject({
      executablePath: z.string().min(1).optional(),
      headless: z.boolean().default(true),
    })
    .default({ headless: true }),
  worker: z
    .strictObject({
      /** How many actions one worker carries out at once; each of another account. */
      concurrency: z.number().int().min(1).max(20).default(2),
    })
    .default({ concurrency: 2 }),
  shots: shotsSchema.prefault({}),
  limits: z
    .strictObject({
      /** What one person can ask for within an hour. */
      actionsPerHour: z.number().int().min(1).max(10_000).default(60),
    })
    .default({ actionsPerHour: 60 }),
  keep: z
    .strictObject({
      /** For how many days what is over stays in the database. */
      days: z.number().int().min(1).max(3650).default(90),
      /** For how many days the evidence of failures stays on the worker's disk. */
      evidenceDays: z.number().int().min(1).max(3650).default(14),
    })
    .default({ days: 90, evidenceDays: 14 }),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .default({ level: 'info' }),
})

type ParsedConfig = z.infer<typeof configSchema>

/** The configuration, with every path absolute. */
export type Config = ParsedConfig & { path: string; vault: { keyFile: string } }

/** Keys whose values are never shown. */
const SECRET_KEYS = ['botToken', 'password', 'otpauth', 'url']

/** Where the configuration is: `BOOKWRIGHT_CONFIG`, else `config.json` in the project's folder. */
export function configPath(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['BOOKWRIGHT_CONFIG'] || join(import.meta.dirname, '../../config.json'))
}

/** Reads the configuration file. Throws one `UserError` that names every wrong key, what it is and what it should be. */
export function readConfig(path: string, env: NodeJS.ProcessEnv = process.env): Config {
  return parseConfig(readJson(path), path, env)
}

/** Checks a configuration already read; `path` is where it came from: relative paths in it start from that folder. */
export function parseConfig(json: unknown, path: string, env: NodeJS.ProcessEnv): Config {
  const folder = dirname(path)
  const problems: string[] = []
  const resolved = resolveReferences(json, [], { folder, env, problems })
  const parsed = configSchema.safeParse(resolved)
  if (!parsed.success) {
    const known = new Set(problems.map((problem) => problem.split(':')[0]))
    for (const issue of parsed.error.issues) {
      const line = describe(issue, resolved)
      if (!known.has(line.split(':')[0])) problems.push(line)
    }
  }
  if (problems.length > 0 || !parsed.success)
    throw new UserError(`${path} has to be corrected:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  return withAbsolutePaths(parsed.data, path)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new UserError(`There is no configuration at ${path}. Make one with: ./bookwright setup`)
    // A parser's message quotes the text around the fault, which may be a password: only the place is told.
    const place = /line \d+ column \d+/.exec(messageOf(error))?.[0]
    const what =
      error instanceof SyntaxError ? `not valid JSON${place ? ` (${place})` : ''}` : `unreadable (${messageOf(error)})`
    throw new UserError(`The configuration ${path} is ${what}. Correct it, or compare with config.example.json.`)
  }
}

type Resolving = { folder: string; env: NodeJS.ProcessEnv; problems: string[] }

/** Replaces `{"env": "NAME"}` and `{"file": "path"}` by the text they point at. */
function resolveReferences(value: unknown, path: (string | number)[], at: Resolving): unknown {
  // No key lies that deep: whatever this is, the schema refuses it without looking inside.
  if (path.length > 10) return value
  if (Array.isArray(value)) return value.map((item, index) => resolveReferences(item, [...path, index], at))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only && (only[0] === 'env' || only[0] === 'file') && typeof only[1] === 'string')
    return only[0] === 'env' ? fromEnv(only[1], path, at) : fromFile(only[1], path, at)
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveReferences(item, [...path, key], at)]))
}

function fromEnv(name: string, path: (string | number)[], { env, problems }: Resolving): string | undefined {
  const value = env[name]
  if (value === undefined) problems.push(`${path.join('.')}: the environment variable ${name} is not set`)
  return value
}

function fromFile(file: string, path: (string | number)[], { folder, problems }: Resolving): string | undefined {
  try {
    return readFileSync(resolve(folder, file), 'utf8').trim()
  } catch (error) {
    problems.push(`${path.join('.')}: the file ${file} cannot be read (${messageOf(error)})`)
    return undefined
  }
}

function describe(issue: z.core.$ZodIssue, root: unknown): string {
  const key = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => `${[...issue.path, name].join('.')}: there is no such key`).join('\n  ')
  return `${key || 'the file'}: expected ${expectationOf(issue)}, found ${foundAt(issue.path, root)}`
}

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'object'
        ? 'a group { … }'
        : issue.expected === 'array'
          ? 'a list [ … ]'
          : `a ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_format':
      return issue.format === 'url' ? 'an http(s):// URL' : issue.message
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    default:
      return issue.message
  }
}

function foundAt(path: readonly PropertyKey[], root: unknown): string {
  let value = root
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  if (value === undefined) return 'nothing'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : value === null ? 'null' : 'a group'
  if (SECRET_KEYS.includes(String(path.at(-1)))) return `a ${typeof value} of ${String(value).length} characters`
  return JSON.stringify(value)
}

function withAbsolutePaths(config: ParsedConfig, path: string): Config {
  const folder = dirname(path)
  const from = (file: string) => (isAbsolute(file) ? file : join(folder, file))
  const dataDir = from(config.dataDir)
  const { url } = config.database
  return {
    ...config,
    path,
    dataDir,
    database: { url: url.startsWith('file:') ? `file:${from(url.replace(/^file:(\/\/(?=\/))?/, ''))}` : url },
    vault: { keyFile: config.vault.keyFile ? from(config.vault.keyFile) : join(dataDir, 'vault.key') },
  }
}
