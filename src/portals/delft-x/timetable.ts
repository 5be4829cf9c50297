import { z } from 'zod'
import { fold } from '../../core/fold.ts'
import type { SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { describe, findSlot } from '../shared/slots.ts'
import { parseAs, type SlotAnswer, slotSchema, tagProductsSchema } from './answers.ts'
import { allPages, bodyOf } from './body.ts'
import { type Cell, cellOf, slotOfCell } from './cells.ts'
import { delftXFacts, inDelft } from './facts.ts'
import { TAGS } from './names.ts'
import { openingsOf } from './openings.ts'
import { checkTimely } from './rules.ts'
import { type Day, dayIn, productFilter, slotsPath, stamp, tagFilter } from './slots-query.ts'
import type { Visit } from './visit.ts'

/** All slots from today on, day by day, at a polite pace. */
export async function readTimetable(visit: Visit): Promise<TimetableSlot[]> {
  const today = Temporal.PlainDate.from(inDelft(visit.now).date)
  const slots: TimetableSlot[] = []
  for (let offset = 0; offset < delftXFacts.viewDays; offset++) {
    if (offset > 0) await visit.wait(visit.limits.gapMs)
    const cells = await readDay(visit, Object.values(TAGS), today.add({ days: offset }).toString())
    slots.push(...cells.map(slotOfCell))
  }
  return slots
}

/** The slot as the portal lists it now, with what it takes to book it. Throws `slot-gone`, `too-late`, `not-open-yet`. */
export async function readCell(visit: Visit, slot: SlotKey): Promise<Cell> {
  return findSlot(await readPlaceDay(visit, slot), slot)
}

/** The slot, and the others of that place and day, which come with it. Throws as `readCell`. */
export async function readAround(
  visit: Visit,
  slot: SlotKey,
): Promise<{ slot: TimetableSlot; others: TimetableSlot[] }> {
  const cells = await readPlaceDay(visit, slot)
  const found = findSlot(cells, slot)
  return { slot: slotOfCell(found), others: cells.filter((cell) => cell !== found).map(slotOfCell) }
}

async function readPlaceDay(visit: Visit, slot: SlotKey): Promise<Cell[]> {
  checkTimely(slot, openingsOf(slot, undefined), visit.api.clock)
  const tag = Object.entries(TAGS).find(([location]) => fold(location) === fold(slot.location))?.[1]
  if (tag === undefined) throw new PortalError('slot-gone', `the portal has no place for ${describe(slot)}`)
  return await readDay(visit, [tag], slot.date)
}

/** The slots of some tags on one local day. The list is shown without a login (dossier 3.1). */
export async function readDay(visit: Visit, tags: readonly number[], date: string): Promise<Cell[]> {
  const doing = `reading the slots of ${date}`
  const day = dayIn(delftXFacts.timeZone, date)
  const answers = visit.learned.newerPath
    ? await readMoved(visit, tags, day, doing)
    : await readByTags(visit, tags, day, doing)
  const { names, minutesAhead } = visit.learned
  const cells = answers.flatMap((answer) => cellOf(answer, { now: visit.now, names, minutesAhead }) ?? [])
  return unique(cells.filter((cell) => cell.date === date))
}

/** As the portal's pages ask. A list that this filter empties is asked for once more without it (dossier 3.1). */
async function readByTags(visit: Visit, tags: readonly number[], day: Day, doing: string): Promise<SlotAnswer[]> {
  const { learned } = visit
  const read = (now: Temporal.Instant | undefined) =>
    readAll(visit, '/bookable-slots', tagFilter(tags, day, now), doing)
  const listed = await read(learned.withoutAvailability ? undefined : visit.now)
  if (listed === undefined) return readMoved(visit, tags, day, doing)
  if (listed.length > 0 || learned.withoutAvailability) return listed
  const unfiltered = await read(undefined)
  if (unfiltered === undefined) return listed
  const now = stamp(visit.now)
  learned.withoutAvailability = unfiltered.some(({ endDate }) => endDate > now)
  return unfiltered
}

/** By the newer path; as soon as that one fails, the known one is asked again. */
async function readMoved(visit: Visit, tags: readonly number[], day: Day, doing: string): Promise<SlotAnswer[]> {
  const { learned } = visit
  try {
    const listed = await readNewer(visit, tags, day, doing)
    if (!learned.newerPath) visit.warn('the portal has changed: its slots are listed at /products/bookable-slots')
    learned.newerPath = true
    return listed
  } catch (error) {
    learned.newerPath = false
    throw error
  }
}

/** Where the list has moved on a sister site (dossier 3.1). */
async function readNewer(visit: Visit, tags: readonly number[], day: Day, doing: string): Promise<SlotAnswer[]> {
  const products: number[] = []
  for (const tag of tags) products.push(...(await productsOf(visit, tag, doing)))
  const listed = await readAll(visit, '/products/bookable-slots', productFilter(products, day), doing)
  if (listed) return listed
  throw notThere(doing, '/bookable-slots')
}

async function productsOf(visit: Visit, tag: number, doing: string): Promise<readonly number[]> {
  const known = visit.learned.productsOfTag.get(tag)
  if (known) return known
  const path = `/tags/query/availableActivityTagsAndProductIds?tagIds=${tag}`
  const { productIdsByTagId } = bodyOf(await visit.api.read(path, undefined, doing), tagProductsSchema, doing)
  const products = productIdsByTagId[tag] ?? []
  if (products.length === 0) throw notThere(doing, `the products of the tag ${tag}`)
  visit.learned.productsOfTag.set(tag, products)
  return products
}

function notThere(doing: string, lookedFor: string): PortalError {
  return new PortalError('page-changed', `${doing}: neither path of the list answers`, { lookedFor })
}

/** All pages of a list, at a polite pace; nothing when there is no list at that path. */
async function readAll(visit: Visit, path: string, filter: object, doing: string): Promise<SlotAnswer[] | undefined> {
  const token = await visit.token()
  const read = (page: number) => visit.api.read(slotsPath(path, filter, page), token?.accessToken, doing)
  const first = await read(1)
  if (first.status === 404) return undefined
  const next = async (page: number) => {
    await visit.wait(visit.limits.gapMs)
    return read(page)
  }
  const pages = await allPages(async (page) => (page === 1 ? first : next(page)), doing)
  return pages.flatMap((data) => parseAs(z.array(slotSchema), data, doing))
}

/** A list that changes while its pages are read may show a slot twice. */
function unique(cells: Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [describe(cell), cell])).values()]
}
