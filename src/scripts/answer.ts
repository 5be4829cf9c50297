/** What a command comes to: lines for a person, or the same as JSON. */
export type Answer = { lines: string[]; json: unknown }
