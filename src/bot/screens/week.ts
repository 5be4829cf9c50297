import type { Database } from '../../db/database.ts'
import { findUser } from '../../db/users.ts'
import type { FileView } from '../outbox.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines } from '../view.ts'
import { collectWeek } from '../week/collect.ts'
import type { Drawer } from '../week/drawer.ts'
import { layOut } from '../week/layout.ts'
import type { Theme, WeekPicture } from '../week/picture.ts'
import { svgOf } from '../week/svg.ts'
import { menuButton } from './menu.ts'

/** The week as a picture, with its buttons; undefined for a user without an account. */
export async function weekScreen(
  db: Database,
  drawer: Drawer,
  words: Words,
  userId: number,
  week: WeekNumber,
): Promise<FileView | undefined> {
  const picture = await collectWeek(db, words, userId, Number(week))
  if (!picture) return undefined
  const theme = (await findUser(db.read, userId))?.week_theme ?? 'light'
  const bytes = await drawer.draw(svgOf(layOut(picture, theme)))
  return {
    kind: 'photo',
    name: `week-${picture.days[0]?.date ?? ''}.png`,
    bytes,
    caption: captionOf(words, picture),
    buttons: [[turnButton(words, week)], [themeButton(words, week, theme), menuButton(words)]],
  }
}

/** '0': from today on; '1': the seven days after. */
export type WeekNumber = '0' | '1'

function captionOf(words: Words, { days, labels }: WeekPicture): string {
  const entries = days.flatMap((day) => day.entries)
  const counts = (['booked', 'waiting', 'recurring'] as const).flatMap((kind) => {
    const n = entries.filter((entry) => entry.kind === kind).length
    return n === 0 ? [] : [words.html(`week-count-${kind}`, { n })]
  })
  const said = counts.length === 0 ? words.html('week-empty-title') : counts.join(' · ')
  return lines(words.html('week-caption', { range: labels.range }), said)
}

function turnButton(words: Words, week: WeekNumber): Button {
  return week === '0'
    ? button(words.text('button-next-week'), 'week-of', { week: '1' })
    : button(words.text('button-this-week'), 'week-of', { week: '0' })
}

function themeButton(words: Words, week: WeekNumber, theme: Theme): Button {
  const other = theme === 'light' ? 'dark' : 'light'
  return button(words.text(`button-week-${other}`), 'week-theme', { week, theme: other })
}
