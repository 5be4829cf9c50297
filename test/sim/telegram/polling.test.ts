import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ADA, BRUNO, memberOf, type TestTelegram, testTelegram } from './support.ts'

async function poll(telegram: TestTelegram, params: Record<string, unknown> = {}) {
  const { result } = await telegram.call('getUpdates', params)
  assert.ok(Array.isArray(result))
  return result.map((update) => ({
    id: Number(memberOf(update, 'update_id')),
    kind: Object.keys(update).find((name) => name !== 'update_id'),
    text: memberOf(memberOf(update, 'message'), 'text'),
    update,
  }))
}

/** Resolves when a getUpdates request waits at the server. */
async function waitingPolls(telegram: TestTelegram, count: number): Promise<void> {
  for (;;) {
    const calls = await telegram.control.calls({ method: 'getUpdates' })
    if (calls.length >= count) return
  }
}

describe('getUpdates', () => {
  it('holds the request until an update comes', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()

    const waiting = poll(telegram, { timeout: 50 })
    await waitingPolls(telegram, 1)
    await chat.send('/start')

    const [update] = await waiting
    assert.equal(update?.text, '/start')
    assert.deepEqual(memberOf(memberOf(update?.update, 'message'), 'entities'), [
      { type: 'bot_command', offset: 0, length: 6 },
    ])
  })

  it('answers with nothing when the time is over', async (t) => {
    const telegram = await testTelegram(t)

    assert.deepEqual(await poll(telegram, { timeout: 1 }), [])
  })

  it('repeats updates until an offset confirms them', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    for (const text of ['one', 'two', 'three']) await chat.send(text)

    const first = await poll(telegram)
    const again = await poll(telegram, { limit: 1 })
    const [, second] = first
    const confirmed = await poll(telegram, { offset: second?.id ?? 0 })
    const rest = await poll(telegram)

    assert.deepEqual(
      first.map(({ text }) => text),
      ['one', 'two', 'three'],
    )
    assert.deepEqual(
      again.map(({ text }) => text),
      ['one'],
    )
    assert.deepEqual(
      confirmed.map(({ text }) => text),
      ['two', 'three'],
    )
    assert.deepEqual(
      rest.map(({ text }) => text),
      ['two', 'three'],
    )
    assert.ok(first.every(({ id }) => id > 2_000_001))
  })

  it('keeps only the newest for a negative offset', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    for (const text of ['one', 'two', 'three']) await chat.send(text)

    const newest = await poll(telegram, { offset: -1 })

    assert.deepEqual(
      newest.map(({ text }) => text),
      ['three'],
    )
    assert.equal((await poll(telegram)).length, 1)
  })

  it('ends the older of two waiting requests', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()

    const older = telegram.call('getUpdates', { timeout: 50 })
    await waitingPolls(telegram, 1)
    const newer = poll(telegram, { timeout: 50 })

    const { status, description } = await older
    assert.equal(status, 409)
    assert.equal(
      description,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    )
    await chat.send('still there')
    assert.equal((await newer)[0]?.text, 'still there')
  })

  it('refuses to poll while a webhook is set', async (t) => {
    const telegram = await testTelegram(t)

    const waiting = telegram.call('getUpdates', { timeout: 50 })
    await waitingPolls(telegram, 1)
    await telegram.call('setWebhook', { url: 'https://example.org/hook' })

    assert.equal((await waiting).description, 'Conflict: terminated by setWebhook request')
    assert.match((await telegram.call('getUpdates')).description ?? '', /^Conflict: can't use getUpdates method while/)
    assert.equal((await telegram.call('deleteWebhook')).ok, true)
    assert.deepEqual(await poll(telegram), [])
  })

  it('forgets presses after 150 seconds, messages after a day', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    const pressed = chat.pressData('old')
    await chat.waitForPress('old')

    const before = await poll(telegram)
    await telegram.control.advanceClock({ seconds: 150 })
    const after = await poll(telegram)
    await telegram.control.advanceClock({ hours: 24 })

    assert.equal(await pressed, undefined)
    assert.deepEqual(
      before.map(({ kind }) => kind),
      ['message', 'callback_query'],
    )
    assert.deepEqual(
      after.map(({ kind }) => kind),
      ['message'],
    )
    assert.deepEqual(await poll(telegram), [])
  })

  it('filters updates at the time they arise', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await poll(telegram, { allowed_updates: ['callback_query'] })
    await chat.send('lost')
    await poll(telegram, { allowed_updates: [] })
    await chat.send('kept')

    assert.deepEqual(
      (await poll(telegram)).map(({ text }) => text),
      ['kept'],
    )
  })

  it('tells that a user blocked and unblocked the bot', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat(BRUNO)
    await chat.send('/start')
    await chat.block()
    await chat.unblock()

    const [, blocked, unblocked] = await poll(telegram)

    assert.equal(blocked?.kind, 'my_chat_member')
    const states = [blocked, unblocked].map((one) =>
      memberOf(memberOf(memberOf(one?.update, 'my_chat_member'), 'new_chat_member'), 'status'),
    )
    assert.deepEqual(states, ['kicked', 'member'])
  })

  it('reports edits of the user with the id and date of the message', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    const id = await chat.send('helo')
    await chat.edit(id, 'hello')
    await chat.edit(id, 'hello')

    const [, edit, nothing] = await poll(telegram)

    assert.equal(edit?.kind, 'edited_message')
    assert.equal(memberOf(memberOf(edit?.update, 'edited_message'), 'message_id'), id)
    assert.equal(nothing, undefined)
    assert.equal(memberOf(memberOf(memberOf(edit?.update, 'edited_message'), 'from'), 'id'), ADA.id)
  })

  it('can deliver an update twice', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('once')
    const [first] = await poll(telegram)

    await telegram.control.repeatUpdate()
    const again = await poll(telegram, { offset: (first?.id ?? 0) + 1 })

    assert.deepEqual(
      again.map(({ id }) => id),
      [first?.id],
    )
  })

  it('has one that came twice pending until more is asked for', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('once')
    const [first] = await poll(telegram)
    const offset = (first?.id ?? 0) + 1
    await poll(telegram, { offset, timeout: 0 })
    await telegram.control.repeatUpdate()
    const pending = () =>
      chat.idle({ timeoutMs: 1 }).then(
        () => false,
        () => true,
      )

    assert.equal(await pending(), true)
    await poll(telegram, { offset })
    assert.equal(await pending(), true)
    await poll(telegram, { offset, timeout: 0 })

    assert.equal(await pending(), false)
  })
})
