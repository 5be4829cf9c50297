import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { readMultipart } from '../../../sim/telegram/multipart.ts'
import { ADA, memberOf, testTelegram } from './support.ts'

const TOKENS: [token: string, status: number, description: string][] = [
  ['nonsense', 401, 'Unauthorized: invalid token specified'],
  ['0123:abc', 401, 'Unauthorized: invalid token specified'],
  [`4242:${'x'.repeat(80)}`, 401, 'Unauthorized: invalid token specified'],
  ['4242:of-another-bot', 401, 'Unauthorized'],
]

for (const [token, status, description] of TOKENS) {
  it(`refuses the token ${token.slice(0, 20)} as Telegram does`, async (t) => {
    const { url } = await testTelegram(t)

    const response = await fetch(`${url}/bot${token}/getMe`)

    assert.equal(response.status, status)
    assert.deepEqual(await response.json(), { ok: false, error_code: status, description })
  })
}

it('takes method names in any case', async (t) => {
  const { call } = await testTelegram(t)

  const answer = await call('GETME')

  assert.equal(memberOf(answer.result, 'id'), 4242)
  assert.equal(memberOf(answer.result, 'is_bot'), true)
})

it('knows which methods there are', async (t) => {
  const { call } = await testTelegram(t)

  const answer = await call('sendMesage')

  assert.equal(answer.status, 404)
  assert.equal(answer.description, 'Not Found: method not found')
})

it('reads query, form and JSON, numbers as texts', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')
  const address = `${telegram.url}/bot${telegram.token}/sendMessage`

  await fetch(`${address}?chat_id=${ADA.id}&text=one`)
  await fetch(address, { method: 'POST', body: new URLSearchParams({ chat_id: String(ADA.id), text: 'two' }) })
  await telegram.call('sendMessage', { chat_id: String(ADA.id), text: 'three' })
  await telegram.call('sendMessage', { chat_id: ADA.id, text: 'four', reply_markup: '{"inline_keyboard":[]}' })

  const texts = (await chat.messages()).map((message) => message.text)
  assert.deepEqual(texts, ['/start', 'one', 'two', 'three', 'four'])
})

it('ignores a body that is no JSON and misses the parameter', async (t) => {
  const { url, token } = await testTelegram(t)

  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/bot${token}/sendMessage`, { method: 'POST', headers, body: '{"text":' })

  assert.equal(memberOf(await response.json(), 'description'), 'Bad Request: message text is empty')
})

it('reads multipart with unquoted, accented file names', () => {
  const body = [
    '--x\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n7\r\n',
    '--x\r\ncontent-disposition:form-data;name="abc";filename=Räume 2026.pdf\r\n',
    'content-type:application/octet-stream\r\n\r\nbytes\r\n\r\n',
    '--x--\r\n',
  ].join('')

  const parts = readMultipart(Buffer.from(body), 'multipart/form-data; boundary=x')

  assert.deepEqual(parts, [
    { name: 'chat_id', fileName: undefined, bytes: Buffer.from('7') },
    { name: 'abc', fileName: 'Räume 2026.pdf', bytes: Buffer.from('bytes\r\n') },
  ])
})

it('reads back any bytes that multipart carried', () => {
  const content = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(content, (bytes) => {
      const head = '--a-boundary\r\nContent-Disposition: form-data; name="f"; filename="a \\"b\\".bin"\r\n\r\n'
      const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--a-boundary--\r\n')])

      const [part] = readMultipart(body, 'multipart/form-data; boundary="a-boundary"')

      assert.equal(part?.fileName, 'a "b".bin')
      assert.deepEqual(part?.bytes, Buffer.from(bytes))
    }),
  )
})

it('refuses unknown parameters and remembers them', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  await chat.send('/start')

  const answer = await telegram.call('sendMessage', { chat_id: ADA.id, txet: 'hello', text: 'hello' })

  assert.equal(answer.status, 400)
  assert.deepEqual(await telegram.control.violations(), [{ method: 'sendMessage', text: 'txet is not in the Bot API' }])
})

it('masks the token in the wire log', async (t) => {
  const telegram = await testTelegram(t)

  await telegram.call('setWebhook', { url: `https://example.org/${telegram.token}` })

  const [call] = await telegram.control.calls({ method: 'setWebhook' })
  assert.deepEqual(call?.params, { url: 'https://example.org/<token>' })
  assert.equal(call?.status, 200)
  assert.ok(!JSON.stringify(await telegram.control.calls()).includes(telegram.token))
})

it('keeps websites away from the control API', async (t) => {
  const { url } = await testTelegram(t)

  const response = await fetch(`${url}/__sim/users`, { headers: { origin: 'https://example.org' } })

  assert.equal(response.status, 403)
})

it('streams a revision after every change, and survives listeners that leave', async (t) => {
  const telegram = await testTelegram(t)
  const chat = await telegram.chat()
  const leaving = new AbortController()
  const { body } = await fetch(`${telegram.url}/__sim/events`, { signal: leaving.signal })
  assert.ok(body)
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()

  const first = await reader.read()
  await chat.send('/start')
  const second = await reader.read()
  leaving.abort()
  await chat.send('still there?')

  assert.match(first.value ?? '', /^event: change\ndata: \{"revision":\d+\}\n\n$/)
  assert.notEqual(second.value, first.value)
  assert.equal((await chat.messages()).length, 2)
})

it('refuses bodies above 50 MB', async (t) => {
  const { url, token } = await testTelegram(t)

  const response = await fetch(`${url}/bot${token}/sendDocument`, { method: 'POST', body: Buffer.alloc(52_500_000) })

  assert.equal(response.status, 413)
})
