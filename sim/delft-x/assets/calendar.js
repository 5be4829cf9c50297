/* The calendar: a day, a category, and a card for each hour of what is sold. */
import { openDialog } from './dialog.js'
import { ask } from './store.js'
import { make, texts } from './texts.js'

const ZONE = 'Europe/Amsterdam'
const HALL_TAGS = ['X1', 'X2', 'X3']
const local = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' })

/* `2026-10-12` and `13:00` in the house's own time. */
const wallTime = (instant) => local.format(new Date(instant)).split(' ')

export async function drawCalendar(root, language) {
  const words = texts(language)
  const chosen = new Set()
  const day = make('input', { type: 'date', class: 'form-control', value: window.pageData.today })
  const filter = make('input', { id: 'tag-filterinput', placeholder: words.filter, autocomplete: 'off' })
  const list = make('div', { class: 'tag-list', hidden: true })
  const slots = make('div', { class: 'slots' })
  let latest = 0

  async function refresh() {
    const turn = ++latest
    day.readOnly = true
    const found = await slotsOf(day.value, [...chosen])
    if (turn !== latest) return
    slots.replaceChildren(...groups(found).map((group) => card(group, words, () => openDialog(group, words, refresh))))
    day.readOnly = false
  }

  day.onchange = refresh
  filter.onfocus = () => list.removeAttribute('hidden')
  filter.onkeydown = (event) => event.key === 'Escape' && list.setAttribute('hidden', '')
  root.replaceChildren(
    make('nav', {}, make('a', { href: '/' }, words.calendar), ' ', make('a', { href: '/dashboard' }, words.dashboard)),
    make('h1', {}, words.calendar),
    day,
    filter,
    list,
    slots,
  )
  const tags = await (await ask('/public/tags')).json()
  fillTags(list, filter, tags, words, (id, on) => {
    if (on) chosen.add(id)
    else chosen.delete(id)
    return refresh()
  })
  await refresh()
}

/* Fitness stands alone; the halls hide behind "All spaces" until it is opened. What is typed narrows what shows. */
function fillTags(list, filter, tags, words, choose) {
  const box = ({ id, description }) => {
    const input = make('input', { type: 'checkbox', id: `tagCheckbox${id}` })
    input.onchange = () => choose(id, input.checked)
    return make('li', { 'data-tag': description }, input, make('label', { for: input.id }, description))
  }
  const halls = make(
    'ul',
    { hidden: true },
    ...tags.filter(({ description }) => HALL_TAGS.includes(description)).map(box),
  )
  const opener = make(
    'li',
    { tabindex: '0', onclick: () => halls.toggleAttribute('hidden') },
    make('span', {}, words.allSpaces),
  )
  list.replaceChildren(
    make('ul', {}, ...tags.filter(({ description }) => !HALL_TAGS.includes(description)).map(box), opener),
    halls,
  )
  filter.oninput = () => {
    const wanted = filter.value.toLowerCase()
    for (const item of list.querySelectorAll('[data-tag]'))
      item.hidden = !item.dataset.tag.toLowerCase().includes(wanted)
  }
}

/* The API is loose about ranges, so a wide one is asked for and narrowed here. */
async function slotsOf(date, tagIds) {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  const midnight = Date.UTC(year, month - 1, dayOfMonth)
  const s = {
    startDate: new Date(midnight - 3 * 3_600_000).toISOString(),
    endDate: new Date(midnight + 24 * 3_600_000).toISOString(),
    ...(tagIds.length > 0 && { tagIds: { $in: tagIds } }),
  }
  const found = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const query = new URLSearchParams({ s: JSON.stringify(s), limit: '100', page: String(page), sort: 'startDate,ASC' })
    for (const join of ['linkedProduct', 'linkedProduct.translations', 'product', 'product.translations'])
      query.append('join', join)
    const response = await ask(`/bookable-slots?${query}`)
    if (!response.ok) return []
    const { data, pageCount } = await response.json()
    pages = pageCount
    found.push(...data.filter(({ startDate }) => wallTime(startDate)[0] === date))
  }
  return found
}

/* One card for all places of a product at one hour. */
function groups(slots) {
  const cards = Map.groupBy(slots, (slot) => `${slot.startDate} ${slot.linkedProductId}`)
  return [...cards.values()].map((places) => ({ places, free: places.filter(({ isAvailable }) => isAvailable) }))
}

function card({ places, free }, words, open) {
  const [{ startDate, linkedProduct }] = places
  const isFull = free.length === 0
  return make(
    'div',
    { 'data-test-id': 'bookable-slot-list', class: isFull ? 'slot opacity-50' : 'slot' },
    make('p', { 'data-test-id': 'bookable-slot-start-time' }, make('strong', {}, wallTime(startDate)[1])),
    make('span', { 'data-test-id': 'bookable-slot-linked-product-description' }, linkedProduct.description),
    isFull && make('div', { 'data-test-id': 'bookable-slot-spots-full' }, words.full),
    make(
      'button',
      { type: 'button', 'data-test-id': 'bookable-slot-book-button', disabled: isFull, onclick: open },
      words.book,
    ),
  )
}
