/** `quick`: few repetitions, to see that it works; the figures mean little. */
export type Scale = 'full' | 'quick'

/** Figures by name, as the line of JSON tells them. */
export type Figures = { readonly [name: string]: number | string | boolean | Figures }

/** A line of the table; without a budget it is there to compare with. */
export type Row = { what: string; figures: string; budget?: string; ok?: boolean }

export type Report = { rows: Row[]; notes: string[]; figures: Figures }

export type Benchmark = {
  name: string
  /** What it measures, in a line. */
  what: string
  /** Measures; leaves no process and no file behind. */
  run(scale: Scale): Promise<Report>
}
