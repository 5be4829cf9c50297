import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_PERSON } from '../../sim/polimisport/server.ts'
import { openPortalHouse, type PortalHouse } from '../support/portal-house.ts'

describe('evidence of a failed attempt', () => {
  let house: PortalHouse
  before(async () => {
    house = await openPortalHouse()
  })
  after(() => house.close())

  it('is kept without secrets, and the owner is told what was looked for', async () => {
    const slot = await house.freeSlot()
    await house.portal.bookByHand({ username: EXAMPLE_PERSON.username, slotId: slot.id })
    const missing = ['event-repository', 'event-main-block', 'btn_nuovaprenotazione'] as const
    await house.portal.setFault({ id: 'layout-structure', missing: [...missing] })

    const action = await house.run({ type: 'sync' })

    assert.equal(action.error?.kind, 'page-changed', JSON.stringify(action))
    const [attempt] = await house.house.db.read.selectFrom('attempts').selectAll().execute()
    assert.ok(attempt?.evidence)
    const folder = join(house.house.folder, 'evidence', attempt.evidence)
    assert.deepEqual(readdirSync(folder).sort(), ['error.txt', 'page.html', 'page.png', 'requests.txt'])
    for (const name of readdirSync(folder)) {
      const content = readFileSync(join(folder, name))
      for (const secret of [EXAMPLE_PERSON.password, EXAMPLE_PERSON.secret]) assert.ok(!content.includes(secret))
    }
    assert.match(readFileSync(join(folder, 'requests.txt'), 'utf8'), /GET http:\/\/localhost:\d+\/aunicalogin\S+ → 200/)
    const notices = await house.house.db.read.selectFrom('notices').select(['kind', 'data']).execute()
    assert.ok(notices.some(({ kind, data }) => kind === 'portal-trouble' && /lookedFor/.test(data)))
  })
})
