import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { InlineKeyboard, InputFile } from 'grammy'
import type { Browser, Page } from 'playwright'
import { launchTestBrowser } from '../../support/browser.ts'
import { ADA, BRUNO, type TestTelegram, testBot, testTelegram } from './support.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const FORMATS =
  '<b>bold</b> <i>italic</i> <tg-spoiler>secret</tg-spoiler> <code>code</code> <a href="https://example.org/">link</a>\n<pre><code class="language-ts">let a</code></pre>\n<blockquote>quoted</blockquote>&lt;script&gt;window.hacked = true&lt;/script&gt;'

async function openChat(t: TestContext): Promise<{ telegram: TestTelegram; page: Page }> {
  const telegram = await testTelegram(t, { users: [ADA, BRUNO], hint: 'Press Start <first>' })
  testBot(telegram, (bot) => {
    bot.command('start', (ctx) => {
      const keyboard = new InlineKeyboard().text('Yoga', 'yoga').text('Closed', 'closed').row().text('Slow', 'slow')
      return ctx.reply(`Hello ${ctx.from?.first_name}`, { reply_markup: keyboard })
    })
    bot.command('formats', async (ctx) => {
      await ctx.reply(FORMATS, { parse_mode: 'HTML' })
      await ctx.replyWithDocument(new InputFile(Buffer.from('plan'), 'Räume 2026.pdf'))
    })
    bot.callbackQuery('yoga', async (ctx) => {
      await ctx.answerCallbackQuery('Noted')
      await ctx.editMessageText('queued as #12')
    })
    bot.callbackQuery('closed', (ctx) => ctx.answerCallbackQuery({ text: 'Closed today', show_alert: true }))
    bot.on('message:document', (ctx) => ctx.reply(`got ${ctx.message.document.file_name}`))
  })
  const page = await browser.newPage()
  telegram.beforeClose(() => page.close())
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  t.after(() => assert.deepEqual(problems, []))
  await page.goto(`${telegram.chatUrl}#user=${ADA.id}`)
  return { telegram, page }
}

describe('the chat page', () => {
  it('lets a person write, press a button and see the edit', async (t) => {
    const { page } = await openChat(t)

    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('button', { name: 'Yoga' }).click()

    await page.getByRole('status').getByText('Noted').waitFor()
    const message = page.getByRole('listitem').filter({ hasText: 'queued as #12' })
    await message.getByText(/^edited/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Yoga' }).count(), 0)
    assert.equal(await page.getByText('Hello Ada').count(), 0)
  })

  it('turns a spinner until the press is answered', async (t) => {
    const { page, telegram } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()

    await page.getByRole('button', { name: 'Slow' }).click()
    await page.locator('[aria-busy]').waitFor()
    await telegram.control.expireCallbacks()

    await page.locator('[aria-busy]').waitFor({ state: 'detached' })
  })

  it('shows an alert until it is read', async (t) => {
    const { page } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('button', { name: 'Closed' }).click()

    await page.getByRole('alertdialog', { name: 'Closed today' }).waitFor()
    await page.getByRole('button', { name: 'OK' }).click()

    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  })

  it('switches between users, whose names are only text', async (t) => {
    const { page } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Hello Ada').waitFor()

    await page.getByRole('link', { name: '<3 & co (it)' }).click()
    await page.getByRole('button', { name: 'Start' }).click()

    await page.getByText('Hello <3 & co').waitFor()
    assert.equal(await page.getByText('Hello Ada').count(), 0)
    assert.match(page.url(), /#user=1002$/)
  })

  it('takes no press for the one before while another person’s chat is still being read', async (t) => {
    const { page, telegram } = await openChat(t)
    const start = page.getByRole('button', { name: 'Start' })
    await start.waitFor()
    const place = await start.boundingBox()
    assert.ok(place)
    const reading = Promise.withResolvers<void>()
    await page.route('**/__sim/users', (route) => reading.promise.then(() => route.continue()))

    await page.getByRole('link', { name: BRUNO.first_name }).click()
    await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2)
    reading.resolve()
    await start.click()

    await page.getByText(`Hello ${BRUNO.first_name}`).waitFor()
    const { messages } = await (await telegram.chat(ADA)).view()
    assert.deepEqual(messages, [])
  })

  it('draws formats as such and markup as text', async (t) => {
    const { page } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('textbox', { name: 'Message' }).fill('/formats')
    await page.keyboard.press('Enter')

    await page.getByText('<script>window.hacked = true</script>').waitFor()
    await page.getByRole('strong').getByText('bold').waitFor()
    await page.getByRole('button', { name: 'Reveal the spoiler' }).click()
    const link = page.getByRole('link', { name: 'link', exact: true })
    assert.equal(await link.getAttribute('href'), 'https://example.org/')
    assert.equal(await page.locator('pre[data-language=ts]').innerText(), 'let a')
    assert.equal(await page.evaluate('window.hacked'), undefined)
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: /Räume 2026\.pdf/ }).click()
    assert.equal((await downloading).suggestedFilename(), 'Räume 2026.pdf')
  })

  it('offers the commands and sends the chosen one', async (t) => {
    const { page, telegram } = await openChat(t)
    await telegram.call('setMyCommands', { commands: [{ command: 'start', description: 'Begin' }] })
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByText('Hello Ada').waitFor()

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: '/start Begin' }).click()

    await page.getByText('Hello Ada').nth(1).waitFor()
  })

  it('sends files and takes deleted messages away', async (t) => {
    const { page, telegram } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()

    const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') }
    await page.getByLabel('Attach file').setInputFiles(file)
    await page.getByText('got plan.txt').waitFor()
    const chat = await telegram.chat()
    await chat.delete((await chat.see('got plan.txt')).id)

    await page.getByText('got plan.txt').waitFor({ state: 'detached' })
  })

  it('stays where the reader is when messages come or change below', async (t) => {
    const { page, telegram } = await openChat(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    const hello = await chat.see('Hello')
    for (let index = 1; index <= 30; index += 1) await chat.send(`line ${index}`)
    await page.getByText('line 30', { exact: true }).waitFor()
    const scroller = page.getByRole('log')
    const position = () => scroller.evaluate((element) => element.scrollTop)
    assert.ok((await position()) > 0)

    await scroller.evaluate((element) => {
      element.scrollTop = 0
    })
    await page.getByRole('button', { name: 'Go to the newest message' }).waitFor()
    await chat.send('line 31')
    await telegram.call('editMessageText', { chat_id: ADA.id, message_id: hello.id, text: 'Hello again' })
    await page.getByText('Hello again').waitFor()
    assert.equal(await position(), 0)

    await page.getByRole('button', { name: 'Go to the newest message' }).click()
    await chat.send('line 32')
    await page.getByText('line 32', { exact: true }).waitFor()
    assert.ok(await page.getByText('line 32', { exact: true }).isVisible())
    assert.ok((await position()) > 0)
  })

  it('moves the keyboard focus from Start to the input', async (t) => {
    const { page } = await openChat(t)

    await page.getByRole('button', { name: 'Start' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    await page.keyboard.type('/start')
    await page.keyboard.press('Enter')

    await page.getByText('Hello Ada').nth(1).waitFor()
  })

  it('opens a link to the bot as Telegram does: with a Start that sends its code, as whoever opens it', async (t) => {
    const { page, telegram } = await openChat(t)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Hello Ada').waitFor()
    const link = 'https://t.me/bookwright_bot?start=a-code_1'
    const url = `https://t.me/share/url?url=${encodeURIComponent(link)}`
    const reply_markup = { inline_keyboard: [[{ text: 'Share', url }]] }
    await telegram.call('sendMessage', { chat_id: ADA.id, text: `Come in: ${link}`, reply_markup })
    const share = page.getByRole('link', { name: 'Share' })
    assert.deepEqual([await share.getAttribute('href'), await share.getAttribute('target')], [url, '_blank'])

    await page.getByRole('link', { name: link }).click()
    await page.getByRole('button', { name: 'Start' }).waitFor()
    await page.getByRole('link', { name: BRUNO.first_name }).click()
    await page.getByRole('button', { name: 'Start' }).click()

    await page.getByText('/start a-code_1').waitFor()
    await page.getByText(`Hello ${BRUNO.first_name}`).waitFor()
    await page.getByRole('button', { name: 'Start' }).waitFor({ state: 'hidden' })
    assert.match(page.url(), new RegExp(`#user=${BRUNO.id}$`))
  })

  it('shows the hint until it is dismissed', async (t) => {
    const { page } = await openChat(t)

    await page.getByText('Press Start <first>').waitFor()
    await page.getByRole('button', { name: 'Dismiss hint' }).click()

    await page.getByText('Press Start <first>').waitFor({ state: 'hidden' })
  })

  it('fits a phone without scrolling sideways', async (t) => {
    const { page } = await openChat(t)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Hello Ada').waitFor()

    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
    assert.ok(await page.getByRole('textbox', { name: 'Message' }).isVisible())
  })
})
