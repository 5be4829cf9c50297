import type { z } from 'zod'
import { PortalError } from '../errors.ts'
import { pageSchema, parseAs, parseJson, saying, wordsIn } from './answers.ts'
import type { Incoming } from './connection.ts'

/** More pages than this are no list any more. */
const MOST_PAGES = 50

/** What a read has brought, as the schema says. Throws `refused` with the portal's words, or `page-changed`. */
export function bodyOf<T>(answer: Incoming, schema: z.ZodType<T>, doing: string): T {
  const { status, text } = answer
  if (status >= 200 && status < 300) return parseAs(schema, parseJson(text), doing)
  const says = `${doing}: the portal answered ${status}`
  if (status === 403) throw new PortalError('refused', says, saying(wordsIn(text)))
  throw new PortalError('page-changed', says, { lookedFor: `an answer to ${doing}` })
}

/** The `data` of every page of a list, in order; `read` reads one, from 1 on. */
export async function allPages(read: (page: number) => Promise<Incoming>, doing: string): Promise<unknown[]> {
  const pages: unknown[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, pageCount = 1 } = bodyOf(await read(page), pageSchema, doing)
    pages.push(data)
    if (page >= pageCount) return pages
  }
  throw new PortalError('page-changed', `${doing}: a list without an end`, { lookedFor: 'the last page' })
}
