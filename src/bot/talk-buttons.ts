import { buttonData, readButton } from './buttons.ts'
import { shorten } from './html.ts'
import type { Button } from './view.ts'

const LABEL_LENGTH = 60

/** A button that answers question `key` of a talk with `choice` (letters, digits, dots and dashes). */
export function talkButton(label: string, key: string, choice: string): Button {
  return { label: shorten(label, LABEL_LENGTH), data: buttonData('talk', { key, choice }) }
}

/** The choice of a press, if it answers question `key`. */
export function choiceOf(data: string, key: string): string | undefined {
  const read = readButton('talk', data)
  return read?.key === key ? read.choice : undefined
}
