import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ADA, BRUNO, idOf, memberOf, testTelegram } from './support.ts'

const button = (data: string) => ({ inline_keyboard: [[{ text: 'Go', callback_data: data }]] })
const to = ADA.id

const SEND_ERRORS: [params: Record<string, unknown>, description: string][] = [
  [{ chat_id: to }, 'message text is empty'],
  [{ chat_id: to, text: 'x'.repeat(32_769) }, 'text is too long'],
  [{ chat_id: to, text: 'x', parse_mode: 'Fancy' }, 'unsupported parse_mode'],
  [{ text: 'x' }, 'chat_id is empty'],
  [{ chat_id: 99, text: 'x' }, 'chat not found'],
  [{ chat_id: BRUNO.id, text: 'to somebody who never wrote' }, 'chat not found'],
  [{ chat_id: to, text: 'x', reply_parameters: { message_id: 1 } }, 'message to be replied not found'],
  [{ chat_id: to, text: ' \n ' }, 'text must be non-empty'],
  [{ chat_id: to, text: 'x'.repeat(4097) }, 'message is too long'],
  [{ chat_id: to, text: 'x', reply_markup: 'nonsense' }, "can't parse reply keyboard markup JSON object"],
  [{ chat_id: to, text: 'x', reply_markup: '7' }, 'object expected as reply markup'],
  [
    { chat_id: to, text: 'x', reply_markup: { inline_keyboard: [{ text: 'x' }] } },
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  [
    { chat_id: to, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x' }]] } },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    { chat_id: to, text: 'x', reply_markup: button('') },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    { chat_id: to, text: 'x', reply_markup: { inline_keyboard: [[{ callback_data: 'x' }]] } },
    'can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  [
    { chat_id: to, text: 'x', reply_markup: { inline_keyboard: [[{ text: 7, callback_data: 'x' }]] } },
    'can\'t parse inline keyboard button: Field "text" must be of type String',
  ],
  [{ chat_id: to, text: 'x', reply_markup: button('é'.repeat(33)) }, 'BUTTON_DATA_INVALID'],
  [
    { chat_id: to, text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', url: 'http://localhost/x' }]] } },
    "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
  ],
  [
    {
      chat_id: to,
      text: 'x',
      reply_markup: { inline_keyboard: Array(26).fill(Array(4).fill(button('x').inline_keyboard[0]?.[0])) },
    },
    'reply markup is too long',
  ],
]

describe('sendMessage', () => {
  for (const [params, description] of SEND_ERRORS) {
    it(`says "${description}" for ${JSON.stringify(params).slice(0, 70)}`, async (t) => {
      const telegram = await testTelegram(t, { users: [BRUNO] })
      await (await telegram.chat()).send('/start')

      const answer = await telegram.call('sendMessage', params)

      assert.equal(answer.description, `Bad Request: ${description}`)
      assert.equal(answer.status, 400)
    })
  }

  it('accepts 64 bytes of callback data, control characters included', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    const data = `\u0001${'é'.repeat(31)}z`

    await telegram.call('sendMessage', { chat_id: to, text: 'x', reply_markup: button(data) })

    assert.equal((await chat.buttons())[0]?.data, data)
  })

  it('cleans the text and drops empty buttons silently', async (t) => {
    const telegram = await testTelegram(t)
    await (await telegram.chat()).send('/start')
    const markup = { inline_keyboard: [[{ text: '', callback_data: 'x' }], [{ text: 'Go', callback_data: 'x' }]] }

    const { result } = await telegram.call('sendMessage', {
      chat_id: to,
      text: ' \n a\r\nb\tc \n',
      reply_markup: markup,
    })

    assert.equal(memberOf(result, 'text'), 'a\nb c')
    assert.deepEqual(memberOf(result, 'reply_markup'), { inline_keyboard: [[{ text: 'Go', callback_data: 'x' }]] })
  })

  it('numbers the messages of all private chats together', async (t) => {
    const telegram = await testTelegram(t)
    const ada = await telegram.chat(ADA)
    const bruno = await telegram.chat(BRUNO)

    const ids = [await ada.send('/start'), await bruno.send('/start'), await ada.send('again')]

    const [first = 0] = ids
    assert.deepEqual(ids, [first, first + 1, first + 2])
  })

  it('says that it was blocked only after all other checks', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    await chat.block()

    const long = await telegram.call('sendMessage', { chat_id: to, text: 'x'.repeat(4097) })
    const short = await telegram.call('sendMessage', { chat_id: to, text: 'x' })

    assert.equal(long.description, 'Bad Request: message is too long')
    assert.equal(short.status, 403)
    assert.equal(short.description, 'Forbidden: bot was blocked by the user')
  })
})

const SAME =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

describe('editing', () => {
  it('compares what is new after parsing', async (t) => {
    const telegram = await testTelegram(t)
    await (await telegram.chat()).send('/start')
    const sent = await telegram.call('sendMessage', { chat_id: to, text: '<b>a</b>', parse_mode: 'HTML' })
    const message = { chat_id: to, message_id: idOf(sent) }

    const same = await telegram.call('editMessageText', { ...message, text: '*a*', parse_mode: 'MarkdownV2' })
    const other = await telegram.call('editMessageText', { ...message, text: 'a' })

    assert.equal(same.description, `Bad Request: ${SAME}`)
    assert.equal(other.ok, true)
    assert.equal(typeof memberOf(other.result, 'edit_date'), 'number')
  })

  it('removes the keyboard when an edit leaves it out', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    const sent = await telegram.call('sendMessage', { chat_id: to, text: 'a', reply_markup: button('x') })

    await telegram.call('editMessageText', { chat_id: to, message_id: idOf(sent), text: 'b' })

    assert.deepEqual((await chat.last())?.buttons, [])
  })

  it('changes a keyboard without calling the message edited', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    await chat.send('/start')
    const sent = await telegram.call('sendMessage', { chat_id: to, text: 'a', reply_markup: button('x') })

    await telegram.call('editMessageReplyMarkup', { chat_id: to, message_id: idOf(sent), reply_markup: button('y') })

    const message = await chat.last()
    assert.equal(message?.buttons[0]?.data, 'y')
    assert.equal(message?.edited, false)
  })

  it('refuses what cannot be edited, with the texts of Telegram', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    const own = await chat.send('/start')
    const keyboard = { keyboard: [['Yes', { text: 'No' }]] }
    const sent = idOf(await telegram.call('sendMessage', { chat_id: to, text: 'a', reply_markup: keyboard }))
    const plain = idOf(await telegram.call('sendMessage', { chat_id: to, text: 'a' }))
    const edit = async (params: Record<string, unknown>, method = 'editMessageText') =>
      (await telegram.call(method, { chat_id: to, ...params })).description

    assert.equal(await edit({ message_id: own, text: 'x' }), "Bad Request: message can't be edited")
    assert.equal(await edit({ message_id: sent, text: 'x' }), "Bad Request: message can't be edited")
    assert.equal(await edit({ message_id: 9999, text: 'x' }), 'Bad Request: message to edit not found')
    assert.equal(await edit({ text: 'x' }), 'Bad Request: message identifier is not specified')
    assert.equal(await edit({ message_id: plain, text: 'x'.repeat(4097) }), 'Bad Request: MESSAGE_TOO_LONG')
    assert.equal(
      await edit({ message_id: plain, caption: 'x' }, 'editMessageCaption'),
      'Bad Request: there is no caption in the message to edit',
    )
    assert.equal(
      await edit({ message_id: plain, reply_markup: keyboard }, 'editMessageReplyMarkup'),
      'Bad Request: inline keyboard expected',
    )
    assert.deepEqual((await chat.view()).replyKeyboard?.rows, [['Yes', 'No']])
  })
})

describe('deleting', () => {
  it('deletes messages of both sides, until they are two days old', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    const own = await chat.send('/start')
    const sent = idOf(await telegram.call('sendMessage', { chat_id: to, text: 'a' }))
    const remove = (id: number) => telegram.call('deleteMessage', { chat_id: to, message_id: id })

    assert.equal((await remove(own)).ok, true)
    assert.equal((await remove(own)).description, 'Bad Request: message to delete not found')
    await telegram.control.advanceClock({ hours: 49 })
    assert.equal((await remove(sent)).description, "Bad Request: message can't be deleted for everyone")
  })

  it('skips what is missing when it deletes many', async (t) => {
    const telegram = await testTelegram(t)
    const chat = await telegram.chat()
    const own = await chat.send('/start')

    const answer = await telegram.call('deleteMessages', { chat_id: to, message_ids: [own, 9999] })
    const tooMany = await telegram.call('deleteMessages', { chat_id: to, message_ids: Array(101).fill(1) })

    assert.equal(answer.result, true)
    assert.deepEqual(await chat.messages(), [])
    assert.equal(tooMany.description, 'Bad Request: too many message identifiers specified')
  })
})
