import type { Submit } from '../../sim/counting-portal/server.ts'

/** All that is known when the chaos is over. Instants are milliseconds, each kind by one clock. */
export type Facts = {
  actions: readonly {
    id: number
    account: string
    user: number
    slot: string
    status: string
    /** What its user was told who took it back; undefined: nobody did. */
    takenBack: string | undefined
  }[]
  /** The portal's own list. */
  bookings: readonly { account: string; slot: string }[]
  submits: readonly Submit[]
  /** The audit log: who worked for whom from when to when. */
  attempts: readonly { account: string; worker: string; from: number; to: number }[]
  /** How many of them ended because their worker was gone. */
  lostAttempts: number
  /** How many messages tell a user how the action with this slot ended: `user slot` → messages. */
  results: ReadonlyMap<string, number>
  /** What the bot did wrong at Telegram. */
  telegramViolations: readonly string[]
}

/** By so much two processes may differ about the database's time. */
const CLOCK_ERROR_MS = 25

/** What the queue had promised and did not keep, each as a sentence; empty when all is well. */
export function violationsIn(facts: Facts): string[] {
  return [
    ...facts.actions.flatMap((action) => wrongWith(action, facts)),
    ...bookingsNobodyAskedFor(facts),
    ...twoAtOnce(facts.attempts, CLOCK_ERROR_MS, 'was worked for'),
    ...twoAtOnce(facts.submits, 0, 'was being booked for'),
    ...facts.telegramViolations.map((text) => `Telegram was asked for what it does not know: ${text}`),
  ]
}

function wrongWith(action: Facts['actions'][number], { bookings, results }: Facts): string[] {
  const { id, account, slot, status, takenBack } = action
  const name = `#${id} (${account}, ${slot})`
  const made = bookings.filter((booking) => booking.account === account && booking.slot === slot).length
  const told = results.get(`${action.user} ${slot}`) ?? 0
  const wrong: string[] = []
  if (status === 'pending' || status === 'processing') wrong.push(`${name} never ended: it is ${status}`)
  else if (status !== 'completed' && takenBack === undefined) wrong.push(`${name} was wanted, but ${status}`)
  if (takenBack === 'cancelled' && status !== 'cancelled')
    wrong.push(`${name} was taken back at once, and still ${status}`)
  if (made > 1) wrong.push(`${name} was booked ${made} times`)
  if (status === 'completed' && made === 0) wrong.push(`${name} is called booked, and the portal does not hold it`)
  if (status !== 'completed' && made > 0) wrong.push(`${name} is called ${status}, and the portal holds it`)
  // Who takes back what waits is answered at once, and owed no more.
  const least = takenBack !== undefined && status === 'cancelled' ? 0 : 1
  if (told < least || told > 1) wrong.push(`${name}: its user was told the result ${told} times`)
  return wrong
}

function bookingsNobodyAskedFor({ actions, bookings }: Facts): string[] {
  const asked = new Set(actions.map(({ account, slot }) => `${account} ${slot}`))
  return bookings
    .filter(({ account, slot }) => !asked.has(`${account} ${slot}`))
    .map(({ account, slot }) => `nobody asked for ${slot} of ${account}, and the portal holds it`)
}

type Stretch = { account: string; worker: string; from: number; to: number }

function twoAtOnce(stretches: readonly Stretch[], toleranceMs: number, what: string): string[] {
  const wrong: string[] = []
  for (const [account, own] of Map.groupBy(stretches, (stretch) => stretch.account)) {
    const sorted = own.toSorted((a, b) => a.from - b.from)
    for (const [index, next] of sorted.entries()) {
      const before = sorted[index - 1]
      if (before && before.worker !== next.worker && next.from < before.to - toleranceMs)
        wrong.push(
          `${account} ${what} by ${before.worker} until ${before.to}, and by ${next.worker} from ${next.from} on`,
        )
    }
  }
  return wrong
}
