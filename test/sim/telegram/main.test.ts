import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { connectChat, connectTelegram } from '../../../sim/telegram/client.ts'
import { ADA } from './support.ts'

const MAIN = fileURLToPath(new URL('../../../sim/telegram/main.ts', import.meta.url))

it('runs as a process of its own until it is told to stop', async (t) => {
  const child = spawn(process.execPath, [MAIN, '--user', JSON.stringify(ADA), '--hint', 'Press Start'])
  t.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  const { ready, url, chatUrl } = JSON.parse(String(line))
  assert.deepEqual([ready, chatUrl], [true, `${url}/`])

  const chat = await connectChat(url, ADA)
  assert.equal((await chat.view()).hint, 'Press Start')
  assert.deepEqual(
    (await connectTelegram(url).users()).map(({ id }) => id),
    [ADA.id],
  )

  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})
