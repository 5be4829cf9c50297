import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { SlotKey } from '../../../src/portals/contract.ts'
import type { PortalStand, StandIn } from './stand.ts'

/** Days of some years, the changes of the clocks and a leap day among them; hours at which places are open. */
const days = fc
  .integer({ min: 0, max: 3 * 366 })
  .map((n) => Temporal.PlainDate.from('2026-01-01').add({ days: n }).toString())
const times = fc.integer({ min: 6 * 4, max: 24 * 4 - 1 }).map((n) =>
  Temporal.PlainTime.from('00:00')
    .add({ minutes: 15 * n })
    .toString({ smallestUnit: 'minute' }),
)

/** The pure room: what a portal says of itself makes sense. */
export function checkFacts({ facts, examples }: PortalStand): void {
  const place = fc.constantFrom(...examples)
  const start = ({ date, start }: SlotKey) => Temporal.PlainDateTime.from(`${date}T${start}`)
  const openingOf = (slot: SlotKey) => facts.opening(slot).epochMilliseconds

  describe('the pure room', () => {
    it('has a name, an id that is its folder, and a time zone', () => {
      assert.match(facts.id, /^[a-z][a-z0-9-]*$/)
      assert.notEqual(facts.name.trim(), '')
      assert.ok(Intl.supportedValuesOf('timeZone').includes(facts.timeZone), facts.timeZone)
      assert.ok(Number.isInteger(facts.viewDays) && facts.viewDays >= 1 && facts.viewDays <= 60)
    })

    it('has addresses', () => {
      for (const address of Object.values(facts.urls)) assert.match(new URL(address).protocol, /^https:$/)
    })

    it('is polite', () => {
      assert.ok(Number.isInteger(facts.politeness.sessions) && facts.politeness.sessions >= 1)
      assert.ok(facts.politeness.minGapMs >= 100)
    })

    it('asks for a user name and a password, and shows no secret', () => {
      const kinds = facts.credentialFields.map(({ name, kind }) => [name, kind])
      assert.equal(new Set(facts.credentialFields.map(({ name }) => name)).size, kinds.length)
      const { username, password, otpauth = 'otpauth' } = Object.fromEntries(kinds)
      assert.deepEqual([username, password, otpauth], ['text', 'secret', 'otpauth'])
      for (const { question } of facts.credentialFields) {
        for (const words of Object.values(question ?? {})) assert.notEqual(words.trim(), '')
      }
    })

    it('gives an example that has the format it asks for, and says so each time', () => {
      for (const { format } of facts.credentialFields) {
        if (format) for (const _ of [1, 2]) assert.match(format.example, format.pattern)
      }
    })

    it('opens no slot after its start', () => {
      fc.assert(
        fc.property(days, times, place, (date, time, place) => {
          const slot = { ...place, date, start: time }
          assert.ok(openingOf(slot) <= start(slot).toZonedDateTime(facts.timeZone).epochMilliseconds)
        }),
      )
    })

    it('opens the slots of a place in their order', () => {
      const slots = fc.record({ date: days, start: times })
      fc.assert(
        fc.property(slots, slots, place, (one, two, place) => {
          const [first, second] = [
            { ...place, ...one },
            { ...place, ...two },
          ]
          const order = Temporal.PlainDateTime.compare(start(first), start(second))
          if (order < 0) assert.ok(openingOf(first) <= openingOf(second))
          else assert.ok(openingOf(first) >= openingOf(second))
        }),
      )
    })

    it('has a later reading of an opening only where there is one, and before the start', () => {
      fc.assert(
        fc.property(days, times, place, (date, time, place) => {
          const slot = { ...place, date, start: time }
          const later = facts.laterOpening?.(slot)?.epochMilliseconds
          if (later === undefined) return
          assert.ok(later > openingOf(slot))
          assert.ok(later <= start(slot).toZonedDateTime(facts.timeZone).epochMilliseconds)
        }),
      )
    })

    it('names the places of plans, each part once', () => {
      for (const { place, options } of facts.planPlaces ?? []) {
        assert.notEqual(place.trim(), '')
        assert.ok(options.length > 0 && new Set(options).size === options.length, `${place}: ${options}`)
      }
    })

    it('knows its openings wherever the machine is', () => {
      const { TZ } = process.env
      try {
        const seen = ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'].map((zone) => {
          process.env['TZ'] = zone
          return examples.map((slot) => facts.opening({ ...slot, date: '2026-03-29' }).toString())
        })
        assert.deepEqual([seen[1], seen[2]], [seen[0], seen[0]])
      } finally {
        if (TZ === undefined) delete process.env['TZ']
        else process.env['TZ'] = TZ
      }
    })
  })
}

/** What the stand-in needs of the pure room, so that nothing in it contradicts the operating room. */
export function checkAgreement({ facts }: PortalStand, { operator, people, urls }: StandIn): void {
  assert.deepEqual(Object.keys(urls).toSorted(), Object.keys(facts.urls).toSorted())
  assert.equal(operator.contextOptions.timezoneId, facts.timeZone)
  assert.ok(operator.secretSelectors.length > 0)
  for (const person of people) {
    for (const { name, format } of facts.credentialFields) {
      if (format) assert.match(person[name] ?? '', format.pattern)
    }
  }
}
