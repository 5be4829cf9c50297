import assert from 'node:assert/strict'
import { it } from 'node:test'
import { InputFile } from 'grammy'
import { ADA, memberOf, testBot, testTelegram } from './support.ts'

/** The smallest PNG there is: one transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

it('carries a document to the user, name and bytes unchanged', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, (bot) => {
    const file = new InputFile(Buffer.from('the plan'), 'Räume 2026.pdf')
    bot.command('start', (ctx) => ctx.replyWithDocument(file, { caption: '<b>Plan</b>', parse_mode: 'HTML' }))
  })
  const chat = await telegram.chat()

  await chat.send('/start')
  const { document } = await chat.see('Plan')

  assert.equal(document?.name, 'Räume 2026.pdf')
  assert.equal(document?.mimeType, 'application/pdf')
  assert.equal(String(await chat.download(document)), 'the plan')
})

it('lets the bot download what a user sent', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, (bot) => {
    bot.on('message:document', async (ctx) => {
      const { file_path } = await ctx.getFile()
      const response = await fetch(`${telegram.url}/file/bot${telegram.token}/${file_path}`)
      await ctx.reply(`${ctx.message.document.file_name}: ${await response.text()}`)
    })
  })
  const chat = await telegram.chat()

  await chat.sendDocument('data.csv', 'a,b')

  await chat.see('data.csv: a,b')
})

it('makes sizes of a photo and sends it again by its id', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.sendPhoto(PIXEL, 'a pixel')
  const { result } = await telegram.call('getUpdates')
  const update = Array.isArray(result) ? result[0] : undefined
  const photo = memberOf(memberOf(update, 'message'), 'photo')
  const fileId = memberOf(Array.isArray(photo) ? photo.at(-1) : undefined, 'file_id')

  const again = await telegram.call('sendPhoto', { chat_id: ADA.id, photo: fileId })
  const wrongKind = await telegram.call('sendDocument', { chat_id: ADA.id, document: fileId })

  assert.deepEqual((await chat.last())?.photo?.width, 1)
  assert.equal(again.ok, true)
  assert.equal(wrongKind.description, "Bad Request: can't use file of type Photo as Document")
})

it('complains about files as Telegram does', async (t) => {
  const telegram = await testTelegram(t)
  await (await telegram.chat()).send('/start')
  const describe = async (method: string, params: Record<string, unknown>) =>
    (await telegram.call(method, params)).description

  assert.equal(await describe('sendDocument', { chat_id: ADA.id }), 'Bad Request: there is no document in the request')
  assert.equal(await describe('getFile', {}), 'Bad Request: file_id not specified')
  assert.equal(await describe('getFile', { file_id: 'x' }), 'Bad Request: invalid file_id')
})

it('replaces the media of a message in place', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, (bot) => {
    bot.command('start', async (ctx) => {
      const sent = await ctx.replyWithPhoto(new InputFile(PIXEL, 'code.png'), { caption: 'scan me' })
      const media = new InputFile(PIXEL, 'code.png')
      await ctx.api.editMessageMedia(ctx.chat.id, sent.message_id, { type: 'photo', media, caption: 'expired' })
    })
  })
  const chat = await telegram.chat()

  await chat.send('/start')
  const message = await chat.see('expired')

  assert.equal(message.edited, true)
  assert.ok(message.photo)
  assert.deepEqual(await telegram.control.violations(), [])
})
