import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import type { PolimisportOptions, PolimisportSim } from '../../../sim/polimisport/server.ts'
import { codeFor } from '../../../sim/polimisport/totp.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { ADA, openSite, Visitor } from './visitor.ts'

let browser: Browser

type Walk = { site: PolimisportSim; page: Page; hosts: Set<string> }

/** A page of a fresh browser context; every host it talks to is noted. */
async function openPage(t: TestContext, options?: PolimisportOptions): Promise<Walk> {
  const site = await openSite(t, options)
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
  })
  t.after(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  return { site, page, hosts }
}

/** Lets the page in without the forms. */
async function enter({ site, page }: Walk): Promise<void> {
  await site.setFault({ id: 'sso-passthrough', mode: 'once' })
  await page.goto(`${site.baseUrl}/`)
  await page.getByRole('button', { name: 'Accedi al tuo account' }).click()
  await page.locator('#home_btt_booking').waitFor()
}

async function openCalendar({ site, page }: Walk, activity = 'Giuriati - Corsi Platinum'): Promise<void> {
  await page.goto(`${site.baseUrl}/Booking/ChooseActivity`)
  await page.getByRole('link', { name: activity }).click()
  await page.locator('#booking-calendar').waitFor()
}

/** A day's block, once it has its slots. */
async function dayBlock(page: Page, offset: number) {
  const block = page.locator(`#day-schedule-container [data-date-offset="${offset}"]`)
  await block.locator('.event-slot').first().waitFor()
  return block
}

async function calendarUnder(t: TestContext, fault: FaultInput): Promise<Walk> {
  const walk = await openPage(t)
  await enter(walk)
  await walk.site.setFault(fault)
  await openCalendar(walk)
  return walk
}

describe('the site in a browser', () => {
  before(async () => {
    browser = await launchTestBrowser()
  })
  after(() => browser.close())

  it('is walked from login to booking to cancelling', async (t) => {
    const walk = await openPage(t)
    const { site, page, hosts } = walk
    await page.goto(`${site.baseUrl}/`)
    await page.getByRole('button', { name: 'Accedi al tuo account' }).click()
    await page.getByRole('textbox', { name: 'Codice Persona' }).fill(ADA.username)
    await page.getByRole('textbox', { name: 'Password' }).fill(ADA.password)
    await page.getByRole('button', { name: 'Accedi', exact: true }).click()
    await page.getByRole('textbox', { name: 'OTP' }).fill(codeFor(ADA.secret, site.now()))
    await page.getByRole('button', { name: 'Continua' }).click()
    await page.locator('#home_btt_booking a').click()
    await page.getByRole('link', { name: 'Nuova Prenotazione' }).click()
    await page.getByRole('link', { name: 'Giuriati - Fit Center' }).click()
    const tomorrow = await dayBlock(page, 1)
    assert.equal(await tomorrow.locator('.day-schedule-label').textContent(), 'Martedì, 13 Ottobre')

    await tomorrow.locator('.slot-available .slot-notes-after').first().click()
    await page.locator('#booking-confirm-container #btnConfirmAppointmentBooking').click()
    const again = page.locator('#srModal_g_confirm_dialog')
    await again.getByRole('button', { name: 'No', exact: true }).click()
    const card = page.locator('#event-repository > .event-main-block.row')
    await card.waitFor()

    assert.equal((await site.state()).bookings.length, 1)
    assert.equal(await card.locator('.event-info-schedule').textContent(), '13/10/2026')
    assert.equal(await card.locator('.event-info-skill-level').textContent(), '')
    await card.locator('button.btn-delete').click()
    await page.locator('#srModal_g_confirm_dialog').getByRole('button', { name: 'Sì' }).click()
    await page.getByRole('button', { name: 'Ok', exact: true }).click()
    await card.waitFor({ state: 'detached' })

    assert.equal((await site.state()).bookings.length, 0)
    assert.deepEqual([...hosts].sort(), [new URL(site.baseUrl).host, new URL(site.ssoBaseUrl).host].sort())
  })

  it('asks for one day at a time and keeps those left behind', async (t) => {
    const walk = await openPage(t)
    const { site, page } = walk
    await enter(walk)
    await openCalendar(walk)
    for (const offset of [0, 1, 2]) await dayBlock(page, offset)
    assert.equal((await site.waitFor({ path: 'GetActivitySchedule', count: 3 })).length, 3)

    await page.locator('.btn-move-date[data-date-target="+1"]').click()
    await dayBlock(page, 3)

    assert.equal((await site.waitFor({ path: 'GetActivitySchedule', count: 4 })).length, 4)
    assert.equal(await page.locator('#day-schedule-container .day-column').count(), 3)
    assert.equal(await page.locator('#day-schedule-repository [data-date-offset="0"]').count(), 1)
    await page.getByRole('link', { name: 'Oggi' }).click()
    await dayBlock(page, 0)
    assert.equal((await site.requests()).filter(({ path }) => path.endsWith('Schedule')).length, 4)
  })

  it('goes back to the calendar for another booking', async (t) => {
    const walk = await openPage(t)
    await enter(walk)
    await openCalendar(walk)
    const { page } = walk
    await (await dayBlock(page, 1)).locator('.slot-available').first().click()
    await page.getByRole('button', { name: 'Conferma Prenotazione' }).click()

    await page.locator('#srModal_g_confirm_dialog').getByRole('button', { name: 'Sì' }).click()

    assert.equal(await (await dayBlock(page, 1)).locator('.slot-booked').count(), 1)
  })

  it('tells why it refuses, in a dialog with one button', async (t) => {
    const { page } = await calendarUnder(t, { id: 'limit-reached' })
    await (await dayBlock(page, 1)).locator('.slot-available').first().click()

    await page.getByRole('button', { name: 'Conferma Prenotazione' }).click()

    await page.getByText('Hai raggiunto il numero massimo').waitFor()
    await page.getByRole('button', { name: 'Ok', exact: true }).click()
    await dayBlock(page, 1)
  })

  it('lets the list open without the question', async (t) => {
    const { page } = await calendarUnder(t, { id: 'dialog-missing', next: 'list' })
    await (await dayBlock(page, 1)).locator('.slot-available').first().click()

    await page.getByRole('button', { name: 'Conferma Prenotazione' }).click()

    await page.locator('#event-repository .event-main-block').waitFor()
  })

  it('covers the lower page with a banner that takes the clicks', async (t) => {
    const { page } = await calendarUnder(t, { id: 'banner', variant: 'late' })
    await page.locator('.iubenda-cs-accept-btn').waitFor()

    const covering = await page.evaluate('document.elementFromPoint(640, 800).closest("#iubenda-cs-banner") !== null')
    await page.getByRole('button', { name: 'Chiudi questa informativa' }).click()

    assert.equal(covering, true)
    assert.equal(await page.locator('#iubenda-cs-banner').count(), 0)
  })

  it('shows the banner on the login page alone', async (t) => {
    const walk = await openPage(t)
    await walk.site.setFault({ id: 'banner', variant: 'login' })

    await walk.page.goto(`${walk.site.baseUrl}/Account/Login`)
    await walk.page.locator('.iubenda-cs-accept-btn').click()
    await enter(walk)

    assert.equal(await walk.page.locator('#iubenda-cs-banner').count(), 0)
  })

  it('loses the first click on a slot', async (t) => {
    const { site, page } = await calendarUnder(t, { id: 'lost-click' })
    const slot = (await dayBlock(page, 1)).locator('.slot-available').first()

    await slot.click()
    assert.ok((await site.requests()).every(({ path }) => !path.endsWith('ConfirmActivityBooking')))
    await slot.click()

    await page.locator('#btnConfirmAppointmentBooking').waitFor()
  })

  it('loses the first click on an activity', async (t) => {
    const walk = await openPage(t)
    await enter(walk)
    await walk.site.setFault({ id: 'lost-click', target: 'activity' })
    await walk.page.goto(`${walk.site.baseUrl}/Booking/ChooseActivity`)
    const link = walk.page.getByRole('link', { name: 'Giuriati - Fit Center' })

    await link.click()
    assert.match(walk.page.url(), /ChooseActivity$/)
    await link.click()

    await walk.page.waitForURL('**/BookActivity?*')
  })

  for (const columns of [1, 7] as const) {
    it(`shows ${columns} days side by side, without ids and offsets`, async (t) => {
      const missing = ['data-date-offset', 'slot-available', 'day-schedule-container'] as const
      const { page } = await calendarUnder(t, { id: 'layout-structure', columns, missing: [...missing] })
      await page.locator('.event-slot').first().waitFor()

      assert.equal(await page.locator('.day-column').count(), columns)
      assert.equal(await page.locator('[data-date-offset], .slot-available, #day-schedule-container').count(), 0)
    })
  }

  it('still books when ids and classes are gone', async (t) => {
    const { site, page } = await calendarUnder(t, {
      id: 'layout-structure',
      missing: ['event-slot', 'btnConfirmAppointmentBooking', 'srModal_g_confirm_dialog', 'data-modalrole'],
    })
    await page.getByText('Prenota', { exact: true }).last().click()
    await page.getByRole('button', { name: 'Conferma Prenotazione' }).click()
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await page.waitForURL('**/sportpolimi/Booking')

    assert.equal((await site.state()).bookings.length, 1)
  })

  it('writes the same slots in other words', async (t) => {
    const { page } = await calendarUnder(t, { id: 'layout-text' })
    const block = await dayBlock(page, 1)

    assert.match((await block.textContent()) ?? '', /Riserva un posto/)
    assert.ok(!((await block.textContent()) ?? '').includes('Posti disponibili'))
    assert.match((await block.locator('.day-schedule-label').textContent()) ?? '', /martedi\u0300\s+13\/10\/2026/)
  })

  it('hides other days before the ones shown', async (t) => {
    const { page } = await calendarUnder(t, { id: 'stale-repository' })

    await page.locator('#day-schedule-repository .event-slot').first().waitFor({ state: 'attached' })

    const first = page.locator('#booking-calendar .day-schedule').first()
    assert.equal(await first.isVisible(), false)
  })

  it('stays standing when the session ends under the calendar', async (t) => {
    const { site, page } = await calendarUnder(t, { id: 'session-expired-ajax', skip: 3 })
    await (await dayBlock(page, 1)).locator('.slot-available').first().click()
    await site.waitFor({ path: '/Account/Login', count: 2 })

    assert.equal((await site.state()).sessions.portal, 0)
    assert.equal((await site.state()).bookings.length, 0)
  })

  it('shows on its own page what stands on the site', async (t) => {
    const { site, page } = await openPage(t)
    const [slot] = await site.slots('2026-10-13')
    await new Visitor(site).logIn()
    await site.bookByHand({ username: ADA.username, slotId: slot?.id ?? '' })

    await page.goto(`${site.controlUrl}/`)

    await page.locator('#bookings').getByText('2026-10-13').waitFor()
    await page.locator('#log').getByText('IdentificazioneUnica.do').first().waitFor()
  })
})
