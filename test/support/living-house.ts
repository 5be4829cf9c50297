import type { Chat, TelegramControl } from '../../sim/telegram/client.ts'
import { connectChat, connectTelegram } from '../../sim/telegram/client.ts'
import { startTelegram } from '../../sim/telegram/server.ts'
import { type RunningBot, startBot } from '../../src/bot/bot.ts'
import { addRule, type NewRule } from '../../src/db/periodic-bookings.ts'
import { updateUser } from '../../src/db/users.ts'
import { type Periodic, startPeriodic } from '../../src/periodic/periodic.ts'
import { OWNER } from './house.ts'
import { patience } from './patience.ts'
import { openPortalHouse, type PortalHouse } from './portal-house.ts'

/** Between two looks of the periodic executor while nothing happens: at a moment past each half hour. */
const STRIDE_MS = 30 * 60_000
const MOMENT_MS = 1_000
/** While somebody is at work time goes in steps that no lease notices. */
const STEP = { seconds: 4 }
/** From so long before an opening on, time goes as it does in life. */
const AIM = { milliseconds: 1_500 }

/** Bot, worker and periodic executor of one household, whose time is moved: weeks go by in seconds. */
export type LivingHouse = PortalHouse & {
  telegram: TelegramControl
  ada: Chat
  bot: RunningBot
  periodic: Periodic
  /** Starts another executor on the same database. */
  startPeriodic(): Promise<Periodic>
  /** Lets time go by until `at` (an instant, or a wall time in Rome), and everybody do what there is to do. */
  until(at: string): Promise<void>
  /** Waits until there is nothing to do at this moment. */
  quiet(): Promise<void>
  addRule(rule: Pick<NewRule, 'course' | 'weekday' | 'start' | 'mode'> & Partial<NewRule>): Promise<number>
}

export async function openLivingHouse(start: string): Promise<LivingHouse> {
  const portalHouse = await openPortalHouse(start)
  const { house, clock, account } = portalHouse
  const { db, vault, log, folder } = house
  await updateUser(db, OWNER.id, { first_name: OWNER.first_name })
  const telegram = await startTelegram({ users: [OWNER], clock: clock.now })
  const limits = { actionsPerHour: 60 }
  const bot = await startBot({ db, vault, token: telegram.token, apiRoot: telegram.url, dataDir: folder, limits, log })
  await bot.ready
  const executors: Periodic[] = []
  const newPeriodic = async () => {
    const periodic = await startPeriodic({ db, log })
    executors.push(periodic)
    return periodic
  }
  const periodic = await newPeriodic()
  const ada = await connectChat(telegram.url, OWNER)
  await ada.send('/start')
  await ada.see('Hi')

  /** Nothing due, nobody at work, nothing owed, everything said. */
  async function quiet(): Promise<void> {
    const limit = patience()
    for (;;) {
      for (const executor of executors) await executor.look()
      const busy = await countBusy(portalHouse)
      await bot.idle()
      await ada.idle()
      if (busy === 'nothing') return
      limit.throwIfAborted()
      // Whoever holds a lease renews it, as it would have done in that time.
      if (busy !== 'working') clock.move(stepTowards(busy.opening, clock.now()))
      db.waker.poke('work')
      db.waker.poke('news')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async function until(at: string): Promise<void> {
    const end = instantOf(at)
    for (;;) {
      await quiet()
      const left = clock.now().until(end).total('seconds')
      if (left <= 0) return
      const next = await nextRunAt(portalHouse, end)
      const stride = nextStride(clock.now())
      const to = Temporal.Instant.compare(next, stride) < 0 ? next : stride
      const ahead = clock.now().until(to)
      if (ahead.total('milliseconds') > 0) clock.move(ahead)
    }
  }

  return {
    ...portalHouse,
    telegram: connectTelegram(telegram.url),
    ada,
    bot,
    periodic,
    startPeriodic: newPeriodic,
    until,
    quiet,
    async addRule(rule) {
      const { id } = await addRule(db, {
        userId: OWNER.id,
        accountId: account.id,
        portal: account.portal,
        location: 'Giuriati - Corsi Platinum',
        end: null,
        ...rule,
      })
      return id
    },
    async close() {
      for (const executor of executors) await executor.stop()
      await bot.stop()
      await portalHouse.close()
      await telegram.close()
    },
  }
}

function nextStride(now: Temporal.Instant): Temporal.Instant {
  const ms = now.epochMilliseconds - MOMENT_MS
  return Temporal.Instant.fromEpochMilliseconds(ms - (ms % STRIDE_MS) + STRIDE_MS + MOMENT_MS)
}

function instantOf(at: string): Temporal.Instant {
  if (/Z$/.test(at)) return Temporal.Instant.from(at)
  return Temporal.PlainDateTime.from(at).toZonedDateTime('Europe/Rome').toInstant()
}

/** Not so far that nobody has the time to take aim. */
function stepTowards(opening: Temporal.Instant, now: Temporal.Instant): Temporal.Duration {
  const left = now.until(opening.subtract(AIM))
  if (left.sign <= 0) return new Temporal.Duration()
  return Temporal.Duration.compare(left, STEP) < 0 ? left : Temporal.Duration.from(STEP)
}

/** `working`: something is due or owed; with an opening: somebody at work waits for the clock to come near it. */
async function countBusy({
  house: { db },
  clock,
  facts,
}: PortalHouse): Promise<'nothing' | 'working' | { opening: Temporal.Instant }> {
  const now = clock.now().toString({ fractionalSecondDigits: 3 })
  const open = await db.read
    .selectFrom('booking_actions')
    .select(['id', 'status', 'run_at', 'date', 'time_slot', 'location'])
    .where('status', 'in', ['pending', 'processing'])
    .execute()
  for (const { id, ...slot } of open.filter(({ status }) => status === 'processing')) {
    const steps = await db.read
      .selectFrom('action_steps')
      .select('name')
      .where('action_id', '=', id)
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    if (steps[0]?.name !== 'waiting-for-opening') return 'working'
    const { date, time_slot: start, location } = slot
    return { opening: facts.opening({ date: String(date), start: String(start), location: String(location) }) }
  }
  if (open.some(({ run_at }) => run_at <= now)) return 'working'
  const owed = await db.read.selectFrom('notices').select('id').where('state', '=', 'pending').execute()
  return owed.length > 0 ? 'working' : 'nothing'
}

async function nextRunAt({ house: { db } }: PortalHouse, end: Temporal.Instant): Promise<Temporal.Instant> {
  const row = await db.read
    .selectFrom('booking_actions')
    .select(({ fn }) => fn.min('run_at').as('at'))
    .where('status', '=', 'pending')
    .executeTakeFirst()
  const next = row?.at ? Temporal.Instant.from(row.at) : end
  return Temporal.Instant.compare(next, end) < 0 ? next : end
}
