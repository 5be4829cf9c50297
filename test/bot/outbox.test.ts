import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Bot, HttpError } from 'grammy'
import { connectChat, connectTelegram } from '../../sim/telegram/client.ts'
import { startTelegram } from '../../sim/telegram/server.ts'
import { prepareApi } from '../../src/bot/api.ts'
import type { BotContext } from '../../src/bot/feature.ts'
import { createOutbox, type FileView } from '../../src/bot/outbox.ts'
import type { View } from '../../src/bot/view.ts'
import { createLog } from '../../src/core/log.ts'
import { ANNA, BRUNO } from './support.ts'

/** An outbox on a local Telegram in which Anna and Bruno have written once. */
async function openOutbox() {
  const telegram = await startTelegram()
  const bot = new Bot<BotContext>(telegram.token, { client: { apiRoot: telegram.url } })
  prepareApi(bot)
  const blocked: number[] = []
  const outbox = createOutbox({
    api: bot.api,
    log: createLog('test', 'silent'),
    onBlocked: async (chatId) => void blocked.push(chatId),
    firstPauseMs: 1,
  })
  const anna = await connectChat(telegram.url, ANNA)
  const bruno = await connectChat(telegram.url, BRUNO)
  await anna.send('hello')
  await bruno.send('hello')
  return {
    outbox,
    blocked,
    api: bot.api,
    anna,
    bruno,
    telegram,
    control: connectTelegram(telegram.url),
    async [Symbol.asyncDispose]() {
      outbox.stop()
      await telegram.close()
    },
  }
}

const view = (text: string): View => ({ text, buttons: [] })

describe('the outbox', () => {
  it('keeps the order of a chat while it waits', async () => {
    await using open = await openOutbox()
    await open.control.fail('sendMessage', { with: 429, retryAfter: 1 })

    for (const text of ['one', 'two', 'three']) void open.outbox.send(ANNA.id, view(text))
    await open.outbox.send(BRUNO.id, view('for Bruno'))
    const before = (await open.anna.messages()).length
    await open.outbox.idle()

    assert.equal(before, 1, 'Bruno did not wait for Anna')
    const texts = (await open.anna.messages()).filter(({ from }) => from === 'bot').map(({ text }) => text)
    assert.deepEqual(texts, ['one', 'two', 'three'])
  })

  it('carries out only the newest of the edits that wait', async () => {
    await using open = await openOutbox()
    const sent = await open.outbox.send(ANNA.id, view('0'))
    assert.ok(sent.outcome === 'delivered')

    const edits = [1, 2, 3, 4, 5].map((n) => open.outbox.edit(ANNA.id, sent.messageId, view(String(n))))
    const kept = open.outbox.edit(ANNA.id, sent.messageId, view('kept'), { kept: true })
    const after = open.outbox.edit(ANNA.id, sent.messageId, view('6'))
    const outcomes = await Promise.all([...edits, kept, after])

    assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome)), new Set(['delivered']))
    const texts = (await open.control.calls({ method: 'editMessageText' })).map(({ params }) => params['text'])
    assert.deepEqual(texts, ['1', '6', 'kept'])
  })

  it('takes a message that is the same for delivered', async () => {
    await using open = await openOutbox()
    const sent = await open.outbox.send(ANNA.id, view('same'))
    assert.ok(sent.outcome === 'delivered')

    assert.deepEqual(await open.outbox.edit(ANNA.id, sent.messageId, view('same')), sent)
  })

  for (const fault of [500, 502, 'drop-before', 'drop-after'] as const)
    it(`repeats an edit, but no message, after ${fault}`, async () => {
      await using open = await openOutbox()
      const sent = await open.outbox.send(ANNA.id, view('first'))
      assert.ok(sent.outcome === 'delivered')

      await open.control.fail('editMessageText', { with: fault })
      const edited = await open.outbox.edit(ANNA.id, sent.messageId, view('second'))
      await open.control.fail('sendMessage', { with: fault })
      const lost = await open.outbox.send(ANNA.id, view('third'))

      assert.equal(edited.outcome, 'delivered')
      assert.equal(lost.outcome, 'unclear')
      assert.equal((await open.control.calls({ method: 'sendMessage' })).length, 2)
      await open.anna.see('second')
    })

  it('puts another file into the place of one, again where the answer is lost', async () => {
    await using open = await openOutbox()
    const file = (text: string) => async (): Promise<FileView> => {
      return { kind: 'document', name: `${text}.txt`, bytes: Buffer.from(text), caption: `<b>${text}</b>`, buttons: [] }
    }
    const sent = await open.outbox.sendFile(ANNA.id, file('first'))
    assert.ok(sent.outcome === 'delivered')

    await open.control.fail('editMessageMedia', { with: 'drop-before' })
    assert.deepEqual(await open.outbox.editFile(ANNA.id, sent.messageId, file('second')), sent)

    const shown = await open.anna.see('second')
    assert.equal(shown.id, sent.messageId)
    assert.ok(shown.document)
    assert.equal((await open.anna.download(shown.document)).toString(), 'second')
    await open.anna.delete(sent.messageId)
    assert.deepEqual(await open.outbox.editFile(ANNA.id, sent.messageId, file('third')), { outcome: 'gone' })
    assert.deepEqual(await open.outbox.editFile(ANNA.id, 1, async () => undefined), { outcome: 'nothing' })
  })

  it('sends again what surely did not arrive', async () => {
    await using open = await openOutbox()
    let reachable = false
    let tries = 0
    open.api.config.use((call, method, payload, signal) => {
      tries += 1
      if (reachable) return call(method, payload, signal)
      reachable = tries === 3
      return Promise.reject(new HttpError('unreachable', Object.assign(new Error(), { code: 'ECONNREFUSED' })))
    })

    const delivery = await open.outbox.send(ANNA.id, view('patience'))

    assert.equal(delivery.outcome, 'delivered')
    assert.equal(tries, 4)
    await open.anna.see('patience')
  })

  it('notes a block and says nothing more about it', async () => {
    await using open = await openOutbox()
    await open.anna.block()

    const delivery = await open.outbox.send(ANNA.id, view('hello?'))

    assert.equal(delivery.outcome, 'blocked')
    assert.deepEqual(open.blocked, [ANNA.id])
  })

  it('tells when a message is gone, and what Telegram refuses', async () => {
    await using open = await openOutbox()
    const sent = await open.outbox.send(ANNA.id, view('soon gone'))
    assert.ok(sent.outcome === 'delivered')
    await open.anna.delete(sent.messageId)

    assert.equal((await open.outbox.edit(ANNA.id, sent.messageId, view('new'))).outcome, 'gone')
    assert.equal((await open.outbox.send(ANNA.id, view('<br>'))).outcome, 'refused')
    assert.equal((await open.outbox.send(999, view('who?'))).outcome, 'unknown-chat')
  })

  it('survives a press that is too old, and answers again when the answer is lost', async () => {
    await using open = await openOutbox()
    const sent = await open.outbox.send(ANNA.id, { text: 'menu', buttons: [[{ label: 'Go', data: 'menu' }]] })
    assert.ok(sent.outcome === 'delivered')
    open.outbox.answer('1', 'nobody pressed this')
    await open.outbox.idle()

    const pressing = open.anna.press('Go')
    await open.control.fail('answerCallbackQuery', { with: 'drop-before' })
    const updates = await fetch(`${open.telegram.url}/bot${open.telegram.token}/getUpdates?timeout=5&offset=-1`)
    const { result } = (await updates.json()) as { result: { callback_query: { id: string } }[] }
    open.outbox.answer(result[0]?.callback_query.id ?? '', 'here')

    assert.equal(await pressing, 'here')
  })
})
