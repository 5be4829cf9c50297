import * as bot from './bot.ts'
import { deleteMessage, deleteMessages } from './delete.ts'
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from './edit.ts'
import type { Method } from './method.ts'
import { sendChatAction, sendDocument, sendMessage, sendPhoto } from './send.ts'
import { answerCallbackQuery, deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts'

const name = bot.textSetting('name', ({ first_name }) => first_name)
const description = bot.textSetting('description', () => '')
const shortDescription = bot.textSetting('short_description', () => '')

/** The methods this server carries out, under their documented names. */
export const METHODS: Record<string, Method> = {
  getMe: bot.getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendDocument,
  sendPhoto,
  sendChatAction,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  answerCallbackQuery,
  getFile: bot.getFile,
  getChat: bot.getChat,
  setMyCommands: bot.setMyCommands,
  getMyCommands: bot.getMyCommands,
  deleteMyCommands: bot.deleteMyCommands,
  setChatMenuButton: bot.setChatMenuButton,
  getChatMenuButton: bot.getChatMenuButton,
  setMyName: name.set,
  getMyName: name.get,
  setMyDescription: description.set,
  getMyDescription: description.get,
  setMyShortDescription: shortDescription.set,
  getMyShortDescription: shortDescription.get,
}
