import type { Figures, Row } from '../report.ts'
import { ms, round, summarise } from '../stats.ts'
import type { Pickup } from './pickup.ts'
import type { Rate } from './throughput.ts'

/**
 * Against what something is held: times `of`, faster than each of `aheadOf`, and a greater share of its floor than a
 * peer has of a floor of its own.
 */
type Budget = {
  of?: string
  atLeast?: number
  aheadOf?: readonly string[]
  aheadInShare?: { peer: string; floor: string }
}
type Held = Budget & { key: string; what: string }

/** A line for each rate; `floor` is what all of them are compared with. */
export function rateRows(
  title: string,
  rates: ReadonlyMap<string, Rate>,
  floor: string,
  lines: readonly Held[],
): Row[] {
  return lines.map(({ key, what: who, of = floor, atLeast, aheadOf = [], aheadInShare }) => {
    const what = `${title}: ${who}`
    const rate = known(rates, key)
    const times = rate.perSecond / perSecondOf(rates, of)
    const figures = `${perSecond(rate)}${key === of ? '' : ` = ${times.toFixed(2)} × ${of === floor ? 'floor' : 'one worker'}`}${errorsOf(rate.errors)}`
    const share = aheadInShare && perSecondOf(rates, aheadInShare.peer) / perSecondOf(rates, aheadInShare.floor)
    const behind = aheadOf.filter((peer) => rate.perSecond <= perSecondOf(rates, peer))
    const ok = times >= (atLeast ?? 0) && times > (share ?? 0) && behind.length === 0 && rate.errors.length === 0
    const wanted = [
      ...(atLeast === undefined ? [] : [`≥ ${atLeast} × ${of === floor ? 'floor' : 'one worker'}`]),
      ...(aheadOf.length === 0 ? [] : [`ahead of ${aheadOf.map(nameOf).join(', ')}`]),
      ...(aheadInShare ? [`> ${nameOf(aheadInShare.peer)}’s ${(share ?? 0).toFixed(2)} × its floor`] : []),
    ]
    return wanted.length === 0 ? { what, figures } : { what, figures, budget: wanted.join(', '), ok }
  })
}

/** What a pickup may take: milliseconds, times the median of `of`, and less than the median of each of `aheadOf`. */
type PickupHeld = {
  key: string
  what: string
  p50?: number
  p99?: number
  of?: string
  atMost?: number
  aheadOf?: readonly string[]
}

export function pickupRows(title: string, pickups: ReadonlyMap<string, Pickup>, lines: readonly PickupHeld[]): Row[] {
  return lines.map(({ key, what: who, p50, p99, of, atMost, aheadOf = [] }) => {
    const what = `${title}: ${who}`
    const pickup = known(pickups, key)
    const summary = summarise(pickup.ms)
    const median = (name: string) => summarise(known(pickups, name).ms).p50
    const times = of === undefined ? undefined : summary.p50 / median(of)
    const figures = `p50 ${ms(summary.p50)}, p99 ${ms(summary.p99)}${times === undefined ? '' : ` = ${times.toFixed(2)} × floor`}${errorsOf(pickup.errors)}`
    const wanted = [
      ...(p50 === undefined ? [] : [`p50 ≤ ${p50} ms`]),
      ...(p99 === undefined ? [] : [`p99 ≤ ${p99} ms`]),
      ...(atMost === undefined ? [] : [`p50 ≤ ${atMost} × floor`]),
      ...(aheadOf.length === 0 ? [] : [`ahead of ${aheadOf.map(nameOf).join(', ')}`]),
    ]
    if (wanted.length === 0) return { what, figures }
    const ok =
      summary.p50 <= (p50 ?? Number.POSITIVE_INFINITY) &&
      summary.p99 <= (p99 ?? Number.POSITIVE_INFINITY) &&
      (times ?? 0) <= (atMost ?? Number.POSITIVE_INFINITY) &&
      aheadOf.every((peer) => summary.p50 < median(peer)) &&
      pickup.errors.length === 0
    return { what, figures, budget: wanted.join(', '), ok }
  })
}

export function rateFigures(rates: ReadonlyMap<string, Rate>): Figures {
  return Object.fromEntries(
    [...rates].map(([key, rate]) => [
      key,
      {
        perSecond: round(rate.perSecond, 0),
        min: round(Math.min(...rate.rounds), 0),
        max: round(Math.max(...rate.rounds), 0),
        errors: rate.errors.length,
      },
    ]),
  )
}

export function pickupFigures(pickups: ReadonlyMap<string, Pickup>): Figures {
  return Object.fromEntries(
    [...pickups].map(([key, { ms, errors }]) => [key, { ...summarise(ms), errors: errors.length }]),
  )
}

function known<T>(values: ReadonlyMap<string, T>, key: string): T {
  const value = values.get(key)
  if (value === undefined) throw new Error(`'${key}' was not measured`)
  return value
}

function perSecondOf(rates: ReadonlyMap<string, Rate>, key: string): number {
  return known(rates, key).perSecond
}

function perSecond(rate: Rate): string {
  return `${Math.round(rate.perSecond).toLocaleString('en')}/s`
}

/** The contender's name without how it was measured: `liteque` of `liteque, 1 worker`. */
function nameOf(key: string): string {
  const [name = key] = key.split(',')
  return name.replace('pg-boss-fetch', 'pg-boss')
}

function errorsOf(errors: readonly string[]): string {
  return errors.length === 0 ? '' : `, ${errors.length} errors (${errors[0]})`
}
