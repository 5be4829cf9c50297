import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { configPath, parseConfig, readConfig } from '../../src/core/config.ts'
import { UserError } from '../../src/core/errors.ts'

type Json = Record<string, unknown>

const TOKEN = '123456:ABC-secret-token'
const account = { portal: 'polimisport', owner: 42, username: 'ada', password: 'pa55word', otpauth: 'NB2W45DFOIZA' }
const small: Json = { telegram: { botToken: TOKEN, ownerId: 42 } }
const full: Json = {
  telegram: { botToken: TOKEN, ownerId: 5_000_000_001, apiRoot: 'http://127.0.0.1:8081/' },
  dataDir: 'here',
  database: { url: 'file:here/b.db' },
  vault: { keyFile: '/keys/vault.key' },
  portals: { polimisport: { baseUrl: 'http://127.0.0.1:1/', ssoBaseUrl: 'http://127.0.0.1:2' } },
  accounts: [{ ...account, name: 'Mine' }],
  browser: { executablePath: '/usr/bin/chromium', headless: false },
  keep: { days: 30, evidenceDays: 7 },
  worker: { concurrency: 4 },
  shots: { marginMs: -5, retryMs: [10, 100], maxRequests: 3 },
  limits: { actionsPerHour: 20 },
  log: { level: 'debug' },
}

const parse = (json: unknown, env: NodeJS.ProcessEnv = {}) => parseConfig(json, '/etc/bookwright/config.json', env)

/** The lines of the error that this configuration gives, without the first. */
function problemsOf(json: unknown, env: NodeJS.ProcessEnv = {}): string[] {
  try {
    parse(json, env)
  } catch (error) {
    assert.ok(error instanceof UserError)
    const [first, ...lines] = error.message.split('\n')
    assert.equal(first, '/etc/bookwright/config.json has to be corrected:')
    return lines.map((line) => line.trim())
  }
  return []
}

/** A copy of `json` in which the value at `path` is another one, or is gone. */
function changed(json: Json, path: string, value: unknown): Json {
  const copy: Json = structuredClone(json)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at: unknown = copy
  for (const key of keys) at = Reflect.get(Object(at), key)
  if (value === undefined) Reflect.deleteProperty(Object(at), last)
  else Reflect.set(Object(at), last, value)
  return copy
}

describe('a right configuration', () => {
  it('needs no more than token and owner', () => {
    const config = parse(small)

    assert.equal(config.telegram.apiRoot, 'https://api.telegram.org')
    assert.equal(config.dataDir, '/etc/bookwright/data')
    assert.equal(config.database.url, 'file:/etc/bookwright/data/bookwright.db')
    assert.equal(config.vault.keyFile, '/etc/bookwright/data/vault.key')
    assert.deepEqual(config.portals, {})
    assert.deepEqual(config.accounts, [])
    assert.equal(config.browser.headless, true)
    assert.equal(config.worker.concurrency, 2)
    assert.equal(config.log.level, 'info')
  })

  it('keeps every key that is given', () => {
    const config = parse(full)

    assert.deepEqual(config, {
      ...full,
      path: '/etc/bookwright/config.json',
      telegram: { botToken: TOKEN, ownerId: 5_000_000_001, apiRoot: 'http://127.0.0.1:8081' },
      dataDir: '/etc/bookwright/here',
      database: { url: 'file:/etc/bookwright/here/b.db' },
      portals: { polimisport: { baseUrl: 'http://127.0.0.1:1', ssoBaseUrl: 'http://127.0.0.1:2' } },
    })
  })

  it('needs no owner: whoever opens the link of setup becomes it', () => {
    assert.equal(parse({ telegram: { botToken: TOKEN } }).telegram.ownerId, undefined)
  })

  it('takes absolute paths and other databases as they are', () => {
    const config = parse({ ...small, dataDir: '/data', database: { url: 'postgres://me@host/bw' } })

    assert.equal(config.dataDir, '/data')
    assert.equal(config.vault.keyFile, '/data/vault.key')
    assert.equal(config.database.url, 'postgres://me@host/bw')
    assert.equal(parse({ ...small, database: { url: 'file:///abs/b.db' } }).database.url, 'file:/abs/b.db')
  })
})

describe('a wrong configuration', () => {
  const WRONG: [path: string, value: unknown, problem: string][] = [
    ['telegram', undefined, 'telegram: expected a group { … }, found nothing'],
    ['telegram', [], 'telegram: expected a group { … }, found a list'],
    ['telegram.botToken', undefined, 'telegram.botToken: expected a string, found nothing'],
    ['telegram.botToken', 7, 'telegram.botToken: expected a string, found a number of 1 characters'],
    [
      'telegram.botToken',
      'nonsense',
      'telegram.botToken: expected a bot token as BotFather gives it, such as 123456:ABC-DEF, found a string of 8 characters',
    ],
    ['telegram.ownerId', null, 'telegram.ownerId: expected a number, found null'],
    ['telegram.ownerId', '42', 'telegram.ownerId: expected a number, found "42"'],
    ['telegram.apiRoot', 'localhost', 'telegram.apiRoot: expected an http(s):// URL, found "localhost"'],
    ['dataDir', null, 'dataDir: expected a string, found null'],
    ['dataDir', '', 'dataDir: expected at least 1 character, found ""'],
    ['database', 'file:x', 'database: expected a group { … }, found "file:x"'],
    [
      'database.url',
      'mysql://me:pa55word@host',
      'database.url: expected "file:" and a path, or a postgres:// URL, found a string of 24 characters',
    ],
    ['vault.keyFile', 1, 'vault.keyFile: expected a string, found 1'],
    [
      'portals.polimisport.baseUrl',
      'ftp://x',
      'portals.polimisport.baseUrl: expected an http(s):// URL, found "ftp://x"',
    ],
    ['portals.polimisport.ssoBaseUrl', 0, 'portals.polimisport.ssoBaseUrl: expected a string, found 0'],
    ['accounts', {}, 'accounts: expected a list [ … ], found a group'],
    ['accounts.0.portal', 7, 'accounts.0.portal: expected a string, found 7'],
    ['accounts.0.owner', '@ada', 'accounts.0.owner: expected a number, found "@ada"'],
    ['accounts.0.name', 'n'.repeat(31), `accounts.0.name: expected at most 30 characters, found "${'n'.repeat(31)}"`],
    ['accounts.0.username', undefined, 'accounts.0.username: expected a string, found nothing'],
    ['accounts.0.password', 55, 'accounts.0.password: expected a string, found a number of 2 characters'],
    ['accounts.0.otpauth', '', 'accounts.0.otpauth: expected at least 1 character, found a string of 0 characters'],
    ['browser.headless', 'yes', 'browser.headless: expected a boolean, found "yes"'],
    ['browser.executablePath', false, 'browser.executablePath: expected a string, found false'],
    ['worker.concurrency', 0, 'worker.concurrency: expected at least 1, found 0'],
    ['worker.concurrency', 21, 'worker.concurrency: expected at most 20, found 21'],
    ['log.level', 'loud', 'log.level: expected one of "debug", "info", "warn", "error", "silent", found "loud"'],
    ['telegram.token', 'x', 'telegram.token: there is no such key'],
    ['accounts.0.passwrod', 'pa55word', 'accounts.0.passwrod: there is no such key'],
    ['colour', 'red', 'colour: there is no such key'],
  ]
  for (const [path, value, problem] of WRONG) {
    it(`says of ${path} = ${JSON.stringify(value)}: ${problem.split(': ')[1]}`, () => {
      assert.deepEqual(problemsOf(changed(full, path, value)), [problem])
    })
  }

  it('is told everything at once', () => {
    const problems = problemsOf({ telegram: { botToken: 'x', ownerId: -1 }, one: 1, two: 2, log: { level: 1 } })

    assert.deepEqual(
      problems.map((line) => line.split(':')[0]),
      ['telegram.botToken', 'telegram.ownerId', 'log.level', 'one', 'two'],
    )
  })

  it('never shows a secret', () => {
    const secrets = ['pa55word', TOKEN, 'NB2W45DFOIZA']
    const wrongs = [
      { ...full, telegram: { botToken: `${TOKEN} `, ownerId: 'x' } },
      { ...full, accounts: [{ ...account, password: ['pa55word'], otpauth: { secret: 'NB2W45DFOIZA' } }] },
      { ...full, accounts: [{ ...account, owner: 'x', pasword: 'pa55word' }], database: { url: 'my://u:pa55word@h' } },
    ]

    for (const wrong of wrongs) {
      const text = problemsOf(wrong).join('\n')
      assert.notEqual(text, '')
      for (const secret of secrets) assert.ok(!text.includes(secret), text)
    }
  })

  it('may be any JSON: the answer is a configuration or a UserError', () => {
    const keys = fc.constantFrom('telegram', 'botToken', 'accounts', 'database', 'url', 'env', 'file', '__proto__', 'x')
    const json = fc.anything({ key: fc.oneof(keys, fc.string()), withBigInt: false, maxDepth: 4 })

    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), json), (anything) => {
        const value: unknown = JSON.parse(JSON.stringify(anything) ?? 'null')
        for (const whole of [value, { ...full, telegram: value }, { ...full, accounts: value }]) {
          try {
            parse(whole)
          } catch (error) {
            assert.ok(error instanceof UserError, String(error))
          }
        }
      }),
    )
  })
})

describe('references in a configuration', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bookwright-config-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('stand for what is in the environment, or in a file beside it', () => {
    writeFileSync(join(folder, 'token.txt'), `${TOKEN}\n`)
    const json = {
      telegram: { botToken: { file: 'token.txt' }, ownerId: 42 },
      accounts: [{ ...account, password: { env: 'ADA_PASSWORD' } }],
    }

    const config = parseConfig(json, join(folder, 'config.json'), { ADA_PASSWORD: ' with spaces ' })

    assert.equal(config.telegram.botToken, TOKEN)
    assert.equal(config.accounts[0]?.password, ' with spaces ')
  })

  it('are named when they lead nowhere, each once', () => {
    const json = {
      telegram: { botToken: { env: 'NO_TOKEN' }, ownerId: 42 },
      accounts: [{ ...account, otpauth: { file: 'no-such-file' }, password: { env: 'NO_PASSWORD' } }],
    }

    const problems = problemsOf(json)

    assert.equal(problems.length, 3)
    assert.equal(problems[0], 'telegram.botToken: the environment variable NO_TOKEN is not set')
    assert.match(problems.join('\n'), /accounts\.0\.otpauth: the file no-such-file cannot be read \(ENOENT/)
    assert.match(problems.join('\n'), /accounts\.0\.password: the environment variable NO_PASSWORD is not set/)
  })

  it('are checked like any value', () => {
    const json = { telegram: { botToken: { env: 'TOKEN' }, ownerId: 42 }, log: { level: { env: 'LEVEL' } } }

    assert.deepEqual(
      problemsOf(json, { TOKEN: 'sesame', LEVEL: 'loud' }).map((line) => line.replace(/expected .*, found/, 'found')),
      ['telegram.botToken: found a string of 6 characters', 'log.level: found "loud"'],
    )
  })
})

describe('the configuration file', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bookwright-config-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const written = (text: string) => {
    const path = join(folder, 'config.json')
    writeFileSync(path, text)
    return path
  }

  it('is where BOOKWRIGHT_CONFIG says, else beside the program', () => {
    assert.equal(configPath({ BOOKWRIGHT_CONFIG: '/etc/bw.json' }), '/etc/bw.json')
    assert.match(configPath({}), /\/config\.json$/)
    assert.equal(configPath({ BOOKWRIGHT_CONFIG: '' }), configPath({}))
  })

  it('is read, and its paths start from its own folder', () => {
    const config = readConfig(written(JSON.stringify(small)), {})

    assert.equal(config.dataDir, join(folder, 'data'))
    assert.equal(config.path, join(folder, 'config.json'))
  })

  it('says how to make it when it is missing', () => {
    assert.throws(() => readConfig(join(folder, 'none.json')), /There is no configuration at .*\.\/bookwright setup/)
  })

  it('says so when it cannot be read', () => {
    assert.throws(
      () => readConfig(folder),
      (error) => error instanceof UserError && /is unreadable \(EISDIR/.test(error.message),
    )
  })

  it('tells where it is not JSON, without quoting it', () => {
    const path = written('{\n  "password": "pa55word"\n  "x": 1\n}')

    assert.throws(
      () => readConfig(path),
      (error) =>
        error instanceof UserError && /not valid JSON \(line 3/.test(error.message) && !/pa55/.test(error.message),
    )
  })

  it('may be as long and deep as anybody likes', () => {
    const path = written('['.repeat(20_000) + ']'.repeat(20_000))

    assert.throws(() => readConfig(path), UserError)
  })
})
