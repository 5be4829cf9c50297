import { fraction } from '../shared/random.ts'

/** What somebody may book, and what their login asks for. */
export type MemberKind = 'normal' | 'no-supplement' | 'no-subscription' | 'needs-second-factor'

export type PersonOption = {
  /** A NetID, or the e-mail address of a member without one. */
  username: string
  password: string
  name?: string | undefined
  kind?: MemberKind | undefined
}

export type Member = {
  /** The member id of the API. */
  id: number
  username: string
  password: string
  email: string
  firstName: string
  lastName: string
  kind: MemberKind
  /** Logs in by the form of the portal instead of the university's. */
  local: boolean
  /** The language of their pages and refusals. */
  language: 'nl' | 'en'
}

/** What tests want to know about somebody's logins. Passwords are never shown. */
export type LoginCounts = { passwordsTried: number; wrongPasswords: number; logins: number }

const FIRST_MEMBER_ID = 900_001

/** Who may log in, and how often they tried. */
export class People {
  readonly #byName: ReadonlyMap<string, Member>
  readonly #counts = new Map<string, LoginCounts>()

  constructor(people: readonly PersonOption[], seed: number) {
    this.#byName = new Map(people.map((person, index) => [person.username, toMember(person, index, seed)]))
  }

  all(): Member[] {
    return [...this.#byName.values()]
  }

  find(username: string): Member | undefined {
    return this.#byName.get(username)
  }

  /** Names that were tried and that nobody has. */
  strangers(): string[] {
    return [...this.#counts.keys()].filter((username) => !this.#byName.has(username))
  }

  /** Counters of anyone who ever typed a name, known or not. */
  counts(username: string): LoginCounts {
    const counts = this.#counts.get(username) ?? { passwordsTried: 0, wrongPasswords: 0, logins: 0 }
    this.#counts.set(username, counts)
    return counts
  }

  /** Each way in knows its own people alone. */
  checkPassword(username: string, password: string, way: 'local' | 'university'): Member | undefined {
    const member = this.#byName.get(username)
    const right = member !== undefined && member.password === password && member.local === (way === 'local')
    const counts = this.counts(username)
    counts.passwordsTried++
    if (!right) counts.wrongPasswords++
    return right ? member : undefined
  }
}

function toMember(
  { username, password, name = 'Test Member', kind = 'normal' }: PersonOption,
  index: number,
  seed: number,
): Member {
  const [firstName = name, ...rest] = name.split(' ')
  const local = username.includes('@')
  return {
    ...{ id: FIRST_MEMBER_ID + index, username, password, kind, local },
    ...{ firstName, lastName: rest.join(' '), email: local ? username : `${username}@example.org` },
    language: fraction(seed, `language of ${username}`) < 0.5 ? 'nl' : 'en',
  }
}
