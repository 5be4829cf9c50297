import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { foreignHosts } from '../../../src/portals/polimisport/hosts.ts'

const foreign = foreignHosts(['http://127.0.0.1:4001/sportpolimi', 'https://ecomm.sportrick.com/sportpolimi'])

describe('hosts that are not the site', () => {
  it('are all but its own', () => {
    for (const url of [
      ...['http://127.0.0.1:4001/sportpolimi/', 'http://127.0.0.1:4001', 'https://ecomm.sportrick.com/x?y=1'],
      ...['https://aunicalogin.polimi.it/', 'https://shibidp.polimi.it/idp', 'https://cdn.iubenda.com/cs/x.js'],
      ...['data:,', 'about:blank', 'blob:http://x/1'],
    ]) {
      assert.ok(!foreign.test(url), url)
    }
  })

  it('include those that only look like them', () => {
    for (const url of [
      ...['http://127.0.0.1:4002/', 'http://127.0.0.1/', 'https://polimi.it.example.org/', 'https://notpolimi.it/'],
      ...['https://example.org/?polimi.it/', 'https://user@example.org/', 'https://www.google-analytics.com/collect'],
      ...['wss://example.org/socket', 'https://polimi.it@example.org/', 'https://polimi.it:8443.example.org/'],
    ]) {
      assert.ok(foreign.test(url), url)
    }
  })
})
