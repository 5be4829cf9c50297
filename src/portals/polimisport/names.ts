import { fold } from '../../core/fold.ts'
import { polimisportActivities } from './facts.ts'

/** A text as people should see it: composed accents, single spaces, no dashes hanging on either side (dossier 3.4.4). */
export function tidy(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\-–—]+|[\s\-–—]+$/g, '')
}

/**
 * Place, activity and class out of a description and the class beside it. A description that begins with the name of
 * an activity yields that name as the picker writes it, and what follows it is the class when none stands apart.
 */
export function nameOf(description: string | null, skill: string | null): { location: string; course: string | null } {
  const parts = tidy(description).split(/\s[-–—]\s/)
  const course = tidy(skill) || null
  const activity = polimisportActivities.find((name) => fold(parts.slice(0, 2).join(' - ')) === fold(name))
  const rest = parts.slice(2).join(' - ')
  if (activity !== undefined) return { location: activity, course: course ?? (rest || null) }
  return { location: withoutCourse(tidy(description), course), course }
}

function withoutCourse(description: string, course: string | null): string {
  if (course === null || !fold(description).endsWith(` - ${fold(course)}`)) return description
  return tidy(
    description
      .split(/\s[-–—]\s/)
      .slice(0, -1)
      .join(' - '),
  )
}

/** The instructor without the word before the name; the site may leave it out. */
export function instructorOf(text: string | null | undefined): string | null {
  return tidy(text).replace(/^con\s+/i, '') || null
}

/** Places left. A slot without the number is not a full slot: null (dossier 3.3). */
export function spotsOf(text: string | null | undefined): number | null {
  const match = /\d{1,4}/.exec(text ?? '')
  return match ? Number(match[0]) : null
}
