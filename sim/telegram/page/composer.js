import { byId, element } from './dom.js'

const input = byId('input')
const commandList = byId('commands')
const menu = byId('menu')
let commands = []

/** Makes the input work. `actions` are `send` (a text) and `attach` (a file). */
export function setUpComposer(actions) {
  const submit = () => {
    const text = input.value.trim()
    input.value = ''
    closeMenu()
    if (text) actions.send(text)
  }
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    } else if (event.key === 'ArrowDown' && !commandList.hidden) {
      event.preventDefault()
      commandList.querySelector('button')?.focus()
    }
  })
  input.addEventListener('input', () => {
    if (/^\/\w*$/.test(input.value)) openMenu(input.value.slice(1), actions)
    else closeMenu()
  })
  byId('file').addEventListener('change', ({ target }) => {
    for (const file of target.files) actions.attach(file)
    target.value = ''
  })
  setUpMenu(actions)
}

/** Shows the commands, the keyboard and the state of the chat below the messages. `code`: of the link that opened it. */
export function showComposer(view, actions, code) {
  commands = view.commands
  menu.hidden = commands.length === 0
  const start = byId('start')
  const hadFocus = document.activeElement === start
  // A link into the chat asks for a press of Start, however often that was pressed before.
  start.hidden = view.started && !view.blocked && code === undefined
  start.textContent = view.blocked ? 'Unblock and restart' : 'Start'
  byId('composer').hidden = !start.hidden
  if (hadFocus && start.hidden) input.focus()
  input.placeholder = view.placeholder ?? 'Message'
  showKeyboard(start.hidden ? view.replyKeyboard : undefined, actions)
}

function setUpMenu(actions) {
  menu.addEventListener('click', () => (commandList.hidden ? openMenu('', actions) : closeMenu()))
  commandList.addEventListener('keydown', (event) => {
    const item = event.target.closest('li')
    const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key]
    if (!next) return
    event.preventDefault()
    next.querySelector('button').focus()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || commandList.hidden) return
    closeMenu()
    input.focus()
  })
  document.addEventListener('click', (event) => {
    if (!event.target.closest('footer')) closeMenu()
  })
}

function openMenu(start, actions) {
  const matching = commands.filter(({ command }) => command.startsWith(start))
  commandList.replaceChildren(...matching.map((command) => renderCommand(command, actions)))
  commandList.hidden = matching.length === 0
  menu.setAttribute('aria-expanded', String(!commandList.hidden))
}

function closeMenu() {
  commandList.hidden = true
  menu.setAttribute('aria-expanded', 'false')
}

function renderCommand({ command, description }, actions) {
  const onclick = () => {
    input.value = ''
    closeMenu()
    actions.send(`/${command}`)
    input.focus()
  }
  const parts = [element('strong', {}, `/${command}`), ' ', element('span', {}, description)]
  return element('li', {}, element('button', { type: 'button', onclick }, ...parts))
}

let drawnKeyboard

function showKeyboard(keyboard, actions) {
  const state = JSON.stringify(keyboard)
  if (state === drawnKeyboard) return
  drawnKeyboard = state
  byId('keyboard').hidden = !keyboard
  const rows = (keyboard?.rows ?? []).map((row) =>
    element(
      'div',
      {},
      ...row.map((text) => element('button', { type: 'button', onclick: () => actions.send(text) }, text)),
    ),
  )
  byId('keyboard').replaceChildren(...rows)
}
