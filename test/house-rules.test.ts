import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, it } from 'node:test'

/** A source file: its path from the project's folder, with `/`, and its text. */
type Source = { path: string; text: string }
/** Something a file loads: a path from the project's folder, or a package. Types alone load nothing. */
type Import = { from: string; to: string; typeOnly: boolean }

/** Rooms of `src` that only the worker, and who checks on it, may load: how portals are operated. */
const OPERATING = /^src\/portals\/(operators\.ts|[^/]+\/(?!facts\.ts$))/
const PROCESSES = ['bot', 'worker', 'periodic', 'web']

type Rule = { says: string; of: RegExp; forbids: RegExp; except?: RegExp; typesToo: boolean }

/** The rules of the house (docs: the house), one a line: whose imports, and what they may not lead to. */
const RULES: Rule[] = [
  ...PROCESSES.map((name) => ({
    says: `${name} meets the other processes in src/db only`,
    of: new RegExp(`^src/${name}/`),
    forbids: new RegExp(`^src/(${PROCESSES.filter((other) => other !== name).join('|')})/`),
    typesToo: true,
  })),
  {
    says: 'core stands on nothing of src but itself',
    of: /^src\/core\//,
    forbids: /^src\//,
    except: /^src\/core\//,
    typesToo: true,
  },
  {
    says: 'planner imports only types and core',
    of: /^src\/planner\//,
    forbids: /./,
    except: /^src\/(planner|core)\//,
    typesToo: false,
  },
  {
    says: 'db imports no process',
    of: /^src\/(db|portals|planner)\//,
    forbids: /^src\/(bot|worker|periodic|web|scripts)\//,
    typesToo: true,
  },
  { says: 'src knows neither sim nor test', of: /^src\//, forbids: /^(sim|test|bench)\//, typesToo: true },
]

/** What these may not load even through others: Playwright, and how a portal is operated. */
const PURE = /^src\/(bot|periodic|web|planner|db|core)\//
const OPERATION = (to: string) => to === 'playwright' || to.startsWith('playwright/') || OPERATING.test(to)

/** Calls that have no place in src, each with what stands in for it. */
const CALLS: [what: string, pattern: RegExp][] = [
  ['new Date( (Temporal)', /\bnew Date\(/],
  ['Date.now( (a clock)', /\bDate\.now\(/],
  ['waitForTimeout (wait for a condition)', /\bwaitForTimeout\b/],
  ['networkidle (wait for a condition)', /\bnetworkidle\b/],
  ['force: true on a click (wait until it can be clicked)', /\b(click|tap|check|hover|fill)\([^)]*force: true/],
]

function importsOf({ path, text }: Source): Import[] {
  const found: Import[] = []
  const add = (to: string, typeOnly: boolean) => {
    const target = to.startsWith('.') ? relative('.', resolve(dirname(path), to)) : to
    found.push({ from: path, to: target, typeOnly })
  }
  const code = withoutComments(text)
  for (const [, clause = '', to = ''] of code.matchAll(
    /^\s*(?:import|export)\s+([^'";]*?)\s*from\s*['"]([^'"]+)['"]/gm,
  )) {
    const names = /^\{(.*)\}$/s
      .exec(clause)?.[1]
      ?.split(',')
      .map((name) => name.trim())
    const allTypes = names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false
    add(to, clause.startsWith('type ') || allTypes)
  }
  for (const [, to = ''] of code.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)) add(to, false)
  for (const [, to = ''] of code.matchAll(/\b(?:import|require|resolve)\(\s*['"]([^'"]+)['"]/g)) add(to, false)
  return found
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Every breach of the rules in these sources, as `file: what it may not`. */
function breaches(sources: Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]))
  return sources.flatMap((source) => [
    ...RULES.flatMap((rule) =>
      (imports.get(source.path) ?? [])
        .filter(({ from, to, typeOnly }) => {
          if (typeOnly && !rule.typesToo) return false
          return rule.of.test(from) && rule.forbids.test(to) && !rule.except?.test(to)
        })
        .map(({ from, to }) => `${from}: ${rule.says}, not ${to}`),
    ),
    ...(PURE.test(source.path) ? operationIn(source.path, imports) : []),
    ...(source.path.startsWith('src/') ? callsIn(source) : []),
  ])
}

/** The ways by which loading `path` loads how a portal is operated. */
function operationIn(path: string, imports: Map<string, Import[]>, seen = new Set([path])): string[] {
  return (imports.get(path) ?? []).flatMap(({ to, typeOnly }) => {
    if (typeOnly || seen.has(to)) return []
    seen.add(to)
    if (OPERATION(to)) return [`${path}: loads ${to}, by which a portal is operated`]
    return operationIn(to, imports, seen).map((way) => `${path} → ${way}`)
  })
}

function callsIn({ path, text }: Source): string[] {
  const code = withoutComments(text)
  return CALLS.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path}: ${what}`)
}

function sourcesOf(...folders: string[]): Source[] {
  const root = join(import.meta.dirname, '..')
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
}

describe('the rules of the house', () => {
  it('are kept by every file of src', () => {
    const sources = sourcesOf('src')

    assert.ok(sources.length > 50)
    assert.deepEqual(breaches(sources), [])
  })

  it('are applied to every import that there is', () => {
    const sources = sourcesOf('src')
    const paths = new Set(sources.map((source) => source.path))

    const unknown = sources.flatMap(importsOf).filter(({ to }) => to.startsWith('src/') && !paths.has(to))

    assert.deepEqual(unknown, [])
    for (const { path, text } of sources) {
      const froms = withoutComments(text).match(/^(?:import .*|export .*|\}) from '/gm) ?? []
      assert.ok(importsOf({ path, text }).length >= froms.length, path)
    }
  })
})

describe('the checker of the rules', () => {
  const facts = { path: 'src/portals/x/facts.ts', text: '' }
  const operator = { path: 'src/portals/x/operator.ts', text: "import { chromium } from 'playwright'" }
  const CAUGHT: [file: string, text: string][] = [
    ['src/bot/a.ts', "import { run } from '../worker/run.ts'"],
    ['src/bot/a.ts', "import type { Run } from '../worker/run.ts'"],
    ['src/bot/a.ts', "export * from '../periodic/run.ts'"],
    ['src/bot/a.ts', "import {\n  run,\n  type Walk,\n} from '../worker/run.ts'"],
    ['src/bot/a.ts', "const run = await import('../worker/run.ts')"],
    ['src/bot/a.ts', "import { chromium } from 'playwright'"],
    ['src/bot/a.ts', "import 'playwright'"],
    ['src/bot/a.ts', "import { log } from '../portals/x/operator.ts'"],
    ['src/db/a.ts', "import { operators } from '../portals/operators.ts'"],
    ['src/db/a.ts', "import { start } from '../bot/start.ts'"],
    ['src/planner/a.ts', "import { db } from '../db/database.ts'"],
    ['src/planner/a.ts', "import { readFileSync } from 'node:fs'"],
    ['src/core/a.ts', "import type { Tx } from '../db/database.ts'"],
    ['src/worker/a.ts', "import { sim } from '../../sim/x.ts'"],
    ['src/worker/a.ts', "import { OWNER } from '../../test/support/house.ts'"],
    ['src/worker/a.ts', 'const now = Date.now()'],
    ['src/worker/a.ts', 'const now = new Date(0)'],
    ['src/worker/a.ts', 'await page.waitForTimeout(500)'],
    ['src/worker/a.ts', "await page.waitForLoadState('networkidle')"],
    ['src/worker/a.ts', "await page.locator('a').click({ force: true })"],
  ]
  for (const [path, text] of CAUGHT) {
    it(`catches in ${dirname(path)}: ${text.replaceAll(/\s+/g, ' ')}`, () => {
      assert.equal(breaches([{ path, text }, facts, operator]).length, 1)
    })
  }

  it('follows what is loaded through others', () => {
    const bot = { path: 'src/bot/a.ts', text: "import { b } from '../db/b.ts'" }
    const db = { path: 'src/db/b.ts', text: "import { c } from '../portals/x/operator.ts'" }

    const found = breaches([bot, db, operator])

    assert.deepEqual(found, [
      'src/bot/a.ts → src/db/b.ts: loads src/portals/x/operator.ts, by which a portal is operated',
      'src/db/b.ts: loads src/portals/x/operator.ts, by which a portal is operated',
    ])
  })

  const ALLOWED: [file: string, text: string][] = [
    ['src/bot/a.ts', "import { facts } from '../portals/x/facts.ts'"],
    ['src/bot/a.ts', "import type { Context } from 'playwright'"],
    ['src/bot/a.ts', "import { type Context, type Page } from 'playwright'"],
    ['src/bot/a.ts', "// import { run } from '../worker/run.ts'"],
    ['src/planner/a.ts', "import type { Row } from '../db/schema.ts'"],
    ['src/planner/a.ts', "import { fold } from '../core/fold.ts'"],
    ['src/worker/a.ts', "import { chromium } from 'playwright'"],
    ['src/worker/a.ts', 'rmSync(path, { recursive: true, force: true })'],
    ['src/worker/a.ts', '/** Never `new Date()`. */'],
    ['sim/a.ts', "import { facts } from '../src/portals/x/facts.ts'"],
  ]
  for (const [path, text] of ALLOWED) {
    it(`allows in ${dirname(path)}: ${text}`, () => {
      assert.deepEqual(breaches([{ path, text }, facts, operator]), [])
    })
  }
})
