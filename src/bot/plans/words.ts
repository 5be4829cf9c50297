import type { PlanPlaceChoice } from '../../db/plan-choices.ts'
import { shorten } from '../html.ts'
import type { Words } from '../texts.ts'

const NAME_LENGTH = 24
const PLACE_LENGTH = 24

/** "13:00", of a whole hour of the day. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** "13:00–18:00" */
export function spanText({ from, to }: { from: number; to: number }): string {
  return `${hourText(from)}–${hourText(to)}`
}

/** "X1 A": a part by its name, after the place's where it does not say it. A place without parts has one, empty. */
export function slotText(place: string, part: string | null): string {
  if (part === null || part === '') return shorten(place, PLACE_LENGTH)
  return shorten(part.startsWith(place) ? part : `${place} ${part}`, PLACE_LENGTH)
}

/** "A" of "X1 A": a part beside its place. */
export function partText(place: string, part: string): string {
  return shorten(part.startsWith(`${place} `) ? part.slice(place.length + 1) : part, PLACE_LENGTH)
}

/** "X1 (A, B)" */
export function placeText({ place, options }: Pick<PlanPlaceChoice, 'place' | 'options'>): string {
  const parts = options.flatMap((part) => (part === null ? [] : [partText(place, part)]))
  const name = shorten(place, PLACE_LENGTH)
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`
}

/** An account as it is called among other people's. */
type NamedAccount = { accountId: number; name: string; ownerId: number; ownerName: string }

/**
 * What the accounts are called, by their ids: by their names, and by their owners' where that alone would not tell them
 * apart or says nothing (`portalName`: what an account is called that nobody has given a name).
 */
export function accountNames(accounts: readonly NamedAccount[], portalName: string): Map<number, string> {
  const count = (name: string) => accounts.filter((one) => one.name === name).length
  return new Map(
    accounts.map(({ accountId, name, ownerName }) => {
      if (name === portalName && ownerName !== '') return [accountId, shorten(ownerName, NAME_LENGTH)]
      const isAlone = count(name) === 1 || ownerName === ''
      return [accountId, isAlone ? shorten(name, NAME_LENGTH) : shorten(`${name} (${ownerName})`, NAME_LENGTH)]
    }),
  )
}

/** "3 hours in a row, or 2" */
export function hoursText(words: Words, { hours, least }: { hours: number; least: number }): string {
  if (least < hours) return words.text('plan-hours-or', { n: hours, least })
  return words.text('plan-hours', { n: hours })
}

const NUMBERS = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣']

/** The sign of the `index`th choice, from 0 on. */
export function numberSign(index: number): string {
  return NUMBERS[index] ?? `${index + 1}.`
}
