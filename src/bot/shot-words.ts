import type { TimedShot } from '../db/shot-timeline.ts'
import { secondPhrase } from './dates.ts'
import { escapeHtml } from './html.ts'
import { slotText } from './plans/words.ts'
import type { Words } from './texts.ts'

/**
 * When a shot was made ready, sent and answered, in ms before or after the opening by the portal's clock; and how far
 * that clock is from ours. HTML.
 */
export function timelineLines(words: Words, shot: TimedShot): string[] {
  const ms = numbersOf(words)
  const sinceOpening = (stamp: string) =>
    ms.format(millis(stamp) + shot.offset_ms - millis(shot.opening)).replace(/^-/, '−')
  return [
    words.html('shot-sent', { armed: sinceOpening(shot.armed_at), fired: sinceOpening(shot.fired_at) }),
    words.html('shot-answered', {
      late: ms.format(shot.late_ms).replace(/^-/, '−'),
      answered: sinceOpening(shot.answered_at),
    }),
    words.html('shot-clock', {
      offset: ms.format(shot.offset_ms).replace(/^-/, '−'),
      error: new Intl.NumberFormat(words.language, { maximumFractionDigits: 1 }).format(shot.error_ms),
      n: shot.tries,
    }),
  ]
}

/** A shot with its opening, what it was for, and its timeline. HTML. */
export function shotLines(words: Words, shot: TimedShot, now: Temporal.Instant): string[] {
  const sign = shot.outcome === 'booked' ? '✅' : '❌'
  const what = `${secondPhrase(words, shot.portal, shot.opening, now)} ${slotText(shot.location, shot.course)}`
  return [`${sign} ${escapeHtml(what)} · ${escapeHtml(shot.accountName)}`, ...timelineLines(words, shot)]
}

function numbersOf(words: Words): Intl.NumberFormat {
  return new Intl.NumberFormat(words.language, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
}

function millis(stamp: string): number {
  return Temporal.Instant.from(stamp).epochMilliseconds
}
