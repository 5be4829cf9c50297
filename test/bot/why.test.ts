import assert from 'node:assert/strict'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { ANNA, BRUNO, fillTimetable, type House, openHouse, quiet, screen, slot } from './support.ts'
import { claim } from './worker.ts'

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A house in which user's booking #1 is in the queue. */
async function openAsked(user: User = ANNA): Promise<{ house: House; chat: Chat }> {
  const house = await openHouse({ user })
  await fillTimetable(house.db, [slot()])
  const chat = await house.chat(user)
  await chat.send('/start')
  await chat.idle()
  await chat.pressData('book-slot:1:1')
  return { house, chat }
}

/** Ends the attempt at hand as the worker does, with its evidence under `name`. */
async function failWith(house: House, evidence: string | null, portalSays?: string): Promise<void> {
  const work = await claim(house.db)
  house.clock.advance({ seconds: 2 })
  const said = portalSays === undefined ? {} : { portalSays }
  await work.end({ status: 'failed', error: { kind: 'page-changed', message: 'internal detail', ...said }, evidence })
}

function keepPicture(house: House, name: string, bytes: Uint8Array = PIXEL): string {
  const folder = join(house.folder, 'evidence', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'page.png'), bytes)
  return folder
}

/** All files that the bot has sent. */
async function filesIn(house: House, chat: Chat) {
  await quiet(house, chat)
  return (await chat.messages()).flatMap(({ photo, document }) => photo ?? document ?? [])
}

/** A PNG's head that says this size; Telegram and the bot look no further. */
function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.from(PIXEL)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('/why', () => {
  it('tells what was asked, each try, what the site said and what can be done, with the picture', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    const first = await claim(house.db)
    house.clock.advance({ seconds: 5 })
    await first.end({
      status: 'pending',
      runAt: house.clock.now().add({ minutes: 3 }),
      error: { kind: 'network', message: 'ECONNRESET' },
      outcomeUnknown: false,
      countsAsAttempt: true,
    })
    house.clock.advance({ minutes: 3 })
    keepPicture(house, 'action-1-2')
    await failWith(house, 'action-1-2', 'Errore <42> & basta')

    await chat.see(/^❌ ↑ Yoga/)

    await chat.send('/why 1')
    await chat.see(/What you can do/)
    const { text, labels } = await screen(house, chat)

    assert.equal(
      text,
      [
        '❌ #1 Yoga, tomorrow, Sun 22 Nov, 18:30',
        'Giuriati',
        'Asked for: 10:00',
        '',
        'I tried 2 times:',
        '• 10:00: The site could not be reached.',
        '• 10:03: The site looks different from what I know, so I stopped. Whoever runs me has been told.',
        'The site says: “Errore <42> & basta”',
        '',
        'What you can do',
        'Do it on the site itself this time. Whoever runs me has been told, and can put me right.',
      ].join('\n'),
    )
    assert.deepEqual(labels, ['🔁 Try again', '📋 My bookings', 'Other classes that day', '‹ Back', '‹ Menu'])
    const photo = (await chat.messages()).find((message) => message.photo)
    assert.equal(photo?.text, '📷 What I saw last. Passwords and codes are covered.')
    assert.ok(photo.photo)
    assert.deepEqual(await chat.download(photo.photo), PIXEL)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('comes in place of the failed card, and goes back to it', async () => {
    const { house, chat } = await openAsked(BRUNO)
    await using _ = house
    keepPicture(house, 'action-1-1')
    await failWith(house, 'action-1-1')
    await chat.see(/Non prenotato: Yoga/)
    await quiet(house, chat)
    const before = (await chat.messages()).length

    await chat.press('Perché?')
    await chat.see(/Ho provato una volta:[\s\S]*Che cosa puoi fare\nPer questa volta fallo direttamente sul sito/)
    assert.equal((await filesIn(house, chat)).length, 1)
    assert.equal((await chat.messages()).length, before + 1, 'only the picture is new')
    await chat.press('‹ Indietro')

    await chat.see(/^❌ Non prenotato: Yoga/)
  })

  it('says that the picture is gone when it is, and nothing of pictures when none was kept', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    rmSync(keepPicture(house, 'action-1-1'), { recursive: true })
    await failWith(house, 'action-1-1')

    await chat.send('/why #1')
    await chat.see(/What you can do[\s\S]*📷 A picture of the page was kept, but I no longer have it/)
    await chat.pressData('again:1')
    await failWith(house, null)
    await chat.send('/why 2')
    assert.doesNotMatch((await screen(house, chat)).text, /📷/)
    assert.deepEqual(await filesIn(house, chat), [])
  })

  it('reads nothing outside the evidence, whatever the database says', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    mkdirSync(join(house.folder, 'evidence'))
    writeFileSync(join(house.folder, 'page.png'), PIXEL)
    mkdirSync(join(house.folder, 'evidence-of-others'))
    writeFileSync(join(house.folder, 'evidence-of-others', 'page.png'), PIXEL)
    symlinkSync(house.folder, join(house.folder, 'evidence', 'link'))
    const names = ['..', '../evidence-of-others', '', '.', house.folder, 'link', 'x'.repeat(5000), '../evidence/../']
    for (const [n, name] of names.entries()) {
      await failWith(house, name)
      await chat.send(`/why ${n + 1}`)
      await chat.see(/no longer have it/)
      await chat.pressData(`again:${n + 1}`)
    }

    assert.deepEqual(await filesIn(house, chat), [])
  })

  it('sends a page too long for a photo as a document', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    for (const [n, [width, height]] of [[1280, 720] as const, [1280, 9000] as const, [100, 2100] as const].entries()) {
      keepPicture(house, `action-${n + 1}`, pngOf(width, height))
      await failWith(house, `action-${n + 1}`)
      await chat.send(`/why ${n + 1}`)
      await quiet(house, chat)
      await chat.pressData(`again:${n + 1}`)
    }

    const kinds = (await chat.messages()).flatMap(({ photo, document }) =>
      photo ? ['photo'] : document ? ['document'] : [],
    )
    assert.deepEqual(kinds, ['photo', 'document', 'document'])
  })

  it('explains the last that failed when no number is given', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    await failWith(house, null)
    await chat.pressData('again:1')
    await (await claim(house.db)).booked()

    await chat.send('/why')

    await chat.see(/❌ #1 Yoga[\s\S]*I tried once:/)
  })

  it('explains what did not fail as well', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    await chat.send('/why 1')
    await chat.see(/⏳ #1 Yoga[\s\S]*I have not tried it yet/)
    const work = await claim(house.db)
    await chat.send('/why 1')
    await chat.see(/⏳ #1 Yoga[\s\S]*I am at it right now/)
    await work.booked()
    await chat.send('/why 1')

    await chat.see(/✅ #1 Yoga[\s\S]*It worked\.\n\nSo it went well in the end/)
  })

  it('offers nothing for a class that has begun, and never tried is said plainly', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    house.clock.advance({ hours: 48 })
    await house.db.write(async (tx) => {
      const error = JSON.stringify({ kind: 'expired', message: 'late' })
      await tx.updateTable('booking_actions').set({ status: 'expired', error }).where('id', '=', 1).execute()
    })

    await chat.send('/why')

    await chat.see(/I never got round to trying it\.\nThere was nobody to do it in time\.[\s\S]*already begun/)
  })

  it('leaves out the first of very many tries', async () => {
    const { house, chat } = await openAsked()
    await using _ = house
    for (let n = 0; n < 12; n++) {
      const work = await claim(house.db)
      house.clock.advance({ minutes: 1 })
      await work.end({
        status: 'pending',
        runAt: house.clock.now(),
        error: { kind: 'timeout', message: 'slow' },
        outcomeUnknown: false,
        countsAsAttempt: false,
      })
    }

    await chat.send('/why 1')

    const { text } = await screen(house, chat)
    assert.match(text, /I tried 12 times:\n• \(4 earlier ones are left out\)\n• 10:04: /)
    assert.equal(text.match(/did not answer in time/g)?.length, 8)
  })

  it('knows no number that is wrong, unknown or somebody else’s', async () => {
    const { house } = await openAsked()
    await using _ = house
    await failWith(house, null)
    await house.addUser(BRUNO)
    const chat = await house.chat(BRUNO)

    await chat.send('/why')
    await chat.see(/riuscito tutto quello che hai chiesto/)
    await chat.send('/why 1')
    await chat.see(/Non hai una richiesta #1/)
    await chat.send('/why domani')
    await chat.see(/Scrivi solo \/why/)
    assert.match((await chat.pressData('why:1')) ?? '', /non è più attuale|vecchio|scaduto/i)
    assert.doesNotMatch(await chat.transcript(), /Yoga/)
  })
})
