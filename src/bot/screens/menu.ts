import type { Person } from '../people.ts'
import type { Words } from '../texts.ts'
import { type Button, button, type View } from '../view.ts'

/** The menu of /start. */
export function menuScreen({ words, firstName }: Person, hasPlans: boolean): View {
  return { text: words.html('menu-title', { name: firstName }), buttons: menuButtons(words, hasPlans) }
}

/** `hasPlans`: plans are of use in this house. */
export function menuButtons(words: Words, hasPlans = false): Button[][] {
  const plans = hasPlans ? [button(words.text('button-plans'), 'plans', { page: 0 })] : []
  return [
    [button(words.text('button-new-booking'), 'book', {})],
    [button(words.text('button-bookings'), 'bookings', { page: 0 }), ...plans],
    [button(words.text('button-recurring'), 'recurring', {}), button(words.text('button-timetable'), 'timetable', {})],
    [button(words.text('button-week'), 'week', {}), button(words.text('button-settings'), 'settings', {})],
  ]
}

export function helpScreen({ words }: Person, hasPlans: boolean, intro?: string): View {
  return {
    text: [intro, words.html('help'), hasPlans ? words.html('help-plans') : undefined]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    // The menu itself would push it off a phone's screen.
    buttons: [[menuButton(words)]],
  }
}

/** A short text with the way back to the menu. */
export function plainScreen(words: Words, text: string): View {
  return { text, buttons: [[menuButton(words)]] }
}

export function menuButton(words: Words): Button {
  return button(words.text('button-menu'), 'menu', {})
}
