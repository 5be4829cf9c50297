import { linkAttributes } from './deep-link.js'
import { element } from './dom.js'
import { renderText } from './rich-text.js'

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** Draws the content of a message: bubble and buttons. `actions` are `press`, `send` and `copy`. */
export function renderMessage(message, actions) {
  const nodes = [renderBubble(message, actions)]
  if (message.buttons.length > 0) nodes.push(renderKeys(message, actions))
  return nodes
}

function renderBubble(message, actions) {
  const { photo, document, replyTo, text, edited } = message
  const parts = []
  if (replyTo) parts.push(element('span', { class: 'reply' }, replyTo.text || 'Photo or document'))
  if (photo) parts.push(renderPhoto(photo))
  if (document) parts.push(renderDocument(document))
  const time = timeFormat.format(new Date(message.date))
  const meta = edited ? `edited ${time}` : time
  if (text) {
    parts.push(
      element('div', { class: 'text', 'data-meta': meta }, ...renderText(text, message.entities, actions.send)),
    )
  }
  parts.push(element('time', { class: 'meta', datetime: message.date }, meta))
  return element('div', { class: text ? 'bubble' : 'bubble bare' }, ...parts)
}

function renderPhoto({ url, width, height }) {
  const image = element('img', { src: url, width: String(width), height: String(height), alt: 'Photo' })
  return element('a', { class: 'photo', href: url, target: '_blank' }, image)
}

function renderDocument({ url, name, size }) {
  const mark = element('span', { class: 'avatar', 'aria-hidden': 'true' }, '↓')
  const text = element('span', {}, element('strong', {}, name), element('small', {}, describeSize(size)))
  return element('a', { class: 'document', href: url, download: name }, mark, text)
}

function describeSize(bytes) {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function renderKeys(message, actions) {
  const rows = Map.groupBy(message.buttons, (button) => button.row)
  const drawn = [...rows.values()].map((row) =>
    element('div', {}, ...row.map((button) => renderKey(message, button, actions))),
  )
  return element('div', { class: 'keys' }, ...drawn)
}

function renderKey(message, button, actions) {
  if (button.url !== undefined) {
    return element('a', { class: 'key', 'data-mark': '↗', ...linkAttributes(button.url) }, button.label)
  }
  const onclick = () => {
    if (button.data !== undefined) actions.press(message.id, button.data)
    else if (button.copy !== undefined) actions.copy(button.copy)
  }
  return element('button', { type: 'button', class: 'key', 'data-callback': button.data, onclick }, button.label)
}
