import assert from 'node:assert/strict'
import { existsSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { endAttempt } from '../../src/db/actions/work.ts'
import { endNotice } from '../../src/db/notices.ts'
import { startHousekeeping } from '../../src/worker/housekeeping.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

const start = () => {
  const { db, log, folder } = queue
  const keep = { days: 90, evidenceDays: 14 }
  return startHousekeeping({ db, log, evidenceFolder: join(folder, 'evidence'), keep })
}

function addEvidence(name: string, daysOld: number): string {
  const folder = join(queue.folder, 'evidence', name)
  mkdirSync(folder, { recursive: true })
  const at = queue.clock.now().subtract({ hours: 24 * daysOld }).epochMilliseconds / 1000
  utimesSync(folder, at, at)
  return folder
}

describe('the housekeeping of a worker', () => {
  it('removes at its start what is old: rows, and the evidence on this machine', async () => {
    await queue.book()
    await endAttempt(queue.db, (await queue.mustClaim()).lease, { status: 'completed', result: { kind: 'booked' } })
    for (const { id } of await queue.notices()) await endNotice(queue.db, id, 'sent')
    queue.clock.move({ hours: 24 * 91 })
    const [old, young] = [addEvidence('action-1-1', 15), addEvidence('action-2-1', 13)]

    await start()()

    assert.deepEqual([existsSync(old), existsSync(young)], [false, true])
    assert.deepEqual(await queue.db.read.selectFrom('booking_actions').select('id').execute(), [])
  })

  it('does not disturb the worker when it fails', async () => {
    const said: unknown[] = []
    const { write } = queue.db
    queue.log.warn = (...what: unknown[]) => void said.push(what)
    queue.db.write = async () => {
      throw new Error('the database is locked')
    }

    await start()()

    queue.db.write = write
    assert.match(JSON.stringify(said), /the database is locked/)
  })

  it('is not held up by what else lies among the evidence', async () => {
    const old = addEvidence('action-1-1', 15)
    symlinkSync('/nowhere/at/all', join(queue.folder, 'evidence', 'astray'))

    await start()()

    assert.equal(existsSync(old), false)
  })
})
