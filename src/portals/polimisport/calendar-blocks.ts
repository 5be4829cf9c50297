import { errors, type Page } from 'playwright'
import { PortalError } from '../errors.ts'
import { asPortalError } from '../shared/failures.ts'
import type { PageDocument, PageElement } from './dom.ts'
import { calendarPage } from './pages.ts'

declare const document: PageDocument

/** A slot as the page holds it; null where it has no such element. */
export type RawSlot = {
  index: number
  className: string
  text: string
  start: string | null
  duration: string | null
  description: string | null
  skill: string | null
  instructor: string | null
  spots: string | null
}

/** A day that the calendar shows. */
export type Block = { label: string | null; offset: string | null; slots: RawSlot[] }

/**
 * The days shown, as soon as each has its slots or says that it has none, and they are not the days of `before`.
 * Hidden days (the page keeps some, with the same times on other dates) are not read (dossier 3.4.1).
 */
export async function settledBlocks(page: Page, before: readonly Block[], waitMs: number): Promise<Block[]> {
  const unlike = before.map(({ label, offset }) => `${label}|${offset}`).join()
  try {
    const handle = await page.waitForFunction(shownBlocks, { css: calendarPage, unlike }, { timeout: waitMs })
    return (await handle.jsonValue()) ?? []
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw asPortalError(error, 'reading the calendar')
    const lookedFor = `${calendarPage.label}, ${calendarPage.slot}, ${calendarPage.empty}`
    throw new PortalError('page-changed', 'the calendar does not show its days', { lookedFor })
  }
}

/**
 * Runs in the page. A day is the largest element around one label that holds no other label, so that it does not
 * matter which of the known containers are there; without labels, the elements with an offset are the days.
 */
function shownBlocks({ css, unlike }: { css: typeof calendarPage; unlike: string }): Block[] | null {
  const isShown = (element: PageElement) =>
    element.getClientRects().length > 0 && element.closest(css.repository) === null
  const all = (root: PageElement, selector: string) => [...root.querySelectorAll(selector)]
  const offsets = `[${css.offset}]`
  const labels = all(document, css.label).filter(isShown)
  const anchors = labels.length > 0 ? labels : all(document, offsets).filter(isShown)
  const slots = all(document, css.slot)
  const textOf = (element: PageElement, selector: string) => element.querySelector(selector)?.textContent ?? null

  const blockAround = (anchor: PageElement) => {
    let block = anchor
    while (block.parentElement && !anchors.some((other) => other !== anchor && block.parentElement?.contains(other))) {
      block = block.parentElement
    }
    return block
  }
  const rawSlot = (slot: PageElement): RawSlot => ({
    index: slots.indexOf(slot),
    className: slot.className,
    text: slot.textContent ?? '',
    start: textOf(slot, css.start),
    duration: textOf(slot, css.duration),
    description: textOf(slot, css.description),
    skill: textOf(slot, css.skill),
    instructor: textOf(slot, css.instructor),
    spots: textOf(slot, css.spots),
  })

  const found = anchors.map((anchor) => {
    const block = blockAround(anchor)
    const dated = anchor.closest(offsets) ?? all(block, offsets).find(isShown)
    const shownSlots = all(block, css.slot).filter(isShown)
    return {
      settled: shownSlots.length > 0 || all(block, css.empty).some(isShown),
      label: labels.includes(anchor) ? anchor.textContent : null,
      offset: dated?.getAttribute(css.offset) ?? null,
      slots: shownSlots.map(rawSlot),
    }
  })
  const blocks = found.map(({ label, offset, slots }) => ({ label, offset, slots }))
  const same = blocks.map(({ label, offset }) => `${label}|${offset}`).join() === unlike
  return found.length > 0 && !same && found.every(({ settled }) => settled) ? blocks : null
}
