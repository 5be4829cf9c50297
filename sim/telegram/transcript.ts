import type { ChatView, SeenButton, SeenMessage } from './view.ts'

/** The visible chat as text, for the message of a failed test. */
export function writeTranscript(view: ChatView): string {
  const messages = view.messages.flatMap((message) => writeMessage(message, view))
  const keyboard =
    view.replyKeyboard?.rows.map((row) => `  keyboard: ${row.map((label) => `[${label}]`).join(' ')}`) ?? []
  const lines = [...messages, ...keyboard]
  return lines.length > 0 ? lines.join('\n') : '(the chat is empty)'
}

function writeMessage(message: SeenMessage, view: ChatView): string[] {
  const sender = message.from === 'bot' ? view.bot.name : view.user.first_name
  const file = message.document?.name ?? (message.photo ? 'photo' : undefined)
  const content = [file && `<${file}>`, message.text].filter(Boolean).join(' ')
  const text = content.replaceAll('\n', '\n    ')
  return [`  ${sender}: ${text}${message.edited ? ' (edited)' : ''}`, ...writeButtons(message.buttons)]
}

function writeButtons(buttons: SeenButton[]): string[] {
  const rows = Map.groupBy(buttons, (button) => button.row)
  return [...rows.values()].map((row) => `    ${row.map((button) => `[${button.label}]`).join(' ')}`)
}
