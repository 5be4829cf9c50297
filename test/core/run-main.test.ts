import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { hasCode, messageOf } from '../../src/core/errors.ts'

const from = (file: string) => JSON.stringify(new URL(`../../src/core/${file}`, import.meta.url).href)
const HEADER = `
  import { UserError } from ${from('errors.ts')}
  import { keepSecret } from ${from('log.ts')}
  import { runMain, stopOnSignals } from ${from('run-main.ts')}
`
const node = (program: string) => ['--input-type=module', '-e', HEADER + program]
const run = (program: string) => spawnSync(process.execPath, node(program), { encoding: 'utf8' })

describe('running a program', () => {
  it('ends well when its main ends', () => {
    const { status, stdout, stderr } = run(`await runMain(async () => console.log('done'))`)

    assert.deepEqual([status, stdout, stderr], [0, 'done\n', ''])
  })

  it('tells a person what they can put right, without a stack', () => {
    const { status, stderr } = run(`await runMain(async () => { throw new UserError('Put the key back.') })`)

    assert.deepEqual([status, stderr], [1, 'bookwright: Put the key back.\n'])
  })

  it('tells anything else with its stack', () => {
    const { status, stderr } = run(`await runMain(async () => { throw new TypeError('a bug') })`)

    assert.equal(status, 1)
    assert.match(stderr, /^bookwright: TypeError: a bug\n {4}at /)
  })

  it('never shows a secret, and minds whatever is thrown', () => {
    const { status, stderr } = run(`await runMain(async () => { keepSecret('hunter2'); throw 'no hunter2' })`)

    assert.deepEqual([status, stderr], [1, 'bookwright: no •••\n'])
  })
})

describe('a program that is told to stop', () => {
  const start = async (stop: string) => {
    const program = `setInterval(() => {}, 1e6); ${stop}; console.log('ready')`
    const child = spawn(process.execPath, node(program), { stdio: ['ignore', 'pipe', 'pipe'] })
    await once(child.stdout, 'data')
    return child
  }

  it('stops in order, and ends well', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = await start(`stopOnSignals(async () => console.log('stopping'))`)

      child.kill(signal)

      const [[line], [code]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')])
      assert.deepEqual([String(line), code], ['stopping\n', 0])
    }
  })

  it('stops at once when it is told twice', async () => {
    const child = await start(
      `stopOnSignals(() => { console.log('slowly'); return new Promise(() => {}) }, async () => console.log('at once'))`,
    )

    child.kill('SIGTERM')
    await once(child.stdout, 'data')
    child.kill('SIGTERM')

    const [[line], [code]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')])
    assert.deepEqual([String(line), code], ['at once\n', 0])
  })

  it('says so when it could not stop cleanly', async () => {
    const child = await start(`stopOnSignals(async () => { throw new Error('stuck') })`)

    child.kill('SIGINT')

    const [[line], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')])
    assert.deepEqual([String(line), code], ['bookwright: could not stop cleanly: stuck\n', 1])
  })
})

describe('errors', () => {
  it('have a text, whatever was thrown', () => {
    assert.equal(messageOf(new Error('a')), 'a')
    assert.equal(messageOf('b'), 'b')
    assert.equal(messageOf(undefined), 'undefined')
  })

  it('are told apart by the codes of the system', () => {
    const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' })

    assert.ok(hasCode(missing, 'EACCES', 'ENOENT'))
    assert.ok(!hasCode(missing, 'EACCES'))
    assert.ok(!hasCode({ code: 'ENOENT' }, 'ENOENT'))
  })
})
