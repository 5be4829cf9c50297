import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright'
import { connectPolimisport } from '../../sim/polimisport/client.ts'
import type { PolimisportControl } from '../../sim/polimisport/control/contract.ts'
import { launchTestBrowser } from '../support/browser.ts'

const root = join(import.meta.dirname, '../..')

describe('./bookwright demo', () => {
  let demo: ReturnType<typeof spawn>
  let chatUrl = ''
  let site: PolimisportControl
  let browser: Browser
  const foldersBefore = demoFolders()

  before(async () => {
    demo = spawn(process.execPath, [join(root, 'sim/demo.ts')], { stdio: ['ignore', 'pipe', 'inherit'], cwd: tmpdir() })
    assert.ok(demo.stdout)
    for await (const line of createInterface({ input: demo.stdout })) {
      chatUrl = /^Chat: {2}(http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line)?.[1] ?? chatUrl
      const siteUrl = /^Site: {2}(\S+)\//.exec(line)?.[1]
      if (siteUrl) site = connectPolimisport(siteUrl)
      if (line.startsWith('Open the chat')) break
    }
    browser = await launchTestBrowser()
  })
  after(async () => {
    await browser?.close()
    demo.kill('SIGKILL')
  })

  it('lets a new user book a class on the chat page, and cancel it', { timeout: 90_000 }, async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    await page.goto(`${chatUrl}#user=1001`)
    const press = (name: RegExp) => page.getByRole('button', { name }).last().click()

    await press(/^Start$/)
    await press(/New booking/)
    await press(/Polimisport/)
    await press(/Tomorrow/)
    await press(/🟢/)
    await press(/Book it/)
    await seen(page, /✅ Booked/)

    assert.equal((await site.state()).bookings.length, 1)
    await press(/Cancel it/)
    await press(/Yes/)
    await seen(page, /✅ Cancelled/)
    assert.equal((await site.state()).bookings.length, 0)
  })

  it('ends with Ctrl-C and leaves no process and no folder behind', async () => {
    const children = childrenOf(demo.pid)
    assert.ok(children.length >= 4, `${children.length} processes`)

    demo.kill('SIGINT')
    const code = await new Promise((resolve) => demo.once('exit', resolve))

    assert.equal(code, 0)
    assert.deepEqual(stillRunning(children), [])
    assert.deepEqual(demoFolders(), foldersBefore)
  })
})

async function seen(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).last().waitFor({ timeout: 30_000 })
}

function demoFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('bookwright-demo-'))
}

/** The processes started by `pid`, and theirs. */
function childrenOf(pid: number | undefined): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = listed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, its]) => (its === parent ? [child, ...below(child)] : []))
  return pid === undefined ? [] : below(pid)
}

/** Which of these still run a moment later; one that has ended but was not yet collected by its parent does not. */
function stillRunning(pids: number[]): number[] {
  const limit = performance.now() + 5_000
  for (;;) {
    const listed = execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' })
    const running = pids.filter((pid) => new RegExp(`^\\s*${pid}\\s+[^Z]`, 'm').test(listed))
    if (running.length === 0 || performance.now() > limit) return running
  }
}
