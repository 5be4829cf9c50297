import { DatabaseError } from 'pg'
import { hasCode, messageOf, UserError } from '../../core/errors.ts'

/** The server went away, restarts, or is not there yet: classes 08 and 57P, and what the socket says. */
const LOST =
  /^(08...|57P0[1-5]|25P03|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/
/** Errors of the client itself that have no code. */
const LOST_TEXT =
  /^(Connection terminated|Client has encountered a connection error|timeout expired|Query read timeout|timeout exceeded when trying to connect)/

/** Whether the connection is gone or of no use any more, or could not be made now but may be in a moment. */
export function isLostConnection(error: unknown): boolean {
  const reason = error instanceof AggregateError ? error.errors[0] : error
  // A migration changed a table: what this connection has planned for it is of no use.
  if (/^cached plan must not change/.test(messageOf(reason))) return true
  return LOST.test(codeOf(reason)) || LOST_TEXT.test(messageOf(reason))
}

/** Another transaction was first (serialization, deadlock, unique key): looked at again, its work is seen. */
export function isLostRace(error: unknown): boolean {
  return hasCode(error, '40001', '40P01', '23505')
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** What a person has to put right, by the beginning of PostgreSQL's code. */
const TROUBLES: [code: string, message: string][] = [
  ['28', 'PostgreSQL refuses user or password. Correct database.url in the configuration.'],
  ['3D000', 'PostgreSQL has no such database. Create it (createdb), or correct database.url in the configuration.'],
  ['42501', 'The PostgreSQL user may not do this. Make it the owner of the database, or grant it all rights on it.'],
  ['53100', 'The disk of the PostgreSQL server is full: nothing can be written. Make room and try again.'],
  ['53', 'The PostgreSQL server has run out of memory or connections. Look at its log and its limits.'],
  ['25006', 'The PostgreSQL server only reads (a standby?). Point database.url at the primary server.'],
  ['57014', 'PostgreSQL took too long for a statement. Look at what keeps the server busy.'],
  ['XX001', 'The PostgreSQL database is damaged. Restore it from your backup.'],
  ['XX002', 'The PostgreSQL database is damaged. Restore it from your backup.'],
]

/** The error as people can use it: what happened and what to do. Others come back as they are. */
export function inPlainWords(error: unknown, server: string): unknown {
  if (error instanceof UserError) return error
  if (isTls(error))
    return new UserError(
      `PostgreSQL at ${server}: no trusted TLS connection (${messageOf(error)}). See "TLS" in docs/configuration.md.`,
      {
        cause: error,
      },
    )
  if (isLostConnection(error))
    return new UserError(
      `PostgreSQL at ${server} cannot be reached (${reasonOf(error)}). Start it, or correct database.url.`,
      {
        cause: error,
      },
    )
  if (!(error instanceof DatabaseError)) return error
  const trouble = TROUBLES.find(([start]) => error.code?.startsWith(start))
  return trouble ? new UserError(trouble[1], { cause: error }) : error
}

function isTls(error: unknown): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO/.test(codeOf(error)) || /does not support SSL/.test(messageOf(error))
}

function reasonOf(error: unknown): string {
  return error instanceof AggregateError ? messageOf(error.errors[0]) : messageOf(error)
}
