import type { Theme, WeekKind } from './picture.ts'

/** The colours of one kind of entry. `hatch` is drawn over `fill`, `faint` is for the less important words. */
export type KindColours = { fill: string; hatch: string; border: string; text: string; faint: string; icon: string }

export type Palette = {
  page: string
  card: string
  line: string
  text: string
  faint: string
  todayFill: string
  todayText: string
  kinds: Record<WeekKind, KindColours>
}

/** Every text stands out from what is behind it by 4.5 : 1 at least, every border and icon by 3 : 1 (WCAG AA). */
export const PALETTES: Record<Theme, Palette> = {
  light: {
    page: '#F5F6FA',
    card: '#FFFFFF',
    line: '#DDE1EB',
    text: '#151B2C',
    faint: '#566079',
    todayFill: '#151B2C',
    todayText: '#FFFFFF',
    kinds: {
      booked: {
        fill: '#2B4FDB',
        hatch: '#2B4FDB',
        border: '#2B4FDB',
        text: '#FFFFFF',
        faint: '#E2E8FF',
        icon: '#FFFFFF',
      },
      waiting: {
        fill: '#FFF6E0',
        hatch: '#FBE6B8',
        border: '#B06A00',
        text: '#452B00',
        faint: '#6B4700',
        icon: '#955900',
      },
      recurring: {
        fill: '#FFFFFF',
        hatch: '#FFFFFF',
        border: '#7C45D1',
        text: '#36186E',
        faint: '#5B4788',
        icon: '#7C45D1',
      },
      free: {
        fill: '#F5F6FA',
        hatch: '#F5F6FA',
        border: '#0E8A57',
        text: '#2F394F',
        faint: '#566079',
        icon: '#0E8A57',
      },
    },
  },
  dark: {
    page: '#10141F',
    card: '#1A2030',
    line: '#2B3347',
    text: '#F1F4FB',
    faint: '#A3AEC6',
    todayFill: '#F1F4FB',
    todayText: '#10141F',
    kinds: {
      booked: {
        fill: '#3558E4',
        hatch: '#3558E4',
        border: '#3558E4',
        text: '#FFFFFF',
        faint: '#E6EBFF',
        icon: '#FFFFFF',
      },
      waiting: {
        fill: '#2A2112',
        hatch: '#3B2E16',
        border: '#E9A83A',
        text: '#FFE6B5',
        faint: '#EBCB8B',
        icon: '#F2B44C',
      },
      recurring: {
        fill: '#1A2030',
        hatch: '#1A2030',
        border: '#B394FF',
        text: '#E9E0FF',
        faint: '#C3B4EC',
        icon: '#B394FF',
      },
      free: {
        fill: '#10141F',
        hatch: '#10141F',
        border: '#43C98E',
        text: '#D5DCEB',
        faint: '#A3AEC6',
        icon: '#43C98E',
      },
    },
  },
}
