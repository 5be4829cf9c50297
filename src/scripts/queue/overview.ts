import { type Overview, queueOverview } from '../../db/actions/overview.ts'
import type { Database } from '../../db/database.ts'
import { WORKER_SILENT_MS } from '../../db/workers.ts'
import type { Answer } from '../answer.ts'
import { age, moment, whatOf } from './words.ts'

/** `queue`: how the queue stands. */
export async function overview(db: Database): Promise<Answer> {
  const now = db.clock.now()
  const data = await queueOverview(db.read, now)
  return { json: data, lines: linesOf(data, now) }
}

function linesOf(data: Overview, now: Temporal.Instant): string[] {
  const { waiting, inWork, oldestDue, endedLately, workers, cooling, noticesOwed } = data
  const isAlive = (seenAt: string) =>
    now.epochMilliseconds - Temporal.Instant.from(seenAt).epochMilliseconds <= WORKER_SILENT_MS
  const { completed, failed, cancelled, expired } = endedLately
  return [
    `Waiting: ${waiting.due} due, ${waiting.later} for later`,
    ...(oldestDue ? [`  longest: #${oldestDue.id} ${whatOf(oldestDue)}, due ${moment(oldestDue.runAt, now)}`] : []),
    `In work: ${inWork.length}`,
    ...inWork.map(
      ({ id, workerId, since, step }) =>
        `  #${id} by ${workerId ?? 'nobody'} since ${since === null ? 'now' : age(since, now)}${step === null ? '' : `, ${step}`}`,
    ),
    `Ended in the last 24 hours: ${completed} completed, ${failed} failed, ${cancelled} cancelled, ${expired} expired`,
    `Workers: ${workers.filter(({ seenAt }) => isAlive(seenAt)).length} alive`,
    ...workers.map(
      ({ id, startedAt, seenAt }) =>
        `  ${id}, started ${age(startedAt, now)}, ${isAlive(seenAt) ? 'alive' : 'silent: last seen'} ${age(seenAt, now)}`,
    ),
    ...cooling.map(({ portal, until }) => `${portal} asked for quiet: left alone until ${moment(until, now)}`),
    `Messages owed to people: ${noticesOwed}`,
  ]
}
