import { chatJson } from '../bot-json.ts'
import { readCommands, readScope } from '../commands.ts'
import { badRequest } from '../errors.ts'
import type { Json } from '../model.ts'
import { findChat, type Method } from './method.ts'

const DOWNLOAD_LIMIT = 20 * 1024 * 1024

export const getMe: Method = (sim) => ({
  ...sim.bot,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  supports_guest_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
})

export const getChat: Method = (sim, params) => ({
  ...chatJson(findChat(sim, params).user),
  accent_color_id: 3,
  max_reaction_count: 11,
  accepted_gift_types: {
    unlimited_gifts: true,
    limited_gifts: true,
    unique_gifts: true,
    premium_subscription: true,
    gifts_from_channels: true,
  },
})

export const getFile: Method = (sim, params) => {
  if (!params.has('file_id')) throw badRequest('file_id not specified')
  const file = sim.files.find(params.text('file_id'))
  if (!file) throw badRequest('invalid file_id')
  if (file.bytes.length > DOWNLOAD_LIMIT) throw badRequest('file is too big')
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length, file_path: file.path }
}

export const setMyCommands: Method = (sim, params) => {
  const commands = readCommands(params.json('commands'))
  sim.commands.set(readScope(params.json('scope')), params.text('language_code'), commands)
  return true
}

export const getMyCommands: Method = (sim, params) =>
  sim.commands.get(readScope(params.json('scope')), params.text('language_code'))

export const deleteMyCommands: Method = (sim, params) => {
  sim.commands.delete(readScope(params.json('scope')), params.text('language_code'))
  return true
}

export const setChatMenuButton: Method = (sim, params) => {
  const button = params.json('menu_button')
  const known: Json = typeof button === 'object' && button !== null ? { ...button } : { type: 'default' }
  sim.settings.set(`menu_button|${params.text('chat_id')}`, known)
  sim.changes.note()
  return true
}

export const getChatMenuButton: Method = (sim, params) =>
  sim.settings.get(`menu_button|${params.text('chat_id')}`) ?? sim.settings.get('menu_button|') ?? { type: 'commands' }

/** The setter and the getter of a text that may differ from language to language. */
export function textSetting(
  name: string,
  fallback: (bot: { first_name: string }) => string,
): { set: Method; get: Method } {
  return {
    set: (sim, params) => {
      sim.settings.set(`${name}|${params.text('language_code')}`, { [name]: params.text(name) })
      sim.changes.note()
      return true
    },
    get: (sim, params) =>
      sim.settings.get(`${name}|${params.text('language_code')}`) ??
      sim.settings.get(`${name}|`) ?? { [name]: fallback(sim.bot) },
  }
}
