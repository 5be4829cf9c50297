import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Bot, GrammyError, InlineKeyboard, Keyboard } from 'grammy'
import { spec } from '../../../sim/telegram/spec.ts'
import { checkValue } from '../../../sim/telegram/validate.ts'
import { ADA, BRUNO, testBot, testTelegram } from './support.ts'

/** A small bot that does what the real one does: menus, edits in place, pop-ups, typed answers. */
function setUp(bot: Bot): void {
  bot.command('start', async (ctx) => {
    await ctx.replyWithChatAction('typing')
    await ctx.reply(`Hello ${ctx.from?.first_name}${ctx.match && ` (${ctx.match})`}`, {
      reply_markup: new InlineKeyboard()
        .text('Yoga', 'book:yoga')
        .text('Pilates', 'book:pilates')
        .row()
        .url('Site', 'https://example.org'),
    })
  })
  bot.callbackQuery(/^book:(.+)$/, async (ctx) => {
    await ctx.editMessageText(`<b>${ctx.match[1]}</b> queued as #12`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Cancel', 'cancel'),
    })
    await ctx.answerCallbackQuery('Queued')
  })
  bot.callbackQuery('cancel', async (ctx) => {
    await ctx.answerCallbackQuery()
    await ctx.deleteMessage()
    await ctx.reply('Sure?', { reply_markup: new Keyboard().text('Yes').text('No').oneTime() })
  })
  bot.hears('Yes', (ctx) => ctx.reply('Cancelled', { reply_markup: { remove_keyboard: true } }))
  bot.catch(() => {})
}

it('lets a grammY bot and a user talk', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, setUp)
  const chat = await telegram.chat()

  await chat.send('/start deep-link')
  const hello = await chat.see('Hello Ada (deep-link)')
  assert.equal(await chat.press(/yoga/i), 'Queued')
  const queued = await chat.see(/queued as #\d+/, { after: hello })
  assert.equal(queued.id, hello.id)
  assert.equal(queued.edited, true)
  assert.equal(await chat.press('Cancel'), undefined)
  await chat.gone(hello.id)
  await chat.press('Yes')
  await chat.see('Cancelled')
  await chat.seeNot('queued')

  assert.equal((await chat.view()).replyKeyboard, undefined)
  assert.deepEqual(await telegram.control.violations(), [])
})

it('sends what the specification promises', async (t) => {
  const telegram = await testTelegram(t)
  const bot = testBot(telegram, setUp)
  const chat = await telegram.chat()
  await chat.send('/start')
  await chat.press('Pilates')
  await chat.sendDocument('plan.pdf', 'plan', 'a plan')
  await chat.block()
  await chat.unblock()
  await chat.idle()
  await bot.api.getChat(ADA.id)
  await bot.api.getWebhookInfo()
  await bot.api.getMyCommands()

  for (const { method, result } of await telegram.control.calls()) {
    if (result === undefined || result === null) continue
    const problems = checkValue(spec.methods[method]?.returns ?? [], result)
    assert.deepEqual(problems, [], method)
  }
})

it('keeps users apart', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, setUp)
  const [ada, bruno] = [await telegram.chat(ADA), await telegram.chat(BRUNO)]

  await ada.send('/start')
  await bruno.send('/start')
  await bruno.see('Hello <3 & co')
  await ada.idle()

  assert.deepEqual(
    (await ada.messages()).map(({ text }) => text),
    ['/start', 'Hello Ada'],
  )
})

it('shows the chat when a message does not come', async (t) => {
  const telegram = await testTelegram(t)
  testBot(telegram, setUp)
  const chat = await telegram.chat()
  await chat.send('/start')
  await chat.see('Hello')

  const failure = await chat.see('something else', { timeoutMs: 50 }).catch(String)

  assert.match(String(failure), /waited in vain for a message something else/)
  assert.match(String(failure), /Ada: \/start\n {2}Bookwright: Hello Ada\n {4}\[Yoga\] \[Pilates\]\n {4}\[Site\]/)
})

it('tells a bot plainly that the user blocked it', async (t) => {
  const telegram = await testTelegram(t)
  const bot = testBot(telegram, setUp)
  const chat = await telegram.chat()
  await chat.send('/start')
  await chat.idle()
  await chat.block()

  await assert.rejects(bot.api.sendMessage(ADA.id, 'hello?'), (error) => {
    assert.ok(error instanceof GrammyError)
    assert.equal(error.error_code, 403)
    return true
  })
  await chat.unblock()
  await bot.api.sendMessage(ADA.id, 'hello again')
  await chat.see('hello again')
})
