/** Asks the simulator; a refusal becomes an Error with its reason. */
async function ask(path, options) {
  const response = await fetch(`/__sim/${path}`, options)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error.replace(/^Error: (Bad Request: )?/, ''))
  return body
}

function post(path, body) {
  return ask(path, { method: 'POST', body: JSON.stringify(body) })
}

export const listUsers = () => ask('users')
export const readChat = (user) => ask(`chat?user=${user}`)
export const sendText = (user, text) => post('send', { user, text })
export const pressButton = (user, messageId, data) => post('press', { user, message_id: messageId, data })
export const setBlocked = (user, blocked) => post('block', { user, blocked })

/** Sends a file the user chose: pictures as photos, everything else as a document. */
export function sendFile(user, file) {
  const kind = ['image/jpeg', 'image/png', 'image/webp'].includes(file.type) ? 'photo' : 'document'
  const query = new URLSearchParams({ user, kind, name: file.name })
  return ask(`upload?${query}`, { method: 'POST', body: file })
}

/** Calls back now and after every change in the simulated world. */
export function onChange(callback) {
  new EventSource('/__sim/events').addEventListener('change', callback)
}
