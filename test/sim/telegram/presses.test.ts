import assert from 'node:assert/strict'
import { it } from 'node:test'
import { InlineKeyboard } from 'grammy'
import { ADA, idOf, memberOf, testBot, testTelegram } from './support.ts'

const TOO_OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid'

it('answers a press once, with at most 200 characters', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')
  const pressed = chat.pressData('x')
  const { id } = await chat.waitForPress('x')
  const answer = (params: Record<string, unknown>) =>
    telegram.call('answerCallbackQuery', { callback_query_id: id, ...params })

  assert.equal((await answer({ text: 'x'.repeat(201) })).description, 'Bad Request: MESSAGE_TOO_LONG')
  assert.equal((await answer({ text: 'done' })).result, true)
  assert.equal((await answer({ text: 'again' })).description, TOO_OLD)
  assert.equal((await answer({ callback_query_id: '77' })).description, TOO_OLD)
  assert.equal(await pressed, 'done')
})

it('lets a test expire the presses', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')
  const pressed = chat.pressData('x')
  const { id } = await chat.waitForPress('x')

  await telegram.control.expireCallbacks()

  assert.equal((await telegram.call('answerCallbackQuery', { callback_query_id: id })).description, TOO_OLD)
  assert.equal(await pressed, undefined)
})

it('sends the message as it stands with the press', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')
  const reply_markup = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] }
  const messageId = idOf(await telegram.call('sendMessage', { chat_id: ADA.id, text: 'a', reply_markup }))
  await telegram.call('editMessageText', { chat_id: ADA.id, message_id: messageId, text: 'b', reply_markup })
  const pressed = chat.press('Go')
  const { id } = await chat.waitForPress('go')

  const { result } = await telegram.call('getUpdates')
  await telegram.call('answerCallbackQuery', { callback_query_id: id })

  assert.equal(await pressed, undefined)
  const query = memberOf(Array.isArray(result) ? result.at(-1) : undefined, 'callback_query')
  assert.equal(memberOf(query, 'id'), id)
  assert.equal(memberOf(query, 'data'), 'go')
  assert.equal(memberOf(memberOf(query, 'message'), 'text'), 'b')
  assert.deepEqual(memberOf(memberOf(query, 'message'), 'reply_markup'), reply_markup)
})

it('gives two presses two queries', async (t) => {
  const telegram = await testTelegram(t)
  let count = 0
  testBot(telegram, (bot) => {
    bot.command('start', (ctx) => ctx.reply('Go?', { reply_markup: new InlineKeyboard().text('Go', 'go') }))
    bot.callbackQuery('go', (ctx) => {
      count += 1
      return ctx.answerCallbackQuery(`press ${count}`)
    })
  })
  const chat = await telegram.chat()

  await chat.send('/start')
  const answers = await chat.pressTwice('Go')

  assert.deepEqual(answers.toSorted(), ['press 1', 'press 2'])
})
