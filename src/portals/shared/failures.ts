import { errors } from 'playwright'
import { PortalError } from '../errors.ts'

/**
 * Anything thrown while operating the site as a `PortalError`. Only the first line of a browser error is kept: the
 * lines behind it log each step, with what was typed.
 */
export function asPortalError(error: unknown, doing: string): PortalError {
  if (error instanceof PortalError) return error
  if (isMistake(error)) return new PortalError('page-changed', `${doing}: ${error.message}`, { cause: error })
  const text = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
  const late = error instanceof errors.TimeoutError || /timeout|TIMED_OUT/i.test(text ?? '')
  return new PortalError(late ? 'timeout' : 'network', `${doing}: ${text}`)
}

/** An error of this code met something it did not expect: for the owner to see, not to be tried again. */
function isMistake(error: unknown): error is Error {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
}

/** What a status says about the site as a whole; nothing when the answer itself has to tell. */
export function failureOfStatus(status: number, doing: string): PortalError | undefined {
  if (status === 429) return new PortalError('rate-limited', `${doing}: the site answered 429`)
  if (status >= 500) return new PortalError('portal-down', `${doing}: the site answered ${status}`)
  return undefined
}

/** Whether the same read may be tried again at once. */
export function isPassing(error: unknown): boolean {
  return error instanceof PortalError && (error.kind === 'network' || error.kind === 'portal-down')
}
