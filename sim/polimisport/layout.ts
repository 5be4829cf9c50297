import type { Html } from '../shared/html.ts'

/** Ways of wording the same content otherwise. */
export const TEXT_VARIANTS = [
  /** Weekdays in lower case, names In Mixed Case. */
  'case',
  /** More spaces, some of them non-breaking. */
  'spaces',
  /** `Mercoledì 14 Ottobre`. */
  'no-comma',
  /** `Mercoledì, 14 Ott`. */
  'month-short',
  /** `Mercoledì, 14/10/2026`. */
  'numeric-date',
  /** Accents as separate characters (NFD). */
  'decomposed',
  /** No word about the spots. */
  'no-spots',
  /** Buttons with other words. */
  'button',
] as const

export type TextVariant = (typeof TEXT_VARIANTS)[number]

/** Ids, classes and attributes that `layout-structure` can take away. */
export const ELEMENTS = [
  ...['home_btt_booking', 'btn_nuovaprenotazione', 'list-group-item', 'list-group-item-heading'],
  ...['booking-calendar', 'day-schedule-container', 'day-schedule-repository', 'day-column', 'day-schedule'],
  ...['day-schedule-label', 'day-schedule-slots', 'day-schedule-empty', 'data-date-offset', 'btn-move-date'],
  ...['data-date-target', 'event-slot', 'slot-available', 'slot-booked', 'slot-disabled', 'time-start'],
  ...['time-duration', 'skill', 'slot-description', 'slot-description2', 'slot-description3', 'slot-notes-after'],
  ...['booking-confirm-container', 'btnConfirmAppointmentBooking', 'srModal_g_confirm_dialog', 'data-modalrole'],
  ...['event-repository', 'event-main-block', 'event-info-schedule', 'event-info-description'],
  ...['event-info-skill-level', 'btn-delete', 'login', 'password', 'otp', 'submit-dissms', 'ErrorMessage'],
  ...['automaticaRedirectForm'],
] as const

export type ElementName = (typeof ELEMENTS)[number]

/** How one page is laid out. */
export type Layout = { variants: readonly TextVariant[]; missing: readonly ElementName[]; columns: 1 | 3 | 7 }

export const PLAIN: Layout = { variants: [], missing: [], columns: 3 }

/** Content (a name, a label) as the layout writes it. */
export function restyle(text: string, variants: readonly TextVariant[]): string {
  let styled = text
  if (variants.includes('case')) styled = mixedCase(styled)
  if (variants.includes('spaces')) styled = `\u00a0${styled.replaceAll(' ', ' \u00a0 ')} `
  return variants.includes('decomposed') ? styled.normalize('NFD') : styled
}

/** Takes ids, classes and attributes away from a page. The calendar's script does the same to what it draws. */
export function dropNames({ markup }: Html, missing: readonly ElementName[]): Html {
  if (missing.length === 0) return { markup }
  const gone = new Set<string>(missing)
  return {
    markup: markup
      .replace(/ (id|for)="([^"]*)"/g, (all, _name, value: string) => (gone.has(value) ? '' : all))
      .replace(/ class="([^"]*)"/g, (_all, names: string) => ` class="${keep(names, gone)}"`)
      .replace(/ (data-[\w-]+)="[^"]*"/g, (all, name: string) => (gone.has(name) ? '' : all)),
  }
}

function keep(names: string, gone: ReadonlySet<string>): string {
  return names
    .split(' ')
    .filter((name) => !gone.has(name))
    .join(' ')
}

function mixedCase(text: string): string {
  const upper = text === text.toUpperCase()
  return upper ? text.toLowerCase().replace(/(^|\s)\S/g, (start) => start.toUpperCase()) : text.toLowerCase()
}
