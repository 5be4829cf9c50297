/** What somebody wrote, as far as it could be read. */
export type Wish = {
  /** A class of the timetable that was named in full, folded. */
  exact: string | undefined
  /** Folded words that are neither day nor time: of a name, of a place, or of something not understood. */
  words: string[]
  day: WishedDay | undefined
  time: WishedTime | undefined
}

/** The next such weekday (1 = Monday), or a date (`YYYY-MM-DD`). */
export type WishedDay = { weekday: number } | { date: string }

/** In minutes of the day: starts that are meant exactly, and else ranges that will do, both ends included. */
export type WishedTime = { exact: readonly number[]; within: readonly (readonly [from: number, to: number])[] }
