/* The calendar: asks for one day at a time, shows some days side by side, keeps the others, and books. */
const { part, pageData, show, ask, tell, post } = window
const { activityId, today, columns, labels, missing, words } = pageData
const MAX_OFFSET = 30

const days = part('days')
const repository = part('repository')
const blocks = new Map()
let first = 0
let loseClick = pageData.loseClick

const escapeText = (text) => {
  const element = document.createElement('i')
  element.textContent = text ?? ''
  return element.innerHTML
}

/* As the server does to the rest of the page: names that a test has taken away. */
function dropNames(markup) {
  const template = document.createElement('template')
  template.innerHTML = markup
  for (const element of template.content.querySelectorAll('*')) {
    for (const name of missing) {
      element.classList.remove(name)
      if (element.id === name) element.removeAttribute('id')
      if (name.startsWith('data-')) element.removeAttribute(name)
    }
  }
  return template.content
}

const dateAt = (offset) => {
  const [year, month, day] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day + offset)).toISOString().slice(0, 10)
}

function slotMarkup(item) {
  const skill = item.SkillName === null ? '' : ` - <span class="skill">${escapeText(item.SkillName)}</span>`
  const line = (name, text) => (text ? `<div class="${name}">${escapeText(text)}</div>` : '')
  return `<div class="event-slot slot-${item.Status.toLowerCase()}" data-part="slot">
 <div class="slot-icon"><i class="${item.Icon}"></i></div>
 <div class="slot-time"><span class="time-start">${item.TimeStart}</span> <span class="time-duration">${escapeText(item.TimeDuration)}</span></div>
 <div class="slot-description">${escapeText(item.EventDescription)}${skill}</div>
 ${line('slot-description2', item.EventDescription2)}${line('slot-description3', item.EventDescription3)}
 <div class="slot-notes slot-notes-before"></div><div class="slot-notes slot-notes-after">${escapeText(item.Notes)}</div></div>`
}

function blockOf(offset) {
  const date = dateAt(offset)
  const width = columns === 1 ? 12 : columns === 3 ? 4 : 1
  const column =
    dropNames(`<div class="day-column col-md-${width}"><div class="day-schedule" data-date-offset="${offset}">
 <h3 class="day-schedule-label">${escapeText(labels[date] ?? date)}</h3>
 <div class="day-schedule-empty" data-part="empty" style="display:none">${escapeText(words.empty)}</div>
 <div class="day-schedule-slots" data-part="slots"></div></div></div>`).firstElementChild
  fill(column, date)
  return column
}

async function fill(column, currentDate) {
  const answer = await post('GetActivitySchedule', {
    currentDate,
    activityID: activityId,
    skillID: '0',
    activityFlags: 'Classes',
    getForCatchUp: 'false',
  })
  const items = answer?.status === 'OK' ? answer.data : []
  const empty = part('empty', column)
  if (answer?.status !== 'OK') empty.textContent = answer?.error_message ?? words.broken
  show(empty, items.length === 0)
  const slots = part('slots', column)
  slots.replaceChildren(dropNames(items.map(slotMarkup).join('\n')))
  slots.querySelectorAll('[data-part="slot"]').forEach((slot, index) => {
    if (items[index].Status === 'Available') slot.onclick = () => openSlot(items[index].AppointmentId)
  })
}

/* Moves the days shown from the repository, and those no longer shown into it. */
function draw() {
  const shown = Array.from({ length: columns }, (_, index) => first + index)
  for (const [offset, block] of blocks) if (!shown.includes(offset)) repository.append(block)
  for (const offset of shown) {
    if (!blocks.has(offset)) blocks.set(offset, blockOf(offset))
    days.append(blocks.get(offset))
  }
}

function move(to) {
  first = Math.min(Math.max(to, 0), MAX_OFFSET)
  draw()
}

async function openSlot(appointmentID) {
  if (loseClick) {
    loseClick = false
    return
  }
  const query = new URLSearchParams({ appointmentID })
  const headers = { 'X-Requested-With': 'XMLHttpRequest' }
  const response = await fetch(`/sportpolimi/Booking/ConfirmActivityBooking?${query}`, { headers }).catch(
    () => undefined,
  )
  if (!response?.ok) {
    await tell(words.broken)
    return
  }
  const confirm = part('confirm')
  confirm.replaceChildren(dropNames(await response.text()))
  show(part('calendar'), false)
  show(confirm, true)
  const book = part('book', confirm)
  const wait = part('wait', confirm)
  if (book) book.onclick = () => sendBooking(book)
  if (wait) wait.onclick = () => joinWaitingList(wait)
}

async function sendBooking(button) {
  button.disabled = true
  const answer = await post('BookAppointment', { appointmentID: button.dataset.appointment })
  if (answer?.status !== 'OK') {
    await tell(answer?.message ?? words.broken)
    location.reload()
  } else if (answer.canBookAgain) {
    if (await ask(words.again)) location.reload()
    else location.href = answer.url
  } else if (pageData.withoutDialog === 'list') {
    location.href = answer.url
  }
}

async function joinWaitingList(button) {
  const answer = await post('JoinWaitingList', { appointmentID: button.dataset.appointment })
  await tell(answer?.message ?? words.broken)
  if (answer) location.href = '/sportpolimi/Booking'
}

part('back').onclick = (event) => {
  event.preventDefault()
  move(first - 1)
}
part('on').onclick = (event) => {
  event.preventDefault()
  move(first + 1)
}
part('today').onclick = (event) => {
  event.preventDefault()
  move(0)
}

for (const offset of pageData.staleOffsets) {
  blocks.set(offset, blockOf(offset))
  repository.append(blocks.get(offset))
}
draw()
show(part('calendar'), true)
