import { Client } from 'pg'
import { UserError } from '../../core/errors.ts'
import { keepSecret } from '../../core/log.ts'

export type PostgresUrl = {
  /** As it was given, with its password. */
  url: string
  /** With •••  where the password stands, for people. */
  masked: string
}

/** Reads the address of a PostgreSQL database. From here on its password is masked. Throws `UserError`, not quoting it. */
export function readPostgresUrl(text: string): PostgresUrl {
  const url = parse(text)
  const secrets = [url.password, decoded(url.password), url.searchParams.get('password') ?? '']
  for (const secret of [...secrets, new Client({ connectionString: text }).password ?? '']) keepSecret(secret)
  const shown = new URLSearchParams(url.search)
  shown.delete('password')
  const login = url.username === '' ? '' : `${url.username}${hasPassword(url) ? ':•••' : ''}@`
  const query = shown.size > 0 ? `?${shown}` : ''
  return { url: text, masked: `${url.protocol}//${login}${url.host}${url.pathname}${query}` }
}

function hasPassword(url: URL): boolean {
  return url.password !== '' || url.searchParams.has('password')
}

function parse(text: string): URL {
  try {
    const url = new URL(text)
    if (/^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return url
  } catch {
    // What it could not make sense of may be the password.
  }
  throw new UserError(
    'Expected an address such as postgres://user@host:5432/database. Characters like @ : / # % in a password have to be written as %40 %3A %2F %23 %25; or leave it out and set PGPASSWORD.',
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
