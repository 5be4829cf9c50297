import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ADA, testTelegram } from './support.ts'

const message = { chat_id: ADA.id, text: 'hello' }

it('fails the next calls of a method as ordered', async (t) => {
  const telegram = await testTelegram(t)
  await (await telegram.chat()).send('/start')
  await telegram.control.fail('sendMessage', { with: 429, retryAfter: 7 })
  await telegram.control.fail('sendMessage', { with: 500, times: 2 })

  const answers = []
  for (let index = 0; index < 4; index += 1) answers.push(await telegram.call('sendMessage', message))

  assert.deepEqual(
    answers.map(({ status }) => status),
    [429, 500, 500, 200],
  )
  assert.equal(answers[0]?.description, 'Too Many Requests: retry after 7')
  assert.deepEqual(answers[0]?.parameters, { retry_after: 7 })
})

it('can lose a call before it is carried out, or only its answer', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')

  await telegram.control.fail('sendMessage', { with: 'drop-before' })
  await assert.rejects(telegram.call('sendMessage', message))
  const before = (await chat.messages()).length
  await telegram.control.fail('sendMessage', { with: 'drop-after' })
  await assert.rejects(telegram.call('sendMessage', message))

  assert.equal(before, 1)
  assert.equal((await chat.last())?.text, 'hello')
})

it('can leave a call without an answer', async (t) => {
  const telegram = await testTelegram(t)
  await telegram.control.fail('*', { with: 'hang' })

  const impatient = fetch(`${telegram.url}/bot${telegram.token}/getMe`, { signal: AbortSignal.timeout(100) })

  await assert.rejects(impatient, { name: 'TimeoutError' })
  assert.equal((await telegram.call('getMe')).status, 200)
})

it('limits the flood by its own clock', async (t) => {
  const telegram = await testTelegram(t, { clock: () => Temporal.Instant.from('2026-11-21T12:00:00Z') })
  await (await telegram.chat()).send('/start')
  await telegram.control.limitFlood(true)
  const send = async () => (await telegram.call('sendMessage', message)).status

  const burst = [await send(), await send(), await send(), await send()]
  await telegram.control.advanceClock({ seconds: 1 })
  const later = [await send(), await send()]

  assert.deepEqual(burst, [200, 200, 200, 429])
  assert.deepEqual(later, [200, 429])
})
