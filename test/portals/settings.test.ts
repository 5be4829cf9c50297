import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UserError } from '../../src/core/errors.ts'
import { polimisportFacts } from '../../src/portals/polimisport/facts.ts'
import { checkPortalSettings, urlsOf } from '../../src/portals/settings.ts'

const account = { owner: 1, username: 'u', password: 'p' }

describe('the portals in the configuration', () => {
  it('have the real addresses but for those that it gives', () => {
    const { baseUrl, ssoBaseUrl } = polimisportFacts.urls
    assert.deepEqual(urlsOf({ portals: {} }, polimisportFacts), { baseUrl, ssoBaseUrl })
    const given = { polimisport: { baseUrl: 'http://127.0.0.1:1' }, other: { baseUrl: 'http://127.0.0.1:2' } }
    assert.deepEqual(urlsOf({ portals: given }, polimisportFacts), { baseUrl: 'http://127.0.0.1:1', ssoBaseUrl })
  })

  it('are those that there are, with the addresses that they have', () => {
    const portals = { polimisport: { baseUrl: 'http://127.0.0.1:1' } }
    const right = { path: 'c.json', portals, accounts: [{ ...account, portal: 'polimisport' }] }
    checkPortalSettings(right)

    const wrong = { nowhere: {}, polimisport: { apiUrl: 'http://127.0.0.1:1' } }
    const accounts = [...right.accounts, { ...account, portal: 'elsewhere' }]
    assert.throws(
      () => checkPortalSettings({ path: 'c.json', portals: wrong, accounts }),
      (error) => {
        assert.ok(error instanceof UserError)
        const [first, ...lines] = error.message.split('\n')
        assert.equal(first, 'c.json has to be corrected:')
        assert.match(String(lines[0]), /^ {2}portals\.nowhere: there is no such portal; Bookwright knows polimisport/)
        assert.equal(lines[1], '  portals.polimisport.apiUrl: there is no such key; it has baseUrl, ssoBaseUrl')
        assert.match(String(lines[2]), /^ {2}accounts\.1\.portal: there is no such portal/)
        return lines.length === 3
      },
    )
  })
})
