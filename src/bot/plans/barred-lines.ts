import type { PlanView } from '../../db/plan-views.ts'
import type { PlanLine } from '../../planner/plan/types.ts'
import { escapeHtml, shorten } from '../html.ts'
import type { Words } from '../texts.ts'
import { namesIn } from './about.ts'
import { hourText, slotText } from './words.ts'

type Barred = PlanLine['places'][number] & { hour: number }

const WHO_LENGTH = 200

/** Where nobody could try, of an ended plan. */
export function barredOf({ outcome }: PlanView): Barred[] {
  const all = (outcome?.story ?? []).flatMap(({ hour, places }) => places.map((place) => ({ ...place, hour })))
  return all.filter(({ barred }) => barred.length > 0)
}

/** "13:00 X1: has an hour there: Anna, Carla; login refused: Bruno", as HTML. */
export function barredLine(words: Words, plan: PlanView, { hour, place, barred }: Barred): string {
  const names = namesIn(plan)
  const who = [...Map.groupBy(barred, ({ why }) => why)].map(
    ([why, those]) =>
      `${words.text(`plan-bar-${why}`)}: ${those.map(({ account }) => names.get(account) ?? '?').join(', ')}`,
  )
  const what = `${hourText(hour)} ${slotText(place, '')}`
  return `<b>${escapeHtml(what)}</b>: ${escapeHtml(shorten(who.join('; '), WHO_LENGTH))}`
}
