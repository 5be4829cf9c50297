import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { type ButtonData, type ButtonName, buttonData } from './buttons.ts'
import { shorten } from './html.ts'

/** One message as it will be shown. `text` is HTML. */
export type View = { text: string; buttons: Button[][] }
/** Pressed, it sends its data, or opens a page. */
export type Button = { label: string } & ({ data: string } | { url: string })

const LABEL_LENGTH = 60

export function button<N extends ButtonName>(label: string, name: N, data: ButtonData<N>): Button {
  return { label: shorten(label, LABEL_LENGTH), data: buttonData(name, data) }
}

export function linkButton(label: string, url: string): Button {
  return { label: shorten(label, LABEL_LENGTH), url }
}

/** Lines of a message; undefined ones are left out, `''` is an empty line. */
export function lines(...parts: (string | undefined | false)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== false)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Telegram's form of the buttons; undefined when there are none. */
export function keyboardOf(buttons: readonly Button[][]): InlineKeyboardMarkup | undefined {
  const rows = buttons.filter((row) => row.length > 0)
  if (rows.length === 0) return undefined
  return {
    inline_keyboard: rows.map((row) =>
      row.map(
        (button): InlineKeyboardButton =>
          'url' in button
            ? { text: button.label, url: button.url }
            : { text: button.label, callback_data: button.data },
      ),
    ),
  }
}

/** The rows of one page and its ‹ › buttons. `page` counts from 0; one past the end shows the last. */
export function pageOf<T>(all: readonly T[], page: number, size: number): { items: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const shown = Math.min(page, pages - 1)
  return { items: all.slice(shown * size, (shown + 1) * size), page: shown, pages }
}

/** ‹ 2/3 › */
export function pager(page: number, pages: number, dataOf: (page: number) => string): Button[] {
  if (pages <= 1) return []
  const back = page > 0 ? [{ label: '‹', data: dataOf(page - 1) }] : []
  const on = page < pages - 1 ? [{ label: '›', data: dataOf(page + 1) }] : []
  return [...back, { label: `${page + 1}/${pages}`, data: dataOf(page) }, ...on]
}
