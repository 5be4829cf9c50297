import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseAnswer, slotsInAnswer, verdictInAnswer } from '../../../src/portals/polimisport/schedule-answer.ts'

const ITEM = {
  ...{ AppointmentId: '900000000000012345', ParentCourseId: '900000000000000777', Type: 'Class', Status: 'Available' },
  ...{ TimeStart: '18:30', TimeDuration: '55 min', DateStart: '2026-10-14', StartDateTime: '2026-10-14T18:30:00' },
  ...{ EndDateTime: '2026-10-14T19:25:00', DurationMinutes: 55, EventName: 'Giuriati - Corsi Platinum' },
  ...{ EventDescription: 'Giuriati - Corsi Platinum', SkillName: 'YOGA', EventDescription2: 'con ESEMPIO ADA' },
  ...{ EventDescription3: 'Posti disponibili: 7', Notes: 'Prenota', Icon: 'fa fa-check', ServiceId: null },
}
const SLOT = {
  ...{ date: '2026-10-14', start: '18:30', end: '19:25', location: 'Giuriati - Corsi Platinum', course: 'YOGA' },
  ...{ siteId: '900000000000012345', instructor: 'ESEMPIO ADA', spots: 7, state: 'available' },
}
const read = (...items: unknown[]) =>
  slotsInAnswer(parseAnswer(JSON.stringify({ status: 'OK', data: items })), 'Giuriati - Corsi Platinum')

describe('a schedule answer', () => {
  it('is read as the dossier has it', () => assert.deepEqual(read(ITEM), [SLOT]))

  it('may be empty', () => assert.deepEqual(read(), []))

  it('may spell its fields in other cases and bring more of them', () => {
    const spelled = Object.entries(ITEM).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value])
    assert.deepEqual(read({ ...Object.fromEntries(spelled), somethingNew: { deep: [1] } }), [SLOT])
    const loud = Object.entries(ITEM).map(([key, value]) => [key.toUpperCase(), value])
    assert.deepEqual(read(Object.fromEntries(loud)), [SLOT])
  })

  it('may leave out what can be told from the rest', () => {
    const { EndDateTime: _end, DurationMinutes: _minutes, EventName: _name, ...less } = ITEM
    assert.deepEqual(read(less), [SLOT])
    const { StartDateTime: _start, ...lesser } = less
    assert.deepEqual(read(lesser), [SLOT])
  })

  it('may hold its ids as numbers: they come out as they stand', () => {
    const json = JSON.stringify({ status: 'OK', data: [ITEM] }).replace('"900000000000012345"', '900000000000012345')
    assert.deepEqual(slotsInAnswer(parseAnswer(json), ''), [SLOT])
  })

  it('keeps any long id exact, and leaves texts alone', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 18n }), fc.string(), (id, note) => {
        const json = `{"status":"OK","message":${JSON.stringify(note)},"Id":${id}}`
        assert.deepEqual(parseAnswer(json), { status: 'OK', message: note, id: String(id) })
      }),
    )
  })

  it('of a gym turn has no class and no instructor', () => {
    const turn = { ...ITEM, EventDescription: 'Giuriati - Fit Center', SkillName: null, EventDescription2: null }
    const [slot] = read(turn) ?? []
    assert.deepEqual([slot?.location, slot?.course, slot?.instructor], ['Giuriati - Fit Center', null, null])
  })

  it('does not know the spots when it does not say', () => {
    for (const silent of ['', null, undefined])
      assert.equal(read({ ...ITEM, EventDescription3: silent })?.[0]?.spots, null)
  })

  it('is nothing when it is another', () => {
    const { AppointmentId: _id, ...without } = ITEM
    assert.equal(read(without), undefined)
    assert.equal(read(ITEM, { ...ITEM, StartDateTime: null, TimeStart: null }), undefined)
    for (const body of [
      undefined,
      null,
      [],
      {},
      { status: 'ERROR', error_message: 'x' },
      { status: 'OK' },
      { data: [] },
    ]) {
      assert.equal(slotsInAnswer(body, ''), undefined)
    }
  })

  it('is no JSON when it is a page', () => {
    for (const text of ['', '<!DOCTYPE html>', 'OK', '{']) assert.equal(parseAnswer(text), undefined)
  })
})

describe('the answer to a booking', () => {
  const verdict = (body: unknown) => verdictInAnswer(parseAnswer(JSON.stringify(body)))

  it('is done or refused', () => {
    assert.deepEqual(verdict({ status: 'OK', message: 'Prenotazione completata.', url: '/', canBookAgain: true }), {
      ok: true,
    })
    assert.deepEqual(verdict({ Status: 'Ok' }), { ok: true })
    assert.deepEqual(verdict({ status: 'ERROR', message: 'Pieno' }), { ok: false, message: 'Pieno' })
    assert.deepEqual(verdict({ status: 'ERROR', error_message: 'Pieno' }), { ok: false, message: 'Pieno' })
    assert.deepEqual(verdict({ status: 'WHATEVER' }), { ok: false, message: '' })
  })

  it('is nothing when it does not say', () => {
    for (const body of [{}, [], 'OK', null, { ok: true }]) assert.equal(verdict(body), undefined)
  })
})
