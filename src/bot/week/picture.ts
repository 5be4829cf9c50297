/** How an entry stands: held, queued, a rule's occurrence that is not booked yet, or a class with free places. */
export type WeekKind = 'booked' | 'waiting' | 'recurring' | 'free'
export type Theme = 'light' | 'dark'

/** One class in the picture. `date` is `YYYY-MM-DD`, `start` and `end` are `HH:MM`, in the portal's time zone. */
export type WeekEntry = {
  date: string
  start: string
  end: string | null
  name: string
  /** Where it is, and for whom where there is a choice; may be empty. */
  place: string
  kind: WeekKind
  /** Of free places: how many, if known. */
  spots: number | null
}

export type WeekDay = {
  date: string
  isToday: boolean
  entries: readonly WeekEntry[]
  /** What else there is to say of the day, such as when its classes open. */
  note: string | null
}

/** Everything the picture says, in the reader's language. */
export type WeekLabels = {
  title: string
  /** "21–27 November" */
  range: string
  today: string
  /** "SAT" */
  weekday(date: string): string
  /** "21" */
  dayOfMonth(date: string): string
  kinds: Record<WeekKind, string>
  /** "5 spots" */
  spots(n: number): string
  /** "12 classes with free places", where none of them is named. */
  onlyFree(n: number): string
  /** "12 more with free places": after some that are named. */
  moreFree(n: number): string
  /** "3 more of yours": own ones that found no room. */
  moreOwn(n: number): string
  /** For a week without anything of one's own. */
  emptyTitle: string
  emptyHint: string
  /** For a name in letters that cannot be drawn. */
  unnamed: string
}

export type WeekPicture = { days: readonly WeekDay[]; labels: WeekLabels }
