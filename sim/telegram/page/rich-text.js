import { linkAttributes } from './deep-link.js'
import { element } from './dom.js'

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote'])
const TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' }

/** Turns a text with its entities into nodes. `sendCommand` is called when a /command is clicked. */
export function renderText(text, entities, sendCommand) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return renderRange(text, sorted, 0, text.length, sendCommand)
}

function renderRange(text, entities, from, to, sendCommand) {
  const nodes = []
  let position = from
  let index = 0
  while (index < entities.length) {
    const entity = entities[index]
    const start = Math.max(entity.offset, position)
    const end = Math.min(entity.offset + entity.length, to)
    index += 1
    if (start >= end) continue
    // What begins inside is nested; what reaches beyond the end goes on after it.
    const inside = entities.slice(index).filter((other) => other.offset < end)
    nodes.push(text.slice(position, start))
    nodes.push(wrap(entity, renderRange(text, inside, start, end, sendCommand), text.slice(start, end), sendCommand))
    position = endsLine(entity, text, end) ? end + 1 : end
  }
  nodes.push(text.slice(position, to))
  return nodes
}

/** A block ends its line by itself; the line break after it would show as an empty line. */
function endsLine(entity, text, end) {
  return BLOCKS.has(entity.type) && text[end] === '\n'
}

function wrap(entity, children, text, sendCommand) {
  const tag = TAGS[entity.type]
  if (tag) return element(tag, {}, ...children)
  switch (entity.type) {
    case 'pre':
      return element('pre', { 'data-language': entity.language }, element('code', {}, ...children))
    case 'blockquote':
      return element('blockquote', {}, ...children)
    case 'expandable_blockquote':
      return expandable('blockquote', 'expandable', 'Show the whole quotation', children)
    case 'spoiler':
      return expandable('span', 'spoiler', 'Reveal the spoiler', children)
    case 'bot_command':
      return commandLink(text, children, sendCommand)
    case 'text_link':
      return link(entity.url, children)
    case 'url':
      return link(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`, children)
    case 'email':
      return link(`mailto:${text}`, children)
    default:
      return element('span', { class: 'link' }, ...children)
  }
}

/** Something that opens at a click or a key, and stays open. */
function expandable(tag, name, label, children) {
  const open = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.currentTarget.classList.add('open')
    for (const attribute of ['role', 'tabindex', 'aria-label']) event.currentTarget.removeAttribute(attribute)
  }
  const attributes = { class: name, role: 'button', tabindex: '0', 'aria-label': label, onclick: open, onkeydown: open }
  return element(tag, attributes, ...children)
}

function commandLink(text, children, sendCommand) {
  const onclick = (event) => {
    event.preventDefault()
    sendCommand(text)
  }
  return element('a', { href: location.hash || '#', onclick }, ...children)
}

function link(address, children) {
  const safe = ['http:', 'https:', 'mailto:'].includes(URL.parse(address)?.protocol)
  if (!safe) return element('span', { class: 'link' }, ...children)
  return element('a', linkAttributes(address), ...children)
}
