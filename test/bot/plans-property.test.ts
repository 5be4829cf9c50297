import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Chat } from '../../sim/telegram/client.ts'
import { type Draft, emptyDraft, mended } from '../../src/bot/plans/draft.ts'
import { hourLines } from '../../src/bot/plans/hour-lines.ts'
import { readDate } from '../../src/bot/plans/read-date.ts'
import { readTexts } from '../../src/bot/texts.ts'
import type { TryView } from '../../src/db/plan-tries.ts'
import { listPlans, type PlanView } from '../../src/db/plan-views.ts'
import { addAccounts, makePlan } from './plan-support.ts'
import { ANNA, BRUNO, type House, NOW, openHouse, quiet, TODAY, TUESDAY } from './support.ts'

const hour = fc.integer({ min: 0, max: 24 })

describe('a day that is written', () => {
  it('is read however it is written', () => {
    const today = Temporal.PlainDate.from(TODAY)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (days) => {
        const date = today.add({ days })
        const { day, month, year } = date
        const texts = [
          `${day}/${month}`,
          `${day}/${month}/${year}`,
          `${day}.${month}`,
          `  ${date} `,
          `on ${day}/${month}!`,
        ]
        for (const text of texts) assert.equal(readDate(text, TODAY), date.toString(), text)
      }),
    )
  })

  it('is a date, or none at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/. -]{1,12}$/)), (text) => {
        const date = readDate(text, TODAY)
        if (date !== undefined) assert.equal(Temporal.PlainDate.from(date).toString(), date)
      }),
    )
  })
})

describe('a plan in the making', () => {
  it('goes together whatever of it changes', () => {
    const draft = fc
      .record({ from: hour, to: hour, hours: fc.integer({ min: 1, max: 6 }), less: fc.nat({ max: 3 }) })
      .map(({ from, to, hours, less }) => ({ ...emptyDraft('delft-x'), from, to, hours, least: hours - less }))
    fc.assert(
      fc.property(draft, (before: Draft) => {
        const { hours, least } = mended(before)
        assert.ok(hours >= 1 && hours <= 4 && hours <= Math.max(1, before.to - before.from))
        assert.ok(least === hours || (least === hours - 1 && least >= 1 && before.least === before.hours - 1))
        assert.deepEqual(mended(mended(before)), mended(before))
      }),
    )
  })
})

const STATES = [
  'open',
  'won',
  'taken',
  'limit',
  'overlap',
  'no-subscription',
  'refused',
  'auth-failed',
  'failed',
] as const
const anyTry: fc.Arbitrary<TryView> = fc.record({
  id: fc.nat(),
  planId: fc.constant(1),
  hour: fc.integer({ min: 13, max: 16 }),
  place: fc.constantFrom('X1', 'X3'),
  option: fc.constantFrom('A', 'B', ''),
  account: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('spread', 'sibling'),
  state: fc.constantFrom(...STATES, 'stopped'),
  cancelling: fc.constantFrom(null, 'open', 'done', 'failed'),
  waits: fc.constantFrom(null, 'try', 'cancel'),
  recallable: fc.boolean(),
  foreign: fc.boolean(),
  accountName: fc.constantFrom(null, 'Zoë & <i>'),
  actionId: fc.nat(),
  cancelActionId: fc.constant(null),
  bookingId: fc.constant(null),
  error: fc.constant(null),
  portalSays: fc.constant(null),
  outcomeUnknown: fc.boolean(),
  queuedAt: fc.constant(NOW.toString()),
  cancelQueuedAt: fc.constantFrom(null, NOW.toString()),
  at: fc.constant(NOW.toString()),
})
const hall = (place: string) => ({ place, options: ['A', 'B'], shared: false, maxAccounts: 3 })
const PLAN: Omit<PlanView, 'tries' | 'state'> = {
  id: 1,
  userId: ANNA.id,
  portal: 'delft-x',
  date: TUESDAY,
  hours: 2,
  least: 1,
  from: 13,
  to: 17,
  places: [hall('X1'), hall('X3')],
  version: 1,
  outcome: null,
  chatMessageId: null,
  createdAt: NOW.toString(),
  endedAt: null,
  accounts: [],
}

describe('the lines of the hours', () => {
  it('have one for each, with what is held first', () => {
    const texts = Object.values(readTexts())
    const plan = fc.record({ tries: fc.array(anyTry, { maxLength: 12 }), state: fc.constantFrom('active', 'stopping') })
    fc.assert(
      fc.property(plan, fc.constantFrom(...texts), fc.integer({ min: 0, max: 90 }), (more, words, ahead) => {
        const now = NOW.add({ hours: ahead })
        const lines = hourLines({ words, plan: { ...PLAN, ...more }, names: new Map([[1, '<b>']]), now })
        assert.deepEqual(
          lines.map((line) => line.slice(0, 5)),
          ['13:00', '14:00', '15:00', '16:00'],
        )
        for (const [index, line] of lines.entries()) {
          const tries = more.tries.filter((made) => made.hour === 13 + index)
          const isHeld = tries.some(
            ({ state, cancelling }) => state === 'won' && (cancelling === null || cancelling === 'failed'),
          )
          assert.equal(line.includes(' ✅ '), isHeld, line)
          assert.match(line, /^\d\d:00 (✅|🎯|🔴|↩️|⏳|➖) \S/u)
          assert.doesNotMatch(line, /undefined|\{|<b>/)
        }
      }),
    )
  })
})

/** One thing that Bruno does, or that happens to the bot. */
type Deed =
  /** `go-on`: what leads to the next question, where there is such a button. */
  | { kind: 'press' | 'go-on' | 'press-stale' | 'press-foreign' | 'forge'; which: number }
  | { kind: 'say'; text: string }
  | { kind: 'new' | 'repeat' | 'restart' }

/** From wherever the conversation is to its end; from its beginning to a plan that can be started. */
const TO_THE_END: readonly Deed[] = Array.from({ length: 13 }, () => ({ kind: 'go-on', which: 4 }))

const which = fc.nat({ max: 200 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ kind: fc.constantFrom('press', 'go-on', 'go-on', 'go-on'), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('press-stale', 'press-foreign', 'forge'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom('24/11', '13-18', 'x') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('new', 'repeat', 'restart') }) },
)

async function buttonsOf(chat: Chat): Promise<string[]> {
  return (await chat.messages()).flatMap(({ buttons }) => buttons.flatMap(({ data }) => data ?? []))
}

async function carryOut(
  house: House,
  bruno: Chat,
  foreign: readonly string[],
  seen: string[],
  one: Deed,
): Promise<void> {
  await quiet(house, bruno)
  const inSight = (await buttonsOf(bruno)).filter((data) => /^(talk|plan)/.test(data))
  seen.push(...inSight.filter((data) => !seen.includes(data)))
  const press = async (from: readonly string[], at: number) => {
    const data = from[at % Math.max(1, from.length)]
    if (data !== undefined) await bruno.pressData(data)
  }
  switch (one.kind) {
    case 'press':
      return press(inSight, one.which)
    case 'go-on': {
      // Not from older messages: a bot that was started again may have left buttons there that lead nowhere.
      const newest = (await bruno.buttons()).flatMap(({ data }) => data ?? [])
      const on = newest.filter((data) => /:(next|start|all|fewer)$/.test(data))
      const ahead = newest.filter((data) => data.startsWith('talk:') && !/:(back|stop)$/.test(data))
      const next = on.length > 0 && one.which % 3 > 0 ? on : ahead
      return press(next.length > 0 ? next : ['plan-new'], one.which)
    }
    case 'press-stale':
      return press(seen, one.which)
    case 'press-foreign':
      return press(foreign, one.which)
    case 'forge': {
      const talk = inSight
        .filter((data) => data.startsWith('talk:'))
        .map((data) => data.replace(/[^:]*$/, `a.${one.which}`))
      return press(talk, one.which)
    }
    case 'say':
      return void (await bruno.send(one.text))
    case 'new':
      return void (await bruno.pressData('plan-new'))
    case 'repeat':
      return house.control.repeatUpdate()
    case 'restart':
      await house.bot.stop()
      return house.startBot()
  }
}

/** Whatever Bruno has made is a plan that can be carried out, with nobody's account but by their word. */
async function findsAllWhole(house: House): Promise<void> {
  const plans = (await listPlans(house.db.read, BRUNO.id)).filter(({ userId }) => userId === BRUNO.id)
  for (const plan of plans) {
    assert.ok(plan.from < plan.to && plan.to <= 24)
    assert.ok(plan.hours >= 1 && plan.hours <= Math.min(4, plan.to - plan.from))
    assert.ok(plan.least === plan.hours || plan.least === Math.max(1, plan.hours - 1))
    assert.ok(plan.places.length > 0 && plan.places.every(({ options }) => options.length > 0))
    assert.equal(new Set(plan.places.map(({ place }) => place)).size, plan.places.length)
    assert.ok(plan.accounts.length * plan.places.length >= plan.least)
    for (const { ownerId, consent } of plan.accounts) assert.equal(consent, ownerId === BRUNO.id ? 'accepted' : 'asked')
  }
}

describe('the conversation about a plan, whatever somebody does in it', () => {
  it('makes only plans that are whole, and leaves other people’s alone', { timeout: 200_000 }, async () => {
    await using house = await openHouse()
    const own = await addAccounts(house, ANNA, ['Anna'])
    await addAccounts(house, BRUNO, ['Bruno', 'Zwei'])
    const anna = await house.chat(ANNA)
    const planId = await makePlan(house, { userId: ANNA.id, accountIds: own.map(({ id }) => id), date: '2026-12-24' })
    await anna.send('/plan')
    await anna.press(/^🎯/)
    await anna.see(/👥 Anna ✅/)
    const foreign = (await buttonsOf(anna)).filter((data) => data !== 'plans:0')
    const before = await listPlans(house.db.read, ANNA.id)
    const bruno = await house.chat(BRUNO)
    await bruno.send('/plan')
    await quiet(house, bruno)

    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
        const seen: string[] = []
        await bruno.pressData('plan-new')
        for (const one of [...deeds, ...TO_THE_END]) await carryOut(house, bruno, foreign, seen, one)
        await quiet(house, bruno)
        await findsAllWhole(house)
        const [annas] = (await listPlans(house.db.read, ANNA.id)).filter(({ id }) => id === planId)
        assert.deepEqual(annas, before[0])
        await bruno.seeNot(/qualcosa è andato storto/i)
      }),
      // Straight from the beginning to the end first: that makes a plan.
      { numRuns: 9, examples: [[[]]] },
    )
    assert.ok((await listPlans(house.db.read, BRUNO.id)).length > 0, 'no plan was made: nothing was tried out')
    assert.deepEqual(await house.control.violations(), [])
  })
})
