import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { PortalBooking, SlotKey, SlotState } from '../../../src/portals/contract.ts'
import type { Cell } from '../../../src/portals/delft-x/cells.ts'
import { openingsOf } from '../../../src/portals/delft-x/openings.ts'
import { errorOfRefusal, type Shown } from '../../../src/portals/delft-x/refusal.ts'
import { topicOf } from '../../../src/portals/delft-x/refusals.ts'
import type { PortalErrorKind } from '../../../src/portals/errors.ts'
import { SiteClock } from '../../../src/portals/shared/site-clock.ts'

const SLOT: SlotKey = { date: '2025-11-17', start: '13:00', location: 'X1', course: 'X1 A', siteId: null }
const OPENING = Temporal.Instant.from('2025-11-14T12:00:00Z')
const START = Temporal.Instant.from('2025-11-17T12:00:00Z')

const order = { startDate: '', endDate: '', bookableProductId: 4, linkedProductId: 20045, bookingId: null }
const cell = (state: SlotState): Cell => ({ ...SLOT, end: '13:59', instructor: null, spots: null, state, order })
const held = (change: Partial<PortalBooking> = {}): PortalBooking => ({
  ...{ date: '2025-11-17', start: '13:00', end: '13:59', location: 'X1', course: 'X1 A', cancellable: true },
  ...change,
})
const FREE: Shown = { bookings: [], cell: cell('available') }

type Case = { words?: string; status?: number; at?: Temporal.Instant | null; shown?: Shown | Error; slot?: SlotKey }

/** The error, and how often the portal was looked at for it. */
async function judge({ words = '', status = 403, at = OPENING.add({ minutes: 30 }), shown = FREE, slot = SLOT }: Case) {
  let looks = 0
  const look = async () => {
    looks++
    if (shown instanceof Error) throw shown
    return shown
  }
  const clock = new SiteClock({ now: () => at ?? OPENING })
  const error = await errorOfRefusal({ status, words, at }, slot, openingsOf(slot, undefined), clock, look)
  return { error, kind: error.kind, looks, opensAt: error.opensAt?.toString() }
}
const kindOf = async (one: Case): Promise<PortalErrorKind> => (await judge(one)).kind

describe('the words of a refusal', () => {
  const topics: [string, ReturnType<typeof topicOf>][] = [
    ['You can book at most 72 hours in advance', 'early'],
    ['Je kunt maximaal 72 uur vooraf boeken', 'early'],
    ['Deze activiteit is nog niet open', 'early'],
    ['Booking is not yet possible', 'early'],
    ['This slot is not available yet', 'early'],
    ['Deze plaats is nog niet beschikbaar', 'early'],
    ['You can book at most 72 hours before the start', 'early'],
    ['U kunt maximaal 72 uur op voorhand boeken', 'early'],
    ['Maximaal 72 uur voor aanvang', 'early'],
    ['You can book at most 2 hours per day', 'limit'],
    ['Not available', 'full'],
    ['You have already reached the maximum number of bookings per day', 'limit'],
    ['Je hebt het maximum aantal boekingen bereikt', 'limit'],
    ['Daily limit reached', 'limit'],
    ['Deze les is vol', 'full'],
    ['VOL', 'full'],
    ['This slot has already been taken', 'full'],
    ['De plaats is al bezet', 'full'],
    ['The session is fully booked', 'full'],
    ['Niet meer beschikbaar', 'full'],
    ['You are already registered', 'mine'],
    ['Je bent reeds ingeschreven', 'mine'],
    ['Je bent al ingeschreven', 'mine'],
    ['You have another booking at this time', 'overlap'],
    ['Overlapt met een andere boeking', 'overlap'],
    ['A subscription is required', 'membership'],
    ['Geen geldig abonnement', 'membership'],
    ['Twee uur', 'hours'],
    // Parts of other words say nothing.
    ['Volgens de voorwaarden kan dit helaas', undefined],
    ['Forbidden resource', undefined],
    ['', undefined],
  ]
  for (const [words, topic] of topics) {
    it(`"${words}" ${topic === undefined ? 'say nothing' : `are about ${topic}`}`, () => {
      assert.equal(topicOf(words), topic)
      assert.equal(topicOf(` ${words.toUpperCase()}\n`), topic)
    })
  }
})

describe('the error behind a refusal', () => {
  it('is told at once by words of weight, and passes them on', async () => {
    for (const [words, kind] of [
      ['Maximum bereikt', 'limit-reached'],
      ['Deze les is vol', 'slot-full'],
      ['Geen abonnement', 'no-subscription'],
    ] as const) {
      const { error, looks } = await judge({ words })
      assert.deepEqual([error.kind, error.portalSays, looks], [kind, words, 0])
    }
  })

  it('is "not yet" whenever the portal’s own clock says so, whatever its words', async () => {
    for (const words of ['', 'Vol', 'nonsense']) {
      const { kind, looks, opensAt } = await judge({ words, at: OPENING.subtract({ seconds: 1 }) })
      assert.deepEqual([kind, looks, opensAt], ['not-open-yet', 0, OPENING.toString()])
    }
  })

  it('is "not yet" a moment after the opening too: slots may open late', async () => {
    const soon = OPENING.add({ seconds: 1 })
    const said = await judge({ words: 'Only 72 hours ahead', at: soon })
    assert.deepEqual([said.kind, said.looks], ['not-open-yet', 0])
    assert.equal(said.opensAt, soon.add({ milliseconds: 1_500 }).toString())
    assert.equal(await kindOf({ words: 'nonsense', at: soon }), 'not-open-yet')
    assert.equal(await kindOf({ words: 'nonsense', at: OPENING.add({ seconds: 10 }) }), 'refused')
    assert.equal(await kindOf({ words: 'Only 72 hours ahead', at: OPENING.add({ minutes: 5 }) }), 'refused')
  })

  it('waits for the later reading around a change of the clocks', async () => {
    const slot = { ...SLOT, date: '2026-03-30' }
    const at = Temporal.Instant.from('2026-03-27T11:00:01Z')
    const { kind, opensAt } = await judge({ slot, at, words: 'Nog niet open' })
    assert.deepEqual([kind, opensAt], ['not-open-yet', '2026-03-27T12:00:00Z'])
  })

  it('is told by the account’s bookings and by the slot where words do not tell', async () => {
    const other = held({ location: 'X3', course: 'X3 A' })
    const sameDay = held({ start: '15:00', course: 'X1 B' })
    assert.equal(await kindOf({ words: 'already', shown: { ...FREE, bookings: [held()] } }), 'already-booked')
    assert.equal(await kindOf({ status: 409, shown: { ...FREE, bookings: [held()] } }), 'already-booked')
    assert.equal(await kindOf({ shown: { ...FREE, bookings: [other] } }), 'overlap')
    assert.equal(await kindOf({ words: 'Overlap', shown: FREE }), 'overlap')
    assert.equal(await kindOf({ shown: { ...FREE, bookings: [sameDay] } }), 'limit-reached')
    assert.equal(await kindOf({ shown: { bookings: [], cell: cell('booked') } }), 'slot-full')
    assert.equal(await kindOf({ status: 409, words: 'already' }), 'slot-full')
    assert.equal(await kindOf({ shown: { bookings: [], cell: undefined } }), 'slot-gone')
    assert.equal(await kindOf({ shown: { ...FREE, bookings: [held({ date: '2025-11-18' })] } }), 'refused')
    assert.equal(await kindOf({ words: 'You are already registered', at: OPENING.add({ seconds: 1 }) }), 'refused')
  })

  it('is a refusal with the portal’s words when nothing can be seen either', async () => {
    const { error } = await judge({ words: 'Helaas', shown: new Error('no connection') })
    assert.deepEqual([error.kind, error.portalSays], ['refused', 'Helaas'])
  })

  it('is "too late" from the start on', async () => {
    assert.equal(await kindOf({ words: 'vol', at: START }), 'too-late')
  })

  it('is a changed page when the request itself was not understood', async () => {
    const { error } = await judge({ status: 400, words: 'memberId must be a number' })
    assert.deepEqual([error.kind, error.portalSays], ['page-changed', 'memberId must be a number'])
    assert.ok(error.lookedFor)
    assert.equal(await kindOf({ status: 404, words: 'Cannot POST' }), 'page-changed')
  })

  it('always says when to try again if it is too early, and only then', async () => {
    const words = fc.oneof(fc.string(), fc.constantFrom('72 hours ahead', 'vol', 'max', 'already', 'uur'))
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: -300, max: 300_000 }), async (words, seconds) => {
        const { error } = await judge({ words, at: OPENING.add({ seconds }) })
        assert.equal(error.opensAt !== undefined, error.kind === 'not-open-yet')
        if (seconds < 0) assert.equal(error.kind, 'not-open-yet')
        if (seconds >= 300) assert.notEqual(error.kind, 'not-open-yet')
        if (error.opensAt) assert.ok(Temporal.Instant.compare(error.opensAt, OPENING.add({ seconds })) > 0)
      }),
    )
  })
})
