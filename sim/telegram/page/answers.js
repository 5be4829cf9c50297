import { byId, element } from './dom.js'

const TOAST_MILLISECONDS = 4000
let seen = new Set()

/** Takes the answers that are already there as read and clears the rest away, for another chat. */
export function forgetAnswers(presses) {
  seen = new Set(presses.filter((press) => press.answer).map((press) => press.id))
  byId('toasts').replaceChildren()
}

/** Pops up the answers that are new: as an alert, or for a few seconds. */
export function showAnswers(presses) {
  for (const { id, answer } of presses) {
    if (!answer || seen.has(id)) continue
    seen.add(id)
    if (answer.text && answer.alert) showAlert(answer.text)
    else if (answer.text) showToast(answer.text)
  }
}

export function showToast(text) {
  const toast = element('p', {}, text)
  byId('toasts').append(toast)
  setTimeout(() => toast.remove(), TOAST_MILLISECONDS)
}

function showAlert(text) {
  byId('alert-text').textContent = text
  if (!byId('alert').open) byId('alert').showModal()
}
