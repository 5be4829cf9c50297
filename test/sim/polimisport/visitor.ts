import type { TestContext } from 'node:test'
import {
  EXAMPLE_PERSON,
  type PolimisportOptions,
  type PolimisportSim,
  startPolimisport,
} from '../../../sim/polimisport/server.ts'
import { codeFor } from '../../../sim/polimisport/totp.ts'

export const ADA = EXAMPLE_PERSON
export const BRUNO = { username: '10777777', password: 'another one', name: 'Bruno Prova' } as const

/** Noon of a Monday in Rome: today and the next two days are open. */
const MONDAY_NOON = '2026-10-12T12:00'

/** A site with Ada (who has a code) and Bruno (who has none), standing still at noon of a Monday. */
export async function openSite(t: TestContext, options: PolimisportOptions = {}): Promise<PolimisportSim> {
  const site = await startPolimisport({ people: [ADA, BRUNO], ...options })
  t.after(() => site.close())
  await site.setClock({ at: MONDAY_NOON, frozen: true })
  return site
}

type Form = Record<string, string>

/** Somebody without a browser: keeps cookies by host and follows redirects, as a browser would. */
export class Visitor {
  readonly #site: PolimisportSim
  readonly #signal: AbortSignal | undefined
  readonly #jars = new Map<string, Map<string, string>>()

  /** The signal makes the visitor go away in the middle of a request. */
  constructor(site: PolimisportSim, signal?: AbortSignal) {
    this.#site = site
    this.#signal = signal
  }

  get(path: string): Promise<Response> {
    return this.follow(`${this.#site.baseUrl}${path}`)
  }

  /** Posts as a script of the site does. */
  post(path: string, form: Form): Promise<Response> {
    return this.follow(`${this.#site.baseUrl}${path}`, form, { 'x-requested-with': 'XMLHttpRequest' })
  }

  /** Sends one request and hands back the answer, redirect or not. */
  async send(url: string, form?: Form, headers: Form = {}): Promise<Response> {
    const jar = this.#jar(url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      ...(this.#signal && { signal: this.#signal }),
      headers: { ...headers, cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, decodeURIComponent(value))
    }
    return response
  }

  async follow(url: string, form?: Form, headers?: Form): Promise<Response> {
    const response = await this.send(url, form, headers)
    const location = response.headers.get('location')
    if (response.status !== 302 || location === null) return response
    return this.follow(new URL(location, url).href)
  }

  /** Goes to the credentials page, or as far as the login service lets a known browser through. */
  async toCredentials(): Promise<string> {
    const page = await (await this.get('/Account/Login')).text()
    const token = hidden(page, '__RequestVerificationToken')
    const form = { __RequestVerificationToken: token, returnUrl: '/sportpolimi/' }
    return (await this.follow(`${this.#site.baseUrl}/Account/ExternalLogin`, form)).text()
  }

  async givePassword({ username, password }: { username: string; password: string }): Promise<string> {
    const form = { login: username, password }
    return (await this.follow(this.#sso('IdentificazioneUnica.do?jaf_currentWFID=main'), form)).text()
  }

  async giveCode(otp: string): Promise<string> {
    return (await this.follow(this.#sso('passi/OTP.do'), { otp })).text()
  }

  async proceed(page: 'PWDinScadenza.do' | 'passi/AvvisiDFA.do'): Promise<string> {
    return (await this.follow(this.#sso(page), {})).text()
  }

  /** What the hop page's script does. */
  async hop(page: string): Promise<string> {
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? []
    const form = { SSO_LOGIN: hidden(page, 'SSO_LOGIN'), relay: hidden(page, 'relay') }
    return (await this.follow(action, form)).text()
  }

  async logIn(person: { username: string; password: string; secret?: string } = ADA): Promise<string> {
    await this.toCredentials()
    const next = await this.givePassword(person)
    if (person.secret === undefined) return this.hop(next)
    return this.hop(await this.giveCode(codeFor(person.secret, this.#site.now())))
  }

  async schedule(currentDate: string, activityID = '245765508040862101'): Promise<ScheduleAnswer> {
    const form = { currentDate, activityID, skillID: '0', activityFlags: 'Classes', getForCatchUp: 'false' }
    return (await (await this.post('/Booking/GetActivitySchedule', form)).json()) as ScheduleAnswer
  }

  async book(appointmentID: string): Promise<{ status: string; message: string; canBookAgain: boolean }> {
    const response = await this.post('/Booking/BookAppointment', { appointmentID })
    return (await response.json()) as { status: string; message: string; canBookAgain: boolean }
  }

  /** Cookies that the browser would hold for a host. */
  cookies(host: string): string[] {
    return [...(this.#jars.get(host)?.keys() ?? [])]
  }

  setCookie(host: string, name: string, value: string): void {
    this.#jar(`http://${host}`).set(name, value)
  }

  #sso(path: string): string {
    return `${this.#site.ssoBaseUrl}/aunicalogin/aunicalogin/controller/${path}`
  }

  #jar(url: string): Map<string, string> {
    const { hostname } = new URL(url)
    const jar = this.#jars.get(hostname) ?? new Map<string, string>()
    this.#jars.set(hostname, jar)
    return jar
  }
}

type ScheduleItem = {
  AppointmentId: string
  Status: string
  TimeStart: string
  SkillName: string | null
  EventDescription: string
  EventDescription3: string
  Notes: string
}

export type ScheduleAnswer = { status: string; data: ScheduleItem[]; error_message?: string }

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
}
