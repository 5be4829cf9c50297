import { restyle, type TextVariant } from '../layout.ts'
import { type Refusal, refusal, type SlotStatus, statusOf } from '../rules.ts'
import type { Slot } from '../timetable.ts'
import type { World } from '../world.ts'
import { activityName, endOf } from './labels.ts'

const ICONS: Record<SlotStatus, string> = { Available: 'fa fa-check', Booked: 'fa fa-star', Disabled: 'fa fa-ban' }
/** From this many spots down the site says that they are almost over. */
const ALMOST_OVER = 3
/** The twin that `dup-slot` shows has an id of its own, which means the same slot. */
const TWIN_PREFIX = '8'

/** One slot in the answer of `GetActivitySchedule`. */
export function scheduleItem(world: World, username: string, slot: Slot, variants: readonly TextVariant[]) {
  const circumstances = world.circumstances(username, slot)
  const status = statusOf(slot, circumstances)
  const { calendar } = world.texts
  const name = restyle(activityName(slot), variants)
  const withSpots = !variants.includes('no-spots')
  return {
    AppointmentId: slot.id,
    ParentCourseId: `7${slot.id.slice(1)}`,
    Type: 'Class',
    Status: status,
    TimeStart: slot.time,
    TimeDuration: `${slot.minutes} ${calendar.minutes}`,
    DateStart: slot.date,
    StartDateTime: `${slot.date}T${slot.time}:00`,
    EndDateTime: endOf(slot),
    DurationMinutes: slot.minutes,
    EventName: activityName(slot),
    EventDescription: name,
    SkillName: slot.skill === null ? null : restyle(slot.skill, variants),
    EventDescription2: slot.instructor === null ? null : restyle(`${calendar.with} ${slot.instructor}`, variants),
    EventDescription3: withSpots ? restyle(`${calendar.spots} ${circumstances.spots}`, variants) : '',
    Notes: note(world, status, refusal(slot, circumstances), variants),
    Icon: ICONS[status],
    AvailabilitiesAlmostOver: circumstances.spots <= ALMOST_OVER,
    Booking360Code: null,
    ServiceId: null,
  }
}

/** A slot as `schedule-changed` sends it: nobody knows these names of its times. */
export function renamed({ TimeStart, StartDateTime, ...item }: ReturnType<typeof scheduleItem>) {
  return { ...item, Inizio: TimeStart, InizioCompleto: StartDateTime }
}

/** Adds the twins that `dup-slot` asks for. */
export function withTwins<Item extends { AppointmentId: string }>(items: Item[], onlyId: string | undefined): Item[] {
  return items.flatMap((item) =>
    onlyId === undefined || item.AppointmentId === onlyId
      ? [item, { ...item, AppointmentId: twinOf(item.AppointmentId) }]
      : [item],
  )
}

/** The slot's own id behind a twin's. */
export function withoutTwin(id: string): string {
  return id.startsWith(TWIN_PREFIX) ? `9${id.slice(1)}` : id
}

function twinOf(id: string): string {
  return `${TWIN_PREFIX}${id.slice(1)}`
}

function note(
  { texts }: World,
  status: SlotStatus,
  reason: Refusal | undefined,
  variants: readonly TextVariant[],
): string {
  const { calendar, otherWords } = texts
  if (status === 'Available') return variants.includes('button') ? otherWords.book : calendar.book
  if (reason === 'already-booked') return calendar.booked
  if (reason === 'not-open') return calendar.closed
  return reason === 'past' ? calendar.past : calendar.full
}
