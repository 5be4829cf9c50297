import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'

const root = join(import.meta.dirname, '..')
/** Programs the launcher itself needs, without Node and npm. */
const TOOLS = ['sh', 'dirname', 'readlink', 'cat', 'cksum', 'uname', 'mkdir', 'rm', 'sleep', 'grep', 'kill', 'env']

describe('./bookwright', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bookwright-launcher-'))
  })
  after(() => {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true, force: true })
  })
  const launch = (launcher: string, args: string[], env: NodeJS.ProcessEnv = process.env) => {
    const { status, stdout, stderr } = spawnSync(launcher, args, { encoding: 'utf8', cwd: '/', env })
    return { status, stdout, stderr }
  }
  /** A clone without anything installed, and a PATH with an npm that does as `npm` says. */
  const freshClone = (npm: string | undefined) => {
    const clone = mkdtempSync(join(folder, 'clone-'))
    for (const file of ['bookwright', 'package.json', 'package-lock.json']) cpSync(join(root, file), join(clone, file))
    const bin = join(clone, 'bin')
    mkdirSync(bin)
    for (const tool of TOOLS) {
      const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
      if (found.startsWith('/')) writeFileSync(join(bin, tool), `#!/bin/sh\nexec ${found} "$@"\n`, { mode: 0o755 })
    }
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec ${process.execPath} "$@"\n`, { mode: 0o755 })
    if (npm !== undefined) writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 })
    return { launcher: join(clone, 'bookwright'), env: { PATH: bin, HOME: clone } }
  }

  it('shows its commands when asked, and when a command is unknown', () => {
    const help = launch(join(root, 'bookwright'), ['help'])
    const none = launch(join(root, 'bookwright'), [])
    const unknown = launch(join(root, 'bookwright'), ['dmeo'])

    assert.equal(help.status, 0)
    assert.equal(none.stdout, help.stdout)
    assert.equal(unknown.status, 2)
    assert.match(unknown.stderr, /there is no command 'dmeo'/)
    for (const command of [
      'demo',
      'setup',
      'doctor',
      'start',
      'stop',
      'logs',
      'bot',
      'worker',
      'backup',
      'restore',
      'migrate-to',
    ])
      assert.match(unknown.stderr, new RegExp(`^ {2}${command} `, 'm'))
  })

  it('works from any folder and through a link', () => {
    const link = join(folder, 'link')
    spawnSync('ln', ['-s', join(root, 'bookwright'), link])

    const { status, stderr } = launch(link, ['setup', '--help'])

    assert.equal(status, 0, stderr)
  })

  const troubles: [what: string, npm: string | undefined, sentence: RegExp][] = [
    ['there is no npm', undefined, /npm is missing/],
    ['there is no network', 'echo "npm error code ENOTFOUND"; exit 1', /no network/],
    ['the disk is full', 'echo "npm error ENOSPC: no space left on device"; exit 1', /the disk is full/],
    ['the folder cannot be written', 'echo "npm error EROFS: read-only file system"; exit 1', /cannot write to/],
    ['npm fails otherwise', 'echo "npm error something"; exit 1', /packages could not be installed/],
  ]
  for (const [what, npm, sentence] of troubles) {
    it(`says one clear sentence when ${what}`, () => {
      const { launcher, env } = freshClone(npm)

      const { status, stderr } = launch(launcher, ['worker'], env)

      assert.equal(status, 1)
      assert.match(stderr.trim().split('\n').at(-1) ?? '', sentence)
    })
  }

  it('installs again only when the lockfile has changed', () => {
    const { launcher, env } = freshClone('echo install >>"$HOME/npm-calls"; mkdir -p "$HOME/node_modules"; exit 0')
    const script = join(dirname(launcher), 'src/worker/main.ts')
    mkdirSync(dirname(script), { recursive: true })
    writeFileSync(script, 'console.log("ran")\n')

    const first = launch(launcher, ['worker'], env)
    const second = launch(launcher, ['worker'], env)
    writeFileSync(join(dirname(launcher), 'package-lock.json'), '{}\n')
    const third = launch(launcher, ['worker'], env)

    assert.deepEqual([first.stdout, second.stdout, third.stdout], ['ran\n', 'ran\n', 'ran\n'])
    assert.match(first.stderr, /installing the packages/)
    assert.equal(second.stderr, '')
    assert.match(third.stderr, /installing the packages/)
  })
})
