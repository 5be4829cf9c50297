import { messageOf, UserError } from '../core/errors.ts'
import { maskSecrets } from '../core/log.ts'
import { type House, openHouse } from '../db/open-house.ts'
import type { Answer } from './answer.ts'

/** The arguments make no sense; the usage is shown with it. */
export class UsageError extends Error {}

export type Command = { run: (house: House) => Promise<Answer>; json: boolean }

/**
 * Runs the command that `commandOf` reads from the arguments, or throws `UsageError` about, and prints its answer: lines,
 * or one JSON document. What a person can put right is told without a stack; the exit code is 1, or 2 for a wrong usage.
 */
export async function runCommand(name: string, usage: string, commandOf: (args: string[]) => Command): Promise<void> {
  const args = process.argv.slice(2)
  try {
    const { run, json } = commandOf(args)
    const house = await openHouse(name)
    try {
      const { lines, json: data } = await run(house)
      console.log(json ? JSON.stringify(data, undefined, 2) : lines.join('\n'))
    } finally {
      await house.db.close()
    }
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof UserError)) throw error
    const text = maskSecrets(error.message)
    if (args.includes('--json')) console.log(JSON.stringify({ error: text }))
    else console.error(`bookwright: ${text}${error instanceof UsageError ? `\n${usage}` : ''}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** What `parse` makes of the arguments; its errors are about the usage. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
}

/** A number from 1, as an argument gives it. Throws `UsageError`. */
export function wholeNumber(what: string, text: string | undefined): number {
  if (text === undefined) throw new UsageError(`${what} is missing`)
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`${what} has to be a number from 1, not '${text}'`)
  return Number(text)
}
