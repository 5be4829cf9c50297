import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { changePlan, createPlan, stopPlan } from '../../src/db/plans.ts'
import { addAccounts, moveOn, PORTAL, planOfHouse, press } from './plan-support.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, STRANGER, screen, TUESDAY } from './support.ts'

const PLACES = [
  { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 },
  { place: 'Fitness', options: [null], shared: true, maxAccounts: 3 },
]

type Scene = { house: House; anna: Chat; bruno: Chat; own: number; theirs: number; planId: number }

/** Anna has made a plan with an account of hers and one of Bruno's; Bruno has been asked. */
async function asked(house: House): Promise<Scene> {
  const [own] = await addAccounts(house, ANNA, ['Anna'])
  const [theirs] = await addAccounts(house, BRUNO, ['Bruno'])
  assert.ok(own && theirs)
  const anna = await house.chat(ANNA)
  const bruno = await house.chat(BRUNO)
  await anna.send('/start')
  await bruno.send('/start')
  await quiet(house, anna)
  const plan = { portal: PORTAL, date: TUESDAY, hours: 2, least: 2, from: 13, to: 16, places: PLACES }
  const made = await createPlan(house.db, { userId: ANNA.id, ...plan, accountIds: [own.id, theirs.id] })
  assert.equal(made.outcome, 'created')
  await bruno.see(/vorrebbe usare/)
  await quiet(house, bruno)
  return { house, anna, bruno, own: own.id, theirs: theirs.id, planId: made.planId }
}

const consentOf = async ({ house, theirs }: Scene) =>
  (await planOfHouse(house)).accounts.find(({ accountId }) => accountId === theirs)?.consent

describe('consent to a plan', () => {
  it('is asked of the owner of an account, who sees what it is about', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    const { bruno } = scene

    assert.deepEqual(await screen(house, bruno), {
      text: [
        '🤝 Anna vorrebbe usare il tuo account Bruno per un piano:',
        '',
        '🎯 Mar 24 nov, 13:00–16:00',
        '⏱ 2 ore di fila',
        '📍 X1 (A, B) → Fitness',
        '',
        'Se accetti, accedo a tuo nome e prenoto al massimo un’ora per posto. Ciò che non serve lo cancello subito.',
        'Puoi cambiare idea finché non finisce.',
      ].join('\n'),
      labels: ['✅ Accetta', '✖️ Rifiuta', '🎯 Mostra il piano'],
    })
    await bruno.press('Accetta')
    assert.match((await screen(house, bruno)).text, /✅ Hai accettato\.\nPuoi cambiare idea/)
    assert.equal(await consentOf(scene), 'accepted')
  })

  it('is seen at once by who made the plan', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    const { anna, bruno } = scene
    await anna.send('/plan')
    await press(house, anna, '🎯 Tue 24 Nov')
    assert.match((await screen(house, anna)).text, /👥 Anna ✅, Bruno ❔[\s\S]*🤝 Waiting for an answer from Bruno\./)

    await press(house, bruno, 'Accetta')
    await anna.see(/👥 Anna ✅, Bruno ✅/)
    await press(house, bruno, 'Rifiuta')
    await anna.see(/👥 Anna ✅, Bruno ✖️/)
    assert.equal(await consentOf(scene), 'refused')
    assert.doesNotMatch((await screen(house, anna)).text, /Waiting for/)
  })

  it('can be changed until the plan ends, from the plan too, and not any more then', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    const { bruno } = scene
    await press(house, bruno, 'Rifiuta')
    assert.deepEqual((await screen(house, bruno)).labels, ['✅ Accetta', '🎯 Mostra il piano'])
    const accept = (await bruno.buttons())[0]?.data ?? ''
    await press(house, bruno, 'Mostra il piano')
    assert.match((await screen(house, bruno)).text, /Un piano di Anna/)
    assert.deepEqual((await screen(house, bruno)).labels, ['🤝 La mia risposta: Bruno', '‹ Piani'])
    await press(house, bruno, 'La mia risposta', 'Accetta')
    assert.equal(await consentOf(scene), 'accepted')

    await stopPlan(house.db, ANNA.id, scene.planId)
    await moveOn(house)
    await quiet(house, bruno)
    assert.equal(await bruno.pressData(accept.replace('accepted', 'refused')), 'È già finito.')
    assert.equal(await consentOf(scene), 'accepted')
    await bruno.send('/plan')
    await press(house, bruno, /^\S+ Mar 24 nov/)
    assert.ok(!(await screen(house, bruno)).labels.some((label) => label.includes('La mia risposta')))
  })

  it('counts only for what was read: a plan that changed is asked about anew', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    const { bruno, planId } = scene
    await press(house, bruno, 'Accetta')
    const first = await bruno.see(/Hai accettato/)
    house.clock.advance({ minutes: 1 })
    await changePlan(house.db, ANNA.id, planId, { from: 18, to: 21 })
    await bruno.see(/Mar 24 nov, 18:00–21:00/)
    await quiet(house, bruno)
    assert.equal(await consentOf(scene), 'asked')

    const old = `plan-answer:${planId}:${scene.theirs}:1:accepted`
    // However often: nothing of what came since had reached the screen when it was pressed.
    for (let n = 0; n < 3; n++)
      assert.match((await bruno.pressData(old, { messageId: first.id })) ?? '', /Il piano è cambiato/)
    assert.equal(await consentOf(scene), 'asked')
    // The old message shows the new question by now, and an answer to that counts.
    await quiet(house, bruno)
    const shown = (await bruno.messages()).find(({ id }) => id === first.id)
    assert.match(shown?.text ?? '', /18:00–21:00/)
    const accept = shown?.buttons.find(({ label }) => label.includes('Accetta'))?.data ?? ''
    await bruno.pressData(accept, { messageId: first.id })
    assert.equal(await consentOf(scene), 'accepted')
  })

  it('cannot be given or taken by anybody else', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    const { anna, own, theirs, planId } = scene
    const carla = { id: 8, first_name: 'Carla', language_code: 'en' }
    await addAccounts(house, carla, ['Carla'])
    const chats = [anna, await house.chat(carla)]
    await chats[1]?.send('/start')
    const forged = [
      `plan-answer:${planId}:${theirs}:1:accepted`,
      `plan-answer:${planId}:${theirs}:1:refused`,
      `plan-answer:99:${theirs}:1:accepted`,
      `plan-answer:${planId}:${theirs}:accepted`,
      `plan-answer:${planId}:${theirs}:1:asked`,
      `plan-consent:${planId}:${theirs}`,
    ]
    for (const chat of chats)
      for (const data of forged) assert.match((await chat.pressData(data)) ?? '', /outdated/, data)
    for (const data of ['plan', 'plan-stop', 'plan-ask-stop', 'plan-change', 'plan-again'])
      assert.match((await chats[1]?.pressData(`${data}:${planId}`)) ?? '', /outdated/, data)
    assert.match((await chats[1]?.pressData(`plan-details:${planId}:0`)) ?? '', /outdated/)
    // An owner of an account sees the plan, but only who made it may touch it.
    for (const data of ['plan-stop', 'plan-change', 'plan-again'])
      assert.match((await scene.bruno.pressData(`${data}:${planId}`)) ?? '', /non è più attuale/, data)

    assert.equal(await consentOf(scene), 'asked')
    assert.equal((await planOfHouse(house)).state, 'active')
    assert.ok(own)
    const stranger = await house.chat(STRANGER)
    await stranger.send('/plan')
    await quiet(house, stranger)
    assert.equal(await stranger.last(), undefined)
  })

  it('is withdrawn with the account, and no old question is left to answer', async () => {
    await using house = await openHouse()
    const scene = await asked(house)
    await press(house, scene.bruno, 'Accetta')
    await scene.bruno.send('/accounts')
    await quiet(house, scene.bruno)
    await scene.bruno.pressData(`account-remove-yes:${scene.theirs}`)

    assert.match((await scene.bruno.pressData(`plan-answer:${scene.planId}:${scene.theirs}:1:refused`)) ?? '', /./)
    assert.deepEqual(
      (await planOfHouse(house)).accounts.map(({ accountId }) => accountId),
      [scene.own],
    )
  })
})
