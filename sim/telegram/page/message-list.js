import { byId, element } from './dom.js'
import { renderMessage } from './message.js'

const list = byId('messages')
const scroller = byId('scroller')
const toBottom = byId('to-bottom')
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' })

/** Element and last drawn state of everything in the list, by key. */
let drawn = new Map()

/** Empties the list, for another chat. */
export function clearMessages() {
  drawn = new Map()
  list.replaceChildren()
}

/** Brings the list up to date: only what changed is drawn again, in its place. */
export function showMessages(messages, presses, actions) {
  const first = drawn.size === 0
  const follow = first || isAtBottom()
  const previous = drawn
  drawn = new Map()
  for (const item of withDays(messages)) drawn.set(item.key, update(previous.get(item.key), item, first, actions))
  for (const [key, entry] of previous) if (!drawn.has(key)) entry.node.remove()
  arrange([...drawn.values()].map((entry) => entry.node))
  showSpinners(presses)
  if (follow) scrollToBottom()
}

/** Shows the newest message. */
export function scrollToBottom() {
  scroller.scrollTop = scroller.scrollHeight
}

function isAtBottom() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40
}

function withDays(messages) {
  let lastDay
  return messages.flatMap((message) => {
    const day = dayFormat.format(new Date(message.date))
    const items = [{ key: message.id, message, state: JSON.stringify(message) }]
    if (day !== lastDay) items.unshift({ key: `before ${message.id}`, day, state: day })
    lastDay = day
    return items
  })
}

function update(entry, item, first, actions) {
  if (entry?.state === item.state) return entry
  const node = entry?.node ?? element('li')
  if (item.day) {
    node.className = 'day'
    node.replaceChildren(item.day)
  } else {
    drawMessage(node, item.message, actions)
    if (!entry && !first) node.classList.add('new')
  }
  return { node, state: item.state }
}

function drawMessage(node, message, actions) {
  const focused = [...node.querySelectorAll('.key')].indexOf(document.activeElement)
  node.className = `message ${message.from === 'user' ? 'mine' : ''}`
  node.dataset.message = message.id
  node.replaceChildren(...renderMessage(message, actions))
  // Whoever works with the keyboard stays where they were.
  if (focused >= 0) (node.querySelectorAll('.key')[focused] ?? byId('input')).focus()
}

function arrange(nodes) {
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null)
  })
}

function showSpinners(presses) {
  const waiting = new Set(presses.filter((press) => press.waiting).map((press) => `${press.messageId} ${press.data}`))
  for (const key of list.querySelectorAll('button.key')) {
    const busy = waiting.has(`${key.closest('.message').dataset.message} ${key.dataset.callback}`)
    if (busy) key.setAttribute('aria-busy', 'true')
    else key.removeAttribute('aria-busy')
  }
}

scroller.addEventListener('scroll', () => {
  toBottom.hidden = isAtBottom()
})
new ResizeObserver(() => {
  if (toBottom.hidden) scrollToBottom()
}).observe(scroller)
toBottom.addEventListener('click', scrollToBottom)
