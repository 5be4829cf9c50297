import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright'
import type { DelftXOptions, DelftXSim } from '../../../sim/delft-x/server.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { ANNA, LOCAL, openSite, SUNDAY } from './visitor.ts'

let browser: Browser

type Walk = { sim: DelftXSim; page: Page }

/** A page of a fresh browser context, which must never show an error of the scripts. */
async function openPage(t: TestContext, options?: DelftXOptions): Promise<Walk> {
  const sim = await openSite(t, options)
  const context = await browser.newContext()
  t.after(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  t.after(() => assert.deepEqual(problems, []))
  return { sim, page }
}

/** By SSO up to the password form. */
async function toPassword({ sim, page }: Walk): Promise<void> {
  await page.goto(`${sim.baseUrl}/`)
  await page.locator("h1[data-test-id='login-page-header']").waitFor()
  await page.locator("button[data-test-id='oidc-login-button']").click()
  await page.locator("div[data-title='Delft University of Technology']").click()
  await page.locator('#username').waitFor()
}

async function givePassword({ page }: Walk, password: string = ANNA.password): Promise<void> {
  await page.locator('#username').fill(ANNA.username)
  await page.locator('#password').fill(password)
  await page.locator('#submit_button').click()
}

/** The value that the app keeps, once it is there. */
async function storedAuth(page: Page): Promise<{ member: { id: number }; isOidc: boolean; tokenResponse: object }> {
  const handle = await page.waitForFunction(() => globalThis.localStorage.getItem('delcom_auth'))
  return JSON.parse(String(await handle.jsonValue()))
}

/** Inside without a login, on a Sunday of the calendar. */
async function openCalendar(t: TestContext, options?: DelftXOptions): Promise<Walk> {
  const walk = await openPage(t, options)
  const auth = JSON.stringify(await walk.sim.control.grant(ANNA.username))
  await walk.page.addInitScript((value) => globalThis.localStorage.setItem('delcom_auth', value), auth)
  await walk.page.goto(`${walk.sim.baseUrl}/`)
  const day = walk.page.locator("input[type='date'].form-control")
  await day.waitFor()
  await day.evaluate((input: { value: string; dispatchEvent(event: Event): boolean }, date) => {
    input.value = date
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }, SUNDAY)
  return walk
}

async function choose(page: Page, tag: string): Promise<void> {
  await page.locator('#tag-filterinput').click()
  await page.locator("li[tabindex='0']").click()
  await page.locator('#tag-filterinput').fill(tag)
  await page.locator(`[data-tag='${tag}'] input[id^=tagCheckbox]`).check()
  await page.locator('#tag-filterinput').press('Escape')
}

const card = (page: Page, start: string) =>
  page.locator("div[data-test-id='bookable-slot-list']", {
    has: page.locator(`p[data-test-id='bookable-slot-start-time'] strong:text-is("${start}")`),
  })

describe('the pages in a browser', () => {
  before(async () => {
    browser = await launchTestBrowser()
  })
  after(() => browser.close())

  it('lead through the university login and keep the token', async (t) => {
    const walk = await openPage(t)
    await toPassword(walk)
    await givePassword(walk)

    await walk.page.locator("input[type='date'].form-control").waitFor()
    assert.equal(walk.page.url(), `${walk.sim.baseUrl}/`)
    const { member, isOidc, tokenResponse } = await storedAuth(walk.page)
    assert.deepEqual([member.id, isOidc], [900_001, true])
    assert.deepEqual(Object.keys(tokenResponse), ['accessToken', 'tokenType', 'expiresIn', 'idToken', 'issuedAt'])
  })

  it('land inside before the token is kept', async (t) => {
    const walk = await openPage(t)
    await walk.sim.control.setFault({ id: 'tokenLate', seconds: 600 })
    await toPassword(walk)
    await givePassword(walk)

    await walk.page.locator("input[type='date'].form-control").waitFor()
    assert.equal(walk.page.url(), `${walk.sim.baseUrl}/`)
    assert.equal(await walk.page.evaluate(() => globalThis.localStorage.getItem('delcom_auth')), null)
  })

  it('show the form again after a wrong password', async (t) => {
    const walk = await openPage(t)
    await toPassword(walk)
    await givePassword(walk, 'wrong')

    await walk.page.locator('.error').waitFor()
    assert.ok(walk.page.url().startsWith(`${walk.sim.ssoUrl}/sso/module.php/core/loginuserpass.php?AuthState=`))
    assert.equal(await walk.page.locator('#username').isVisible(), true)
  })

  it('come back without the forms while the login service knows the browser', async (t) => {
    const walk = await openPage(t)
    await toPassword(walk)
    await givePassword(walk)
    await storedAuth(walk.page)
    await walk.sim.control.expireSessions({ what: 'token' })

    await walk.page.goto(`${walk.sim.baseUrl}/`)
    await walk.page.locator("button[data-test-id='oidc-login-button']").click()
    await walk.page.locator("input[type='date'].form-control").waitFor()
    assert.equal((await walk.sim.control.state()).people[0]?.passwordsTried, 1)
  })

  for (const [variant, choice] of [
    ['li', "li[data-title='delft university of technology']"],
    ['lowercase', "div[data-title='delft university of technology']"],
    ['hidden-input', "form:has(input[name=idp][value*='login.tudelft.nl']) button"],
  ] as const) {
    it(`have another picker: ${variant}`, async (t) => {
      const { sim, page } = await openPage(t)
      await sim.control.setFault({ id: 'ssoFormChange', variant })

      await page.goto(`${sim.baseUrl}/pages/login`)
      await page.locator("button[data-test-id='oidc-login-button']").click()
      await page.locator(choice).click()
      await page.locator('#username').waitFor()
    })
  }

  it('ask for consent when told to', async (t) => {
    const walk = await openPage(t)
    await walk.sim.control.setFault({ id: 'ssoConsent' })
    await toPassword(walk)
    await givePassword(walk)

    await walk.page.getByRole('button', { name: 'Yes, share' }).click()
    await storedAuth(walk.page)
  })

  it('let members without a NetID in by a form behind a button', async (t) => {
    const { sim, page } = await openPage(t)
    await page.goto(`${sim.baseUrl}/pages/login`)
    await page.locator('#showEmailLoginButton').click()
    await page.locator('#email').fill(LOCAL.username)
    await page.locator('#password').fill('wrong')
    await page.locator('#submit').click()
    await page.locator('.alert:not(:empty)').waitFor()
    await page.locator('#password').fill(LOCAL.password)
    await page.locator('#submit').click()

    const { isOidc, tokenResponse } = await storedAuth(page)
    assert.equal(isOidc, false)
    assert.ok('refreshToken' in tokenResponse)
  })

  it('book a hall half that is picked in the dialog, and list it', async (t) => {
    const { sim, page } = await openCalendar(t)
    await choose(page, 'X1')
    const slot = card(page, '13:00')
    assert.equal(await slot.locator("[data-test-id='bookable-slot-linked-product-description']").innerText(), 'X1')
    await slot.locator("button[data-test-id='bookable-slot-book-button']").click()
    await page.locator('.modal-content product-select-input input').click()
    await page.locator('.dropdown-item', { hasText: 'X1 B' }).click()
    await page.locator("button[data-test-id='details-book-button']").click()
    await page.locator("i[data-test-id='booking-success']").waitFor()
    await page.locator("button[data-test-id='button-close-modal']").click()

    const [booking] = (await sim.control.state()).bookings
    assert.deepEqual([booking?.place, booking?.date, booking?.start], ['X1 B', SUNDAY, '13:00'])
    await page.goto(`${sim.baseUrl}/dashboard`)
    await page.locator('participations-table td', { hasText: 'X1 B' }).waitFor()
  })

  it('show what is full, and what the site says when it refuses', async (t) => {
    const { sim, page } = await openCalendar(t)
    for (const place of ['X1 A', 'X1 B']) await sim.control.fill({ date: SUNDAY, start: '13:00', place })
    await choose(page, 'X1')
    await card(page, '13:00').locator("div[data-test-id='bookable-slot-spots-full']").waitFor()
    assert.match(String(await card(page, '13:00').getAttribute('class')), /opacity-50/)

    await card(page, '14:00').locator("button[data-test-id='bookable-slot-book-button']").click()
    for (const place of ['X1 A', 'X1 B']) await sim.control.fill({ date: SUNDAY, start: '14:00', place })
    await page.locator("button[data-test-id='details-book-button']").click()
    await page.locator('.modal-content .alert').waitFor()
    assert.equal(await page.locator("i[data-test-id='booking-success']").count(), 0)
  })

  it('speak the language of the account', async (t) => {
    const headings = new Set<string>()
    for (const seed of [1, 2]) {
      const { page } = await openCalendar(t, { seed })
      headings.add(await page.locator('h1').innerText())
    }
    assert.deepEqual([...headings].sort(), ['Bookings', 'Reserveren'])
  })
})
