import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ADA, BRUNO, testTelegram } from './support.ts'

const command = (name: string) => ({ command: name, description: `does ${name}` })

it('shows each user the nearest list in their language', async (t) => {
  const telegram = await testTelegram(t)
  const [ada, bruno] = [await telegram.chat(ADA), await telegram.chat(BRUNO)]
  const names = async (chat: typeof ada) => (await chat.view()).commands.map((one) => one.command)
  await telegram.call('setMyCommands', { commands: [command('start')] })
  await telegram.call('setMyCommands', { commands: [command('comincia')], language_code: 'it' })
  assert.deepEqual([await names(ada), await names(bruno)], [['start'], ['comincia']])

  await telegram.call('setMyCommands', { commands: [command('private')], scope: { type: 'all_private_chats' } })
  await telegram.call('setMyCommands', { commands: [command('mine')], scope: { type: 'chat', chat_id: ADA.id } })
  assert.deepEqual([await names(ada), await names(bruno)], [['mine'], ['private']])

  await telegram.call('deleteMyCommands', { scope: { type: 'chat', chat_id: ADA.id } })
  assert.deepEqual(await names(ada), ['private'])
})

const ERRORS: [item: Record<string, unknown>, description: string][] = [
  [{ command: '', description: 'x' }, 'command must be non-empty'],
  [{ command: 'x'.repeat(33), description: 'x' }, 'command length must not exceed 32'],
  [{ command: 'x', description: '' }, 'command description must be non-empty'],
  [{ command: 'x', description: 'x'.repeat(257) }, 'command description length must not exceed 256'],
  [{ command: 'Book', description: 'x' }, 'BOT_COMMAND_INVALID'],
]

for (const [item, description] of ERRORS) {
  it(`refuses a command with "${description}"`, async (t) => {
    const { call } = await testTelegram(t)

    assert.equal((await call('setMyCommands', { commands: [item] })).description, `Bad Request: ${description}`)
  })
}

it('refuses an unknown scope', async (t) => {
  const { call } = await testTelegram(t, { strict: false })

  const { description } = await call('getMyCommands', { scope: { type: 'everybody' } })

  assert.equal(description, "Bad Request: can't parse BotCommandScope: Unsupported type specified")
})

it('keeps simple settings of the bot by language', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat(BRUNO)

  await telegram.call('setMyDescription', { description: 'Books for you' })
  await telegram.call('setMyDescription', { description: 'Prenota per te', language_code: 'it' })

  assert.deepEqual((await telegram.call('getMyDescription')).result, { description: 'Books for you' })
  assert.equal((await chat.view()).bot.description, 'Prenota per te')
})
