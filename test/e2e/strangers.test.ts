import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { connectChat } from '../../sim/telegram/client.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

describe('strangers, forgers and floods', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
    await house.startWorker()
    await house.startBot()
    await house.runScript('src/scripts/refresh-courses.ts')
  })
  after(() => house.close())

  it('leaves a stranger without any answer', async () => {
    const stranger = await connectChat(house.telegram.url, {
      id: 5_999_999_999,
      first_name: 'Eve',
      language_code: 'en',
    })
    const before = (await house.control.calls()).length

    await stranger.send('/start')
    await stranger.send('let me in')
    await stranger.idle()

    assert.deepEqual(
      (await stranger.messages()).filter(({ from }) => from === 'bot'),
      [],
    )
    const calls = (await house.control.calls()).slice(before).filter(({ method }) => method !== 'getUpdates')
    assert.deepEqual(calls, [])
  })

  it('does nothing for forged buttons, a stranger’s or a user’s, and shows nobody another one’s booking', async () => {
    const { ada, bruno, db } = house
    await ada.send('/book')
    await ada.press(/Tomorrow/)
    await ada.press(/🟢/)
    await ada.press(/Book it/)
    await ada.see(/✅ Booked/)
    const cancelData = (await ada.buttons()).find(({ label }) => /Cancel it/.test(label))?.data
    assert.ok(cancelData)
    await bruno.send('/start')
    const menu = await bruno.see(/Ciao|Bruno/)
    const rowsBefore = await countRows(house)

    await bruno.pressData(cancelData, { messageId: menu.id })
    for (const forged of ['', 'x', 'slot:1', 'cancel:999999', '💥'.repeat(16), 'a:b:c:d', '\u0000\u0001'])
      if (forged) await bruno.pressData(forged, { messageId: menu.id })
    await bruno.send('/status 1')
    await bruno.send('/cancel 1')
    await bruno.idle()

    const seen = (await bruno.messages()).map(({ text }) => text).join('\n')
    const booked = await db.read.selectFrom('user_bookings').select(['course_name']).execute()
    for (const { course_name } of booked) if (course_name) assert.ok(!seen.includes(course_name))
    assert.equal(await countRows(house), rowsBefore)
    assert.equal((await house.portal.state()).bookings.length, 1)
  })

  it('survives very long, empty-looking and odd messages, and answers each', async () => {
    const { ada } = house
    const long = 'prenota '.repeat(1_250)
    const odd = [
      '😀🏋️‍♀️🇮🇹',
      '<b>&"\'</i>',
      '/unknown',
      '/status abc',
      '/cancel',
      '\u202Eevil',
      '/status 99999999999999999999',
    ]

    for (const text of [long.slice(0, 4_096), long.slice(4_096, 8_192), long.slice(8_192), ...odd]) await ada.send(text)
    await ada.idle()
    await ada.send('/help')

    await ada.see(/What I can do/)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('makes one action of fifty presses in a second', async () => {
    const { bruno, db } = house
    await bruno.send('/book')
    await bruno.press(/Domani/)
    await bruno.press(/🟢/)
    const card = await bruno.see(/puoi prenotar/i)
    const data = (await bruno.buttons()).find(({ label }) => /Prenota/.test(label))?.data
    assert.ok(data)

    await Promise.all(Array.from({ length: 50 }, () => bruno.pressData(data, { messageId: card.id })))
    await bruno.see(/✅ Prenotat/)

    const actions = await db.read
      .selectFrom('booking_actions')
      .select('id')
      .where('action_type', '=', 'book')
      .where('date', 'is not', null)
      .execute()
    assert.equal(actions.length, 2, 'Ada’s and Bruno’s')
    assert.equal((await house.portal.state()).bookings.length, 2)
  })

  it('holds no password, code, cookie or token in a log, an evidence or the database', async () => {
    const cookies = await sealedCookieValues(house)
    const secrets = [...house.secrets, ...cookies]
    assert.ok(cookies.length > 0, 'there are saved sessions to look for')

    const output = house.output()

    for (const secret of secrets) {
      assert.ok(!output.includes(secret), 'a secret in a log')
      for (const file of filesBelow(join(house.folder, 'data')))
        assert.ok(!readFileSync(file).includes(secret), `a secret in ${file}`)
    }
    assert.ok(!/\b\d{6}\b.{0,20}(otp|code)/i.test(output), 'a one-time code in a log')
    assert.deepEqual(await house.control.violations(), [])
  })
})

async function countRows({ db }: WholeHouse): Promise<number> {
  const actions = await db.read.selectFrom('booking_actions').select('id').execute()
  const bookings = await db.read.selectFrom('user_bookings').select('id').execute()
  return actions.length + bookings.length
}

/** What the saved sessions hold, once opened with the key. */
async function sealedCookieValues(house: WholeHouse): Promise<string[]> {
  const { openVault } = await import('../../src/core/vault.ts')
  const { loadSession } = await import('../../src/db/portal-sessions.ts')
  const vault = openVault(join(house.folder, 'data', 'vault.key'))
  const sessions = await house.db.read.selectFrom('portal_sessions').select('account_id').execute()
  const states = await Promise.all(sessions.map(({ account_id }) => loadSession(house.db, vault, account_id)))
  return states.flatMap((state) => {
    const { cookies } = JSON.parse(state ?? '{"cookies":[]}')
    return cookies.map((cookie: { value: string }) => cookie.value).filter((value: string) => value.length >= 8)
  })
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
