import { addressOf } from './deep-link.js'
import { byId, element } from './dom.js'

const ACTIONS = {
  typing: 'typing…',
  upload_photo: 'sending a photo…',
  upload_document: 'sending a file…',
  choose_sticker: 'choosing a sticker…',
  find_location: 'choosing a location…',
}

/** Shows whose chat this is, with which bot, and what the bot is doing. */
export function showHeader(view) {
  document.title = view.bot.name
  byId('bot-name').textContent = view.bot.name
  byId('avatar').textContent = [...view.bot.name][0] ?? ''
  const state = byId('bot-state')
  state.textContent = view.action ? (ACTIONS[view.action.name] ?? 'working…') : `bot · @${view.bot.username}`
  state.classList.toggle('active', Boolean(view.action))
  byId('block').textContent = view.blocked ? 'Unblock bot' : 'Block bot'
  byId('block').hidden = !view.started
  byId('empty').hidden = view.messages.length > 0
  byId('empty').textContent = view.bot.description || 'No messages here yet'
  showHint(view.hint)
}

let drawnUsers

/** Shows the people to chat as, each of whom may be the one to open the link with `code`. */
export function showUsers(users, current, code) {
  const state = JSON.stringify([users, current, code])
  if (state === drawnUsers) return
  drawnUsers = state
  const links = users.map((user) => {
    const name = [user.first_name, user.last_name].filter(Boolean).join(' ')
    const language = user.language_code ? ` (${user.language_code})` : ''
    const isCurrent = user.id === current ? 'page' : undefined
    return element('a', { href: addressOf(user.id, code), 'aria-current': isCurrent }, `${name}${language}`)
  })
  byId('users').replaceChildren(...links)
}

function showHint(hint) {
  byId('hint').hidden = !hint || sessionStorage.getItem('dismissed hint') === hint
  byId('hint-text').textContent = hint ?? ''
}

byId('hint-close').addEventListener('click', () => {
  sessionStorage.setItem('dismissed hint', byId('hint-text').textContent)
  byId('hint').hidden = true
})
