import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import type { ReplyKeyboard, User } from './model.ts'

const TYPING_SECONDS = 5

/** A user and the state of the private chat with the bot. */
export interface Person {
  user: User
  /** The bot cannot reach a user who never wrote to it. */
  started: boolean
  blocked: boolean
  replyKeyboard: ReplyKeyboard | undefined
  forcedReply: boolean
  placeholder: string | undefined
  /** What the bot is seen doing ("typing"), until when. */
  action: { name: string; until: number } | undefined
}

/** Everyone who has an account in the simulated Telegram. */
export class People {
  readonly #clock: Clock
  readonly #changes: Changes
  readonly #people = new Map<number, Person>()

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock
    this.#changes = changes
  }

  /** Adds a user, or changes the profile of one who is there. */
  put(user: User): Person {
    const person = this.#people.get(user.id) ?? newPerson(user)
    person.user = user
    this.#people.set(user.id, person)
    this.#changes.note()
    return person
  }

  find(id: number): Person | undefined {
    return this.#people.get(id)
  }

  all(): Person[] {
    return [...this.#people.values()]
  }

  /** Shows what the bot is doing, for a few seconds or until its next message. */
  showAction(person: Person, name: string): void {
    person.action = { name, until: this.#clock.seconds() + TYPING_SECONDS }
    this.#changes.note()
  }

  visibleAction(person: Person): string | undefined {
    return person.action && person.action.until > this.#clock.seconds() ? person.action.name : undefined
  }
}

function newPerson(user: User): Person {
  return {
    user,
    started: false,
    blocked: false,
    replyKeyboard: undefined,
    forcedReply: false,
    placeholder: undefined,
    action: undefined,
  }
}
