import { forgetAnswers, showAnswers, showToast } from './answers.js'
import * as api from './api.js'
import { setUpComposer, showComposer } from './composer.js'
import { addressOf, readAddress, setBot } from './deep-link.js'
import { byId } from './dom.js'
import { showHeader, showUsers } from './header.js'
import { clearMessages, scrollToBottom, showMessages } from './message-list.js'

/** The user whose chat is shown, and the user for whom the page was drawn last. */
let user
let drawnUser
let view

const actions = {
  send: (text) => attempt(() => api.sendText(user, text)).then(scrollToBottom),
  attach: (file) => attempt(() => api.sendFile(user, file)).then(scrollToBottom),
  press: (messageId, data) => attempt(() => api.pressButton(user, messageId, data)),
  copy: (text) =>
    attempt(async () => {
      await navigator.clipboard.writeText(text)
      showToast('Copied')
    }),
}

async function attempt(act) {
  try {
    await act()
  } catch (error) {
    showToast(error.message)
  }
}

async function draw() {
  const users = await api.listUsers()
  const { code, user: wanted } = readAddress()
  user = wanted ?? users[0]?.id
  showUsers(users, user, code)
  if (!users.some(({ id }) => id === user)) return
  view = await api.readChat(user)
  setBot(view.bot.username)
  if (view.user.id !== drawnUser) {
    clearMessages()
    forgetAnswers(view.presses)
    drawnUser = view.user.id
  }
  showHeader(view)
  showComposer(view, actions, code)
  showMessages(view.messages, view.presses, actions)
  showAnswers(view.presses)
  if (view.action) setTimeout(refresh, 5100) // by then the bot is seen typing no longer
}

let drawing = false
let again = false

/** Draws the current state; changes that come meanwhile are drawn together afterwards. */
async function refresh() {
  again = true
  if (drawing) return
  drawing = true
  while (again) {
    again = false
    await draw().catch((error) => console.warn(error))
  }
  drawing = false
}

setUpComposer(actions)
byId('start').addEventListener('click', () =>
  attempt(async () => {
    const { code } = readAddress()
    if (view.blocked) await api.setBlocked(user, false)
    await api.sendText(user, code === undefined ? '/start' : `/start ${code}`)
    history.replaceState(null, '', addressOf(user))
    refresh()
    scrollToBottom()
  }),
)
byId('block').addEventListener('click', () => attempt(() => api.setBlocked(user, !view.blocked)))
window.addEventListener('hashchange', refresh)
api.onChange(refresh)
