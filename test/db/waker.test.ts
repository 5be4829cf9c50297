import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openSocketWaker } from '../../src/db/dialects/socket-waker.ts'
import type { Waker } from '../../src/db/waker.ts'

let folder = ''
let file = ''
const wakers: Waker[] = []
const children: ChildProcessByStdio<Writable, Readable, null>[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-wake-'))
  file = join(folder, 'bookwright.db')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(wakers.splice(0).map((waker) => waker.close()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(path = file): Promise<Waker> {
  const waker = await openSocketWaker(path)
  wakers.push(waker)
  return waker
}

/** A listener whose wake-ups can be awaited one after another. */
function bell() {
  let rung = Promise.withResolvers<void>()
  return {
    count: 0,
    ring() {
      this.count += 1
      rung.resolve()
    },
    async rings() {
      await rung.promise
      rung = Promise.withResolvers()
    },
  }
}

const WAKER = JSON.stringify(new URL('../../src/db/dialects/socket-waker.ts', import.meta.url).href)

/** Another process with a waker of the same database; runs one line of program when told to. */
async function otherProcess(program: string) {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { openSocketWaker } from ${WAKER}; const waker = await openSocketWaker(process.argv[1]); ${program}`,
      file,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  children.push(child)
  const [ready] = await once(child.stdout, 'data')
  assert.equal(String(ready), 'ready\n')
  return child
}
const LISTEN = `await waker.listen('work', () => console.log('woken')); console.log('ready'); setInterval(() => {}, 1e6)`
const POKE = `console.log('ready'); process.stdin.on('data', () => waker.poke('work'))`

describe('the waker', () => {
  it('wakes who listens, in this process and to this topic alone', async () => {
    const [waker, other] = [await open(), await open()]
    const work = bell()
    const news = bell()
    await waker.listen('work', () => work.ring())
    await other.listen('news', () => news.ring())

    waker.poke('work')
    await work.rings()
    other.poke('work')
    await work.rings()

    assert.deepEqual([work.count, news.count], [2, 0])
  })

  it('wakes another process', async () => {
    const child = await otherProcess(LISTEN)
    const waker = await open()

    waker.poke('work')

    const [line] = await once(child.stdout, 'data')
    assert.equal(String(line), 'woken\n')
  })

  it('is woken by another process, again and again', async () => {
    const waker = await open()
    const work = bell()
    await waker.listen('work', () => work.ring())
    const child = await otherProcess(POKE)

    for (let n = 0; n < 5; n++) {
      child.stdin.write('poke\n')
      await work.rings()
    }

    assert.equal(work.count, 5)
  })

  it('wakes nobody who has stopped listening', async () => {
    const [waker, other] = [await open(), await open()]
    const stopped = bell()
    const going = bell()
    const stop = await waker.listen('work', () => stopped.ring())
    await waker.listen('work', () => going.ring())
    other.poke('work')
    await Promise.all([stopped.rings(), going.rings()])

    stop()
    other.poke('work')
    await going.rings()
    other.poke('work')
    await going.rings()

    assert.equal(stopped.count, 1)
    assert.equal(readdirSync(join(folder, 'wake')).length, 1)
  })

  it('leaves no socket behind when it is closed', async () => {
    const waker = await openSocketWaker(file)
    await waker.listen('work', () => undefined)
    await waker.listen('news', () => undefined)
    assert.equal(readdirSync(join(folder, 'wake')).length, 2)

    await waker.close()

    assert.deepEqual(readdirSync(join(folder, 'wake')), [])
  })

  it('clears away the socket of a process that was killed, and wakes the others', async () => {
    const child = await otherProcess(LISTEN)
    const [dead] = readdirSync(join(folder, 'wake'))
    assert.ok(dead)
    child.kill('SIGKILL')
    await once(child, 'exit')
    utimesSync(join(folder, 'wake', dead), new Date(0), new Date(0))
    const waker = await open()
    const work = bell()
    await waker.listen('work', () => work.ring())

    for (let tries = 0; readdirSync(join(folder, 'wake')).includes(dead) && tries < 1_000; tries++) {
      waker.poke('work')
      await work.rings()
    }

    assert.ok(!readdirSync(join(folder, 'wake')).includes(dead))
  })

  it('lets a new socket be, though nobody listens at it yet', async () => {
    const child = await otherProcess(LISTEN)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const before = readdirSync(join(folder, 'wake'))
    const waker = await open()
    const work = bell()
    await waker.listen('work', () => work.ring())

    for (let n = 0; n < 20; n++) {
      waker.poke('work')
      await work.rings()
    }

    assert.ok(before.every((name) => readdirSync(join(folder, 'wake')).includes(name)))
  })

  it('does not mind what else lies in its folder, nor that it is gone', async () => {
    const waker = await open()
    writeFileSync(join(folder, 'wake', 'work-1-x.sock'), '')
    mkdirSync(join(folder, 'wake', 'work-2-y.sock'))
    const work = bell()
    await waker.listen('work', () => work.ring())

    waker.poke('work')
    await work.rings()
    rmSync(join(folder, 'wake'), { recursive: true })
    waker.poke('work')
    waker.poke('news')

    assert.equal(await (await open()).listen('work', () => undefined).then((stop) => typeof stop), 'function')
  })

  it('works for a database at a path too long for a socket', async () => {
    for (const deep of [join(folder, 'd'.repeat(120)), join(folder, 'è'.repeat(45))]) {
      const path = join(deep, 'bookwright.db')
      const [waker, other] = [await open(path), await open(path)]
      const work = bell()
      const stop = await waker.listen('work', () => work.ring())

      other.poke('work')
      await work.rings()

      assert.equal(work.count, 1)
      stop()
      const elsewhere = `bookwright-${userInfo().uid}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
      rmdirSync(join('/tmp', elsewhere))
    }
  })

  it('wakes a process that stood still once it goes on', async () => {
    const child = await otherProcess(LISTEN)
    const waker = await open()
    waker.poke('work')
    await once(child.stdout, 'data')
    child.kill('SIGSTOP')

    for (let n = 0; n < 1_000; n++) {
      waker.poke('work')
      await new Promise(setImmediate)
    }
    child.kill('SIGCONT')

    const [line] = await once(child.stdout, 'data')
    assert.match(String(line), /woken/)
  })
})
