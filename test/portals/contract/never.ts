import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright'
import { nameKey } from '../../../src/portals/match.ts'
import type { StandIn } from './stand.ts'

/** What must never have happened, whatever a test was about. For when its session is closed. */
export async function checkNever(site: StandIn, context: BrowserContext): Promise<void> {
  assert.deepEqual(
    context.pages().map((page) => page.url()),
    [],
    'pages left open by a closed session',
  )
  for (const { username } of site.people) {
    const held = (await site.holdings(username)).map((slot) => `${slot.date} ${slot.start} ${nameKey(slot)}`)
    assert.equal(new Set(held).size, held.length, `a slot booked twice: ${held}`)
    assert.ok((await site.passwordsTried(username)) <= 1, 'a password sent twice in one test')
  }
}
