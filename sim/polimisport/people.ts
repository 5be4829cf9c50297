import { stepOfCode } from './totp.ts'

/** Somebody who may log in. */
export type Person = {
  /** The person code: eight digits. */
  username: string
  password: string
  /** The base32 TOTP secret; without one the site asks for no code. */
  secret?: string | undefined
  name: string
}

/** What tests want to know about somebody's logins. Passwords and codes are never shown. */
export type LoginCounts = { passwordsTried: number; wrongPasswords: number; wrongCodes: number; logins: number }

/** Who may log in, and how often they tried. */
export class People {
  readonly #people: Map<string, Person>
  readonly #counts = new Map<string, LoginCounts>()
  /** The step of the last code taken: a code is good once. */
  readonly #lastStep = new Map<string, number>()

  constructor(people: readonly Person[]) {
    this.#people = new Map(people.map((person) => [person.username, person]))
  }

  all(): Person[] {
    return [...this.#people.values()]
  }

  find(username: string): Person | undefined {
    return this.#people.get(username)
  }

  /** Person codes that were tried and that nobody has. */
  strangers(): string[] {
    return [...this.#counts.keys()].filter((username) => !this.#people.has(username))
  }

  /** Counters of anyone who ever typed a person code, known or not. */
  counts(username: string): LoginCounts {
    const counts = this.#counts.get(username) ?? { passwordsTried: 0, wrongPasswords: 0, wrongCodes: 0, logins: 0 }
    this.#counts.set(username, counts)
    return counts
  }

  /** `refuse` counts a right password as wrong, for the fault of that name. */
  checkPassword(username: string, password: string, refuse: boolean): Person | undefined {
    const person = this.#people.get(username)
    const right = person?.password === password && !refuse
    const counts = this.counts(username)
    counts.passwordsTried++
    if (!right) counts.wrongPasswords++
    return right ? person : undefined
  }

  /**
   * Takes a code that is valid by any of the clocks. The login service is a host of its own: with the portal's clock
   * set elsewhere, codes of an authenticator that shows the machine's time stay good.
   */
  checkCode(person: Person, code: string, clocks: readonly Temporal.Instant[], refuse: boolean): boolean {
    const { username, secret } = person
    const steps = secret ? clocks.map((now) => stepOfCode(secret, code.trim(), now)) : []
    const step = steps.find((found) => found !== undefined)
    const right = !refuse && step !== undefined && this.#lastStep.get(username) !== step
    if (right) this.#lastStep.set(username, step)
    else this.counts(username).wrongCodes++
    return right
  }
}
