import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dropNames } from '../layout.ts'
import { cut, stringFields } from '../network.ts'
import { refusal } from '../rules.ts'
import { ACTIVITIES, type Slot } from '../timetable.ts'
import type { World } from '../world.ts'
import { type Answer, bookByRequest, cancelByRequest } from './decide.ts'
import { personOf } from './guard.ts'
import { confirmView } from './pages.ts'
import { renamed, scheduleItem, withoutTwin, withTwins } from './schedule.ts'

/** What the pages' scripts ask for. `DeleteBooking` and `JoinWaitingList` are names of this simulator alone. */
export function ajaxRoutes(app: FastifyInstance, world: World): void {
  app.post('/Booking/GetActivitySchedule', (request, reply) => reply.send(schedule(world, request)))
  app.get<{ Querystring: Record<string, string> }>('/Booking/ConfirmActivityBooking', (request, reply) => {
    const slot = slotOf(world, request.query)
    const { username } = personOf(request)
    if (!slot) return reply.code(404).type('text/html').send(`<p>${world.texts.refusals.unknown}</p>`)
    const fullNow = world.faults.take('full-in-between', { person: username }, ({ at }) => at === 'confirm')
    if (fullNow) world.site.fill(slot)
    return sendConfirmView(world, reply, username, slot)
  })
  app.post('/Booking/BookAppointment', async (request, reply) => {
    const { username } = personOf(request)
    const slot = slotOf(world, stringFields(request.body))
    const answer = bookByRequest(world, username, slot)
    return sendAnswer(world, request, reply, answer, 'BookAppointment')
  })
  app.post('/Booking/DeleteBooking', async (request, reply) => {
    const { bookingId = '' } = stringFields(request.body)
    const answer = cancelByRequest(world, personOf(request).username, bookingId)
    return sendAnswer(world, request, reply, answer, 'DeleteBooking')
  })
  app.post('/Booking/JoinWaitingList', (request, reply) => {
    const slot = slotOf(world, stringFields(request.body))
    if (!slot || !world.waitlist) return reply.send({ status: 'ERROR', message: world.texts.refusals.unknown })
    world.site.joinWaitingList(personOf(request).username, slot)
    return reply.send({ status: 'OK', message: world.texts.dialogs.waitlisted })
  })
}

function schedule(world: World, request: FastifyRequest) {
  const { currentDate = '', activityID } = stringFields(request.body)
  const { username } = personOf(request)
  const activity = ACTIVITIES.find(({ id }) => id === activityID)
  const date = z.iso.date().safeParse(currentDate)
  if (!activity || !date.success) {
    return { status: 'ERROR', error_message: world.texts.refusals.badRequest }
  }
  const { variants } = world.layout(username)
  const slots = world.site.slotsOn(Temporal.PlainDate.from(date.data), activity.key)
  const items = slots.map((slot) => scheduleItem(world, username, slot, variants))
  const twins = world.faults.take('dup-slot', { person: username })
  const data = twins ? withTwins(items, twins.slotId) : items
  return { status: 'OK', data: world.faults.take('schedule-changed', { person: username }) ? data.map(renamed) : data }
}

function sendConfirmView(world: World, reply: FastifyReply, username: string, slot: Slot): FastifyReply {
  const layout = world.layout(username)
  const reason = refusal(slot, world.circumstances(username, slot))
  const offer =
    reason === undefined
      ? ({ kind: 'book' } as const)
      : reason === 'full' && world.waitlist
        ? ({ kind: 'waitlist' } as const)
        : ({ kind: 'refused', message: world.texts.refusals[reason] } as const)
  const view = dropNames(confirmView(world.texts, layout, slot, offer), layout.missing)
  return reply.type('text/html; charset=utf-8').send(view.markup)
}

/** Sends what was decided, unless the answer gets lost on the way. */
async function sendAnswer(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  route: 'BookAppointment' | 'DeleteBooking',
): Promise<FastifyReply> {
  const occasion = { route, person: personOf(request).username }
  const lost = answer.status === 'OK' ? world.faults.take('post-lost-answer', occasion) : undefined
  await world.pause(lost?.delayMs ?? 0)
  if (lost?.answer === 'cut') return cut(world, request, reply)
  if (lost) return reply.code(500).type('text/html').send('<!DOCTYPE html><title>Server Error</title>')
  return reply.send(answer)
}

function slotOf(world: World, fields: Record<string, string>): Slot | undefined {
  return world.site.findSlot(withoutTwin(fields['appointmentID'] ?? fields['appointmentId'] ?? ''))
}
