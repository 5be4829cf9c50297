import type { Page } from 'playwright'
import { fold } from '../../core/fold.ts'
import { PortalError } from '../errors.ts'
import type { PageDocument } from './dom.ts'
import { polimisportActivities } from './facts.ts'
import { tidy } from './names.ts'
import { paths, pickerPage } from './pages.ts'
import type { Visit } from './visit.ts'

declare const DOMParser: new () => { parseFromString(html: string, type: 'text/html'): PageDocument }

/** An activity of the picker. `index` is its place among the links of the page that was read, of no meaning beyond it. */
export type Activity = { name: string; id: string | null; flags: string; index: number }

/** What the picker offers, by one request. */
export async function readActivities(visit: Visit): Promise<Activity[]> {
  const { text } = await visit.http.page(paths.activities, 'reading the activities')
  return activitiesIn(await visit.page(), text)
}

/** The activity of that name; its place and its id say nothing (dossier 3.1). */
export function findActivity(activities: readonly Activity[], name: string): Activity {
  const found = activities.filter((activity) => fold(activity.name) === fold(name))
  const [activity] = found
  if (activity !== undefined && found.length === 1) return activity
  const offered = activities.map((other) => tidy(other.name)).join(', ') || 'nothing'
  throw new PortalError('page-changed', `the activity ${name} is offered ${found.length} times among: ${offered}`, {
    lookedFor: `${name}, once, among the activities`,
  })
}

/** The known activities, in a fixed order. All of them, or an error that lists what is offered. */
export function findKnownActivities(activities: readonly Activity[]): Activity[] {
  return polimisportActivities.map((name) => ({ ...findActivity(activities, name), name }))
}

/** The activities on a picker page. */
export async function activitiesIn(page: Page, html: string): Promise<Activity[]> {
  const links = await page.evaluate(
    ({ html, css }) => {
      const root = new DOMParser().parseFromString(html, 'text/html')
      return [...root.querySelectorAll(css.activity)].map((link) => ({
        name: (link.querySelector(css.heading) ?? link).textContent ?? '',
        href: link.getAttribute('href') ?? '',
      }))
    },
    { html, css: pickerPage },
  )
  return links.map(({ name, href }, index) => ({ name: tidy(name), index, ...queryOf(href) }))
}

function queryOf(href: string): { id: string | null; flags: string } {
  const query = new URLSearchParams(href.split('?')[1])
  const value = (wanted: string) => [...query].find(([name]) => name.toLowerCase() === wanted)?.[1]
  return { id: value('activityid') ?? null, flags: value('activityflags') ?? 'Classes' }
}
