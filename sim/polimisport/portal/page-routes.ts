import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Layout } from '../layout.ts'
import type { Person } from '../people.ts'
import { ACTIVITIES, EXTRA_ACTIVITIES } from '../timetable.ts'
import type { World } from '../world.ts'
import { personOf } from './guard.ts'
import { dayLabel } from './labels.ts'
import { activitiesPage, bookingsPage, type CalendarData, calendarPage, homePage } from './pages.ts'
import { sendPage } from './send.ts'

/** How many days the calendar knows the name of. */
const LABELLED_DAYS = 45

/** The pages of those who are logged in. */
export function pageRoutes(app: FastifyInstance, world: World): void {
  app.get('/', (request, reply) => {
    const person = personOf(request)
    return sendPage(world, reply, homePage(world.texts, person.name), { person })
  })
  app.get('/Booking', (request, reply) => sendBookings(world, request, reply))
  app.get('/Booking/Index', (request, reply) => sendBookings(world, request, reply))
  app.get('/Booking/ChooseActivity', (request, reply) => {
    const person = personOf(request)
    const layout = world.layout(person.username)
    const content = activitiesPage(world.texts, layout, offeredActivities(world), losesClick(world, 'activity', person))
    return sendPage(world, reply, content, { person, layout })
  })
  app.get<{ Querystring: Record<string, string> }>('/Booking/BookActivity', (request, reply) => {
    const person = personOf(request)
    const layout = world.layout(person.username)
    const activityId = request.query['activityId'] ?? request.query['activityid'] ?? ''
    const stale = world.faults.take('stale-repository', { person: person.username }) !== undefined
    const content = calendarPage(world.texts, calendarData(world, person, layout, activityId, stale), stale)
    return sendPage(world, reply, content, { person, layout, scripts: ['dialogs.js', 'calendar.js'] })
  })
}

function sendBookings(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const person = personOf(request)
  const layout = world.layout(person.username)
  const cancellable = world.faults.peek('late-cancel', { person: person.username })?.variant !== 'no-button'
  const cards = world.site.upcomingOf(person.username, world.now()).map((card) => ({ ...card, cancellable }))
  const content = bookingsPage(world.texts, layout, cards)
  return sendPage(world, reply, content, { person, layout, scripts: ['dialogs.js', 'bookings.js'] })
}

function offeredActivities(world: World): { id: string; name: string }[] {
  const fault = world.faults.take('activity-order')
  if (!fault) return [...ACTIVITIES]
  return [...ACTIVITIES, ...(fault.extra ? EXTRA_ACTIVITIES : [])].toReversed()
}

function losesClick(world: World, target: 'activity' | 'slot', { username }: Person): boolean {
  return world.faults.take('lost-click', { person: username }, (fault) => fault.target === target) !== undefined
}

/** What the calendar's script has to know. Offsets count from the day on which the page was made, as on the real site. */
function calendarData(world: World, person: Person, layout: Layout, activityId: string, stale: boolean): CalendarData {
  const today = world.today()
  const days = Array.from({ length: LABELLED_DAYS }, (_, offset) => today.add({ days: offset }))
  return {
    activityId,
    today: today.toString(),
    columns: layout.columns,
    missing: layout.missing,
    labels: Object.fromEntries(days.map((day) => [day.toString(), dayLabel(day, world.texts, layout)])),
    words: { empty: world.texts.calendar.empty, broken: world.texts.calendar.broken, again: world.texts.dialogs.again },
    loseClick: losesClick(world, 'slot', person),
    withoutDialog: world.faults.peek('dialog-missing', { person: person.username })?.next ?? 'list',
    staleOffsets: stale ? [3, 4, 5, 6, 7] : [],
  }
}
