/* The details of one hour: which place, and the booking itself. */
import { ask, member } from './store.js'
import { make } from './texts.js'

export function openDialog({ places, free }, words, changed) {
  let [chosen] = free
  const status = make('div', { class: 'status' })
  const close = () => {
    backdrop.remove()
    return changed()
  }
  const confirm = make('button', { type: 'button', 'data-test-id': 'details-book-button' }, words.confirm)
  confirm.onclick = async () => {
    confirm.disabled = true
    await book(chosen, status, words)
    confirm.disabled = false
  }
  const backdrop = make(
    'div',
    { class: 'modal' },
    make(
      'div',
      { class: 'modal-content', role: 'dialog' },
      make('h3', {}, places[0].linkedProduct.description),
      places.length > 1 && picker(places, chosen, words, (slot) => (chosen = slot)),
      confirm,
      make('button', { type: 'button', 'data-test-id': 'button-close-modal', onclick: close }, words.close),
      status,
    ),
  )
  document.body.append(backdrop)
}

function picker(places, chosen, words, choose) {
  const input = make('input', { role: 'combobox', placeholder: words.choose, value: chosen.product.description })
  const options = make('div', { class: 'ng-dropdown-panel', role: 'listbox', hidden: true })
  for (const slot of places) {
    const pick = () => {
      choose(slot)
      input.value = slot.product.description
      options.setAttribute('hidden', '')
    }
    options.append(make('div', { class: 'dropdown-item', role: 'option', onclick: pick }, slot.product.description))
  }
  input.onclick = () => options.removeAttribute('hidden')
  return make('product-select-input', {}, input, options)
}

async function book(slot, status, words) {
  const { startDate, endDate, bookableProductId, linkedProductId, bookingId = null } = slot
  const messages = { primaryPurchaseMessage: null, secondaryPurchaseMessage: null }
  const params = {
    ...{ startDate, endDate, bookableProductId, bookableLinkedProductId: linkedProductId, bookingId },
    ...{ invitedMemberEmails: [], invitedGuests: [], invitedOthers: [], ...messages, clickedOnBook: true },
  }
  const body = { organizationId: null, memberId: member().id, bookingId, ...messages, params, dateOfRegistration: null }
  const response = await ask('/participations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (response.ok && answer.status === 1) {
    status.replaceChildren(
      make('i', { 'data-test-id': 'booking-success', class: 'icon' }),
      make('h4', {}, words.booked),
    )
  } else {
    status.replaceChildren(make('p', { class: 'alert' }, response.ok ? words.waiting : String(answer.message)))
  }
}
