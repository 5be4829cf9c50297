import { forgetAnswers, showAnswers, showToast } from './answers.js'
import * as api from './api.js'
import { setUpComposer, showComposer } from './composer.js'
import { addressOf, readAddress, setBot } from './deep-link.js'
import { byId } from './dom.js'
import { showHeader, showUsers } from './header.js'
import { clearMessages, scrollToBottom, showMessages } from './message-list.js'

/** The user whose chat is shown, and what is shown of it. */
let user
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
  const { code, user: addressed } = readAddress()
  const wanted = addressed ?? users[0]?.id
  showUsers(users, wanted, code)
  if (!users.some(({ id }) => id === wanted)) return
  view = await api.readChat(wanted)
  setBot(view.bot.username)
  if (wanted !== user) {
    clearMessages()
    forgetAnswers(view.presses)
    user = wanted
  }
  showHeader(view)
  showComposer(view, actions, code)
  showMessages(view.messages, view.presses, actions)
  showAnswers(view.presses)
  lockChat()
  if (view.action) setTimeout(refresh, 5100) // by then the bot is seen typing no longer
}

/** Until the chat of the address is drawn, nothing can be pressed: it would be sent by the person before. */
function lockChat() {
  const isAnother = (readAddress().user ?? user) !== user
  for (const part of document.querySelectorAll('header, main, footer')) part.inert = isAnother
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
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  location.hash = link.hash // at once: the browser would follow the link a little later
  lockChat()
})
window.addEventListener('hashchange', () => {
  lockChat()
  refresh()
})
api.onChange(refresh)
