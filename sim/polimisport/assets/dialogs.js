/* Shared by the pages with dialogs: finds the parts of a page and asks or tells. The scripts use `data-part`
   alone, so that ids and classes can go missing without breaking the page itself. */
const part = (name, root = document) => root.querySelector(`[data-part="${name}"]`)
const pageData = JSON.parse(document.getElementById('page-data').textContent)

const show = (element, shown) => {
  element.style.display = shown ? '' : 'none'
}

/** Opens a dialog and hands back the button that was pressed. */
function openDialog(name, text, buttons) {
  const dialog = part(name)
  part(`${name}-text`).textContent = text
  show(dialog, true)
  return new Promise((resolve) => {
    for (const button of buttons) {
      part(button).onclick = () => {
        show(dialog, false)
        resolve(button)
      }
    }
  })
}

const ask = async (text) => (await openDialog('ask', text, ['yes', 'no'])) === 'yes'
const tell = (text) => openDialog('tell', text, ['ok'])

/** Posts a form as the site's scripts do. An answer that is not JSON (a login page, an error) is no answer. */
async function post(action, fields) {
  try {
    const response = await fetch(`/sportpolimi/Booking/${action}`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      body: new URLSearchParams(fields),
    })
    return await response.json()
  } catch {
    return undefined
  }
}

Object.assign(window, { part, pageData, show, ask, tell, post })
