/** Something a person can put right: the message says what happened, to what, and what to do. Shown without a stack. */
export class UserError extends Error {
  override name = 'UserError'
}

/** The text of anything thrown, for a log or an audit row. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Whether a thrown value is a system error with one of these codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
