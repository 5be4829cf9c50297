import { badRequest, conflict } from '../errors.ts'
import type { Params } from '../params.ts'
import { Described, type Method } from './method.ts'

const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export const getUpdates: Method = (sim, params, signal) => {
  if (sim.webhookUrl !== '') throw conflict(WEBHOOK_ACTIVE)
  sim.updates.allowOnly(params.json('allowed_updates'))
  const limit = params.has('limit') ? clamp(params.integer('limit'), 1, 100) : 100
  return sim.updates.poll(params.integer('offset'), limit, clamp(params.integer('timeout'), 0, 50), signal)
}

/** Keeps the address, but nothing is delivered to it: this server only answers polls. */
export const setWebhook: Method = (sim, params) => {
  const url = params.text('url')
  if (url === '') return deleteWebhook(sim, params, AbortSignal.abort())
  checkWebhookUrl(url)
  checkSecret(params.text('secret_token'))
  sim.updates.allowOnly(params.json('allowed_updates'))
  if (params.flag('drop_pending_updates')) sim.updates.drop()
  if (sim.webhookUrl === url) return new Described(true, 'Webhook is already set')
  sim.webhookUrl = url
  sim.updates.endPoll(conflict('terminated by setWebhook request'))
  return new Described(true, 'Webhook was set')
}

export const deleteWebhook: Method = (sim, params) => {
  if (params.flag('drop_pending_updates')) sim.updates.drop()
  const wasSet = sim.webhookUrl !== ''
  sim.webhookUrl = ''
  return new Described(true, wasSet ? 'Webhook was deleted' : 'Webhook is already deleted')
}

export const getWebhookInfo: Method = (sim) => ({
  url: sim.webhookUrl,
  has_custom_certificate: false,
  pending_update_count: sim.updates.pending,
})

export const answerCallbackQuery: Method = (sim, params: Params) => {
  sim.presses.answer(params.text('callback_query_id'), {
    text: params.text('text') || undefined,
    alert: params.flag('show_alert'),
    url: params.text('url') || undefined,
  })
  return true
}

function checkWebhookUrl(address: string): void {
  const url = URL.parse(address)
  if (!url) throw badRequest('invalid webhook URL specified')
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !loopback) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
  if (!loopback && !['', '80', '88', '443', '8443'].includes(url.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
}

function checkSecret(secret: string): void {
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
