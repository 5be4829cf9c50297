import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright'
import type { PolimisportSim } from '../../../sim/polimisport/server.ts'

/** Gives a context a person's session at the stand-in, without the forms. */
export async function enter(
  { request }: Pick<BrowserContext, 'request'>,
  sim: PolimisportSim,
  person: string,
): Promise<void> {
  await sim.setFault({ id: 'sso-passthrough', mode: 'once', person })
  const login = await (await request.get(`${sim.baseUrl}/Account/Login`)).text()
  const form = { __RequestVerificationToken: inputOf(login, '__RequestVerificationToken') }
  const hop = await (await request.post(`${sim.baseUrl}/Account/ExternalLogin`, { form })).text()
  const back = { SSO_LOGIN: inputOf(hop, 'SSO_LOGIN'), relay: inputOf(hop, 'relay') }
  const home = await request.post(/action="([^"]+)"/.exec(hop)?.[1] ?? '', { form: back })
  assert.equal(home.url(), `${sim.baseUrl}/`)
}

function inputOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
}
